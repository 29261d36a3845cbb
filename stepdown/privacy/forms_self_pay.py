"""Asking that a health plan hears nothing of days that the patient pays for; what is paid; taking it back."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.privacy.days import today
from stepdown.ui.fields import ChoiceCards, DateBoxesField, Form

DAY, OPEN = "day", "open"
LETTERS = 2_000


def _earliest() -> date:
    return today() - timedelta(days=6 * 366)


def _latest() -> date:
    return today() + timedelta(days=2 * 366)


def _day(label: Any, **more: Any) -> DateBoxesField:
    messages = {"early": _("This day is too long ago."), "late": _("This day is too far ahead.")}
    return DateBoxesField(
        label=label,
        earliest=_earliest,
        latest=_latest,
        error_messages=messages | more.pop("error_messages", {}),
        **more,
    )


class SelfPayForm(Form):
    """The patient asks. Also the words they had typed on the page before are here."""

    first_on = _day(
        _("From which day?"),
        help_text=_("The first day that you pay for yourself."),
        error_messages={"required": _("Enter the first day.")},
    )
    ends = forms.ChoiceField(
        label=_("Until when?"),
        widget=ChoiceCards(across=True),
        choices=[(DAY, _("Until a day")), (OPEN, _("No end for now"))],
        error_messages={"required": _("Choose until when.")},
    )
    last_on = _day(_("Last day"), required=False)
    plan = forms.CharField(
        label=_("Which health plan?"),
        help_text=_("Leave this empty if you mean every health plan."),
        max_length=120,
        required=False,
    )
    words = forms.CharField(
        label=_("Something we should know?"),
        required=False,
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("ends") != DAY or "last_on" in self.errors:
            return
        if said.get("last_on") is None:
            self.add_error("last_on", _("Enter the day."))
        elif said.get("first_on") and said["last_on"] < said["first_on"]:
            self.add_error("last_on", _("Enter a last day that is not before the first."))

    @property
    def terms(self) -> dict[str, Any]:
        """As services_self_pay.restrict takes them."""
        said = self.cleaned_data
        last_on = said["last_on"] if said["ends"] == DAY else None
        return {name: said[name] for name in ("first_on", "plan", "words")} | {"last_on": last_on}


class RecordSelfPayForm(SelfPayForm):
    """By a privacy officer, of what came by letter, by phone or in person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_on"].help_text = "The first day that they pay for themself."
        self.fields["plan"].help_text = "Leave this empty for every health plan."
        words = self.fields["words"]
        words.label, words.required = "In their words", True
        words.error_messages["required"] = "Write down what they said, and when."


class PaidForm(Form):
    prefix = "paid"
    through = _day(
        "Paid in full through",
        help_text="The last day that is paid for.",
        error_messages={"required": "Enter the day."},
    )
    words = forms.CharField(
        label="Who says so?",
        help_text="For example: receipt 1204, card payment of November 3.",
        max_length=300,
        error_messages={"required": "Say who says so, or by which receipt."},
    )


class EndSelfPayForm(Form):
    prefix = "end"
    words = forms.CharField(
        label="In their words",
        help_text="Nobody else ends it. Write down what the patient said, how, and when.",
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down what the patient said, and when."},
    )
