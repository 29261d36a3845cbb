"""Searching for a code, recording it, ending it."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain.icd10 import Code
from stepdown.chart.models import Remission
from stepdown.ui.fields import Chips, ChoiceCards, DateBoxesField, Form

EARLIEST = date(2000, 1, 1)


class FindCodeForm(Form):
    """What is looked for among the codes."""

    find = forms.CharField(
        label=_("Code or words"),
        max_length=80,
        help_text=_("For example F10.2, or alcohol dependence."),
        error_messages={"required": _("Enter the beginning of a code, or words such as opioid dependence.")},
    )


class DiagnosisForm(Form):
    """One of the codes that were found, from a day on. open_ones: (id, words) of diagnoses it may take the place of."""

    find = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    code = forms.ChoiceField(
        label=_("Diagnosis"), widget=ChoiceCards, error_messages={"required": _("Choose a diagnosis.")}
    )
    from_on = DateBoxesField(
        label=_("Holds from"),
        earliest=lambda: EARLIEST,
        latest=timezone.localdate,
        error_messages={"required": _("Enter the first day.")},
    )
    remission = forms.ChoiceField(
        label=_("Remission"),
        choices=[("", _("Not in remission")), *Remission.choices],
        required=False,
        widget=Chips,
        help_text=_("Only with a code that says “in remission”."),
    )
    instead_of = forms.ChoiceField(
        label=_("In place of"), required=False, help_text=_("That one ends where this one begins.")
    )

    def __init__(self, *args: Any, codes: list[Code], open_ones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self.fields["code"]
        code.choices = [(each.code, f"{each.code} {each.words}") for each in codes]
        instead: Any = self.fields["instead_of"]
        instead.choices = [("", _("None of those that hold")), *open_ones]
        if not open_ones:
            del self.fields["instead_of"]

    @property
    def ended(self) -> UUID | None:
        asked = self.cleaned_data.get("instead_of")
        return UUID(asked) if asked else None


class EndDiagnosisForm(Form):
    """The end of a diagnosis."""

    until_on = DateBoxesField(
        label=_("Holds no more from"),
        earliest=lambda: EARLIEST,
        latest=timezone.localdate,
        error_messages={"required": _("Enter the day.")},
    )
    why = forms.CharField(label=_("Why"), max_length=200, error_messages={"required": _("Say why it ends.")})
