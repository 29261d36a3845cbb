"""Asking for one's rights, writing a request down for somebody, and answering."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.privacy.days import today
from stepdown.privacy.domain import rights
from stepdown.privacy.models import RightsRequest
from stepdown.privacy.models.rights import IN_SHORT
from stepdown.ui.fields import ChoiceCards, DateBoxesField, Form

Kind, Outcome = RightsRequest.Kind, RightsRequest.Outcome
# A center is no intermediary in the sense of 42 CFR 2.11; such a request can come by letter and is answered still.
PATIENTS_KINDS = [
    (kind.value, kind.label) for kind in (Kind.ACCESS, Kind.AMENDMENT, Kind.ACCOUNTING, Kind.RESTRICTION, Kind.SELF_PAY)
]
NEEDS_WORDS = (Kind.AMENDMENT, Kind.RESTRICTION)
OUTCOMES = [(each.value, each.label) for each in (Outcome.GRANTED, Outcome.IN_PART, Outcome.DENIED)]
LETTERS = 2_000


class AskForm(Form):
    """Of days that the patient pays for themself the next page asks which."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=PATIENTS_KINDS,
        widget=ChoiceCards,
        error_messages={"required": _("Choose what you would like.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("Which part, what is wrong, or who should not get it."),
        required=False,
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> None:
        if self.cleaned_data.get("kind") in NEEDS_WORDS and self.cleaned_data.get("words") == "":
            self.add_error("words", _("Tell us what to correct, or what to limit."))


def _a_year_ago() -> date:
    return today() - timedelta(days=365)


class RecordForm(AskForm):
    """By a privacy officer, for a request that came by letter, by phone or in person."""

    asked_on = DateBoxesField(
        label="The day it reached us",
        help_text="The time for the answer begins on it.",
        earliest=_a_year_ago,
        latest=today,
        error_messages={"required": "Enter the day."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, words = self.fields["kind"], self.fields["words"]
        offered = [(one, short.capitalize()) for one, short in IN_SHORT.items() if one != Kind.SELF_PAY]
        kind.label, kind.choices = "What they ask for", offered  # type: ignore[attr-defined]  # a field with choices
        words.label = "In their words"


class LongerForm(Form):
    prefix = "longer"
    why = forms.CharField(
        label="Why it takes longer",
        help_text="The patient reads this, with the new day.",
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why, so that the patient can be told."},
    )


class AnswerForm(Form):
    """Offers what the law lets be answered to a request of that kind."""

    prefix = "answer"
    outcome = forms.ChoiceField(
        label="What was done",
        choices=OUTCOMES,
        widget=ChoiceCards,
        error_messages={"required": "Choose what was done."},
    )
    words = forms.CharField(
        label="The answer",
        help_text=(
            "The patient reads this. When something is not done: why, that they may have it looked at again or add "
            "their own statement, and how to complain."
        ),
        max_length=5 * LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write the answer."},
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [each for each in OUTCOMES if not rights.why_not_answered(kind, each[0])]
