"""What people fill in about who is kept apart from whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.people.models import Staff
from stepdown.placement.models import Pair
from stepdown.ui.fields import Chips, Form, LongSelect

APART, TOGETHER = "apart", "together"


class FindForm(Form):
    """The beginnings of somebody's names."""

    words = forms.CharField(
        label=_("Name of the other patient"),
        max_length=80,
        error_messages={"required": _("Enter the beginning of a first or last name.")},
    )


class PairForm(Form):
    """One other person, a patient or one of the staff; what they are to each other, and why it matters."""

    other = forms.UUIDField(widget=forms.HiddenInput, required=False)
    staff = forms.ModelChoiceField(
        label=_("Who of the staff"),
        queryset=Staff.objects.none(),
        widget=LongSelect,
        empty_label=_("Choose a person"),
        required=False,
    )
    how = forms.ChoiceField(
        label=_("In groups"),
        choices=[(APART, _("Keep apart")), (TOGETHER, _("Would like to sit together"))],
        widget=Chips,
        error_messages={"required": _("Choose whether they are kept apart or would like to sit together.")},
    )
    kind = forms.ChoiceField(
        label=_("What they are to each other"),
        choices=[("", _("Choose one")), *Pair.Kind.choices],
        error_messages={"required": _("Choose what they are to each other.")},
    )
    reason = forms.CharField(
        label=_("Why, if more is to be said"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, with_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_staff:
            self.fields["staff"].required = True
            self.fields["staff"].error_messages["required"] = _("Choose who of the staff.")
            self.fields["staff"].queryset = Staff.objects.current().order_by("name")  # type: ignore[attr-defined]  # declared above as a field of rows
            del self.fields["how"], self.fields["other"]
        else:
            del self.fields["staff"]
