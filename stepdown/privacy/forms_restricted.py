"""Restricting a record, and opening one in an emergency."""

from typing import Any

from django import forms
from django.utils import timezone

from stepdown.people.models import Staff
from stepdown.people.proving import ProvedForm
from stepdown.privacy.models import EmergencyAccess, Restriction
from stepdown.privacy.queries_restricted import who_could_be_named
from stepdown.ui.fields import CheckChips, ChoiceCards, DateBoxesField, Form


def _words(label: str, missing: str, longest: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=longest, widget=widget, error_messages={"required": missing}, **more)


class NamesForm(Form):
    """names: who sees the record besides those who lead the patient's group."""

    names = forms.MultipleChoiceField(
        label="Who sees the record?",
        help_text="Whoever leads or co-leads the patient’s group sees it anyway, and is not named here.",
        widget=CheckChips(),
        error_messages={"required": "Choose at least one person who sees the record."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = {str(one.pk): one for one in who_could_be_named()}
        self.fields["names"].choices = [(pk, one.name) for pk, one in self.staff.items()]  # type: ignore[attr-defined]  # declared above as a field with choices

    @property
    def chosen(self) -> list[Staff]:
        return [self.staff[pk] for pk in self.cleaned_data["names"]]


class RestrictForm(NamesForm):
    why = forms.ChoiceField(
        label="Why is the record restricted?",
        widget=ChoiceCards(),
        choices=Restriction.Why.choices,
        error_messages={"required": "Choose why."},
    )
    words = _words("In your words", "Say in a few words why.", 300, help_text="Read by who keeps restricted records.")
    field_order = ("why", "words", "names")


class LiftForm(ProvedForm):
    words = _words("Why is it lifted?", "Say why it is lifted.", 300)
    field_order = ("words", "code")


class EmergencyAccessForm(ProvedForm):
    """Name and birth date as they are: nothing is listed, and nothing is found by a part of them."""

    first = forms.CharField(
        label="First name", max_length=60, error_messages={"required": "Enter the first name, or what they are called."}
    )
    last = forms.CharField(label="Last name", max_length=60, error_messages={"required": "Enter the last name."})
    born = DateBoxesField(
        label="Date of birth",
        latest=timezone.localdate,
        error_messages={"required": "Enter the date of birth.", "late": "This day is still to come."},
    )
    why = forms.ChoiceField(
        label="What is the emergency?",
        widget=ChoiceCards(),
        choices=EmergencyAccess.Why.choices,
        error_messages={"required": "Choose what the emergency is."},
    )
    words = _words(
        "What happens, and what do you need?",
        "Say what happens, and what you need from the record.",
        600,
        help_text="A privacy officer reads this.",
    )
    field_order = ("first", "last", "born", "why", "words", "code")


class JudgeForm(Form):
    finding = forms.ChoiceField(
        label="Was it needed?",
        widget=ChoiceCards(across=True),
        choices=EmergencyAccess.Finding.choices,
        error_messages={"required": "Choose whether it was needed."},
    )
    words = _words("What you found", "Say what you found.", 600)
