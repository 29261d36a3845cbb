"""Deciding how long records are kept, holding them, and having them destroyed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from stepdown.people.proving import ProvedForm
from stepdown.privacy.days import today
from stepdown.privacy.domain.retention import LEAST_YEARS, LONGEST, STRANGERS, CountsFrom, RecordClass, Rule
from stepdown.privacy.queries_several import Offered
from stepdown.privacy.wording_retention import COUNTS_FROM
from stepdown.ui.fields import CheckCards, ChoiceCards, DateBoxesField, Form


def _words(label: str, missing: str, longest: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=longest, widget=widget, error_messages={"required": missing}, **more)


def _number(label: str, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "input w-4", "inputmode": "numeric"})
    return forms.IntegerField(label=label, max_value=LONGEST, widget=widget, **more)


class PolicyForm(ProvedForm):
    """For one class: federal law sets the least years of some; of strangers only the last entry counts."""

    years = _number("How many years are they kept?", error_messages={"required": "Enter how many years."})
    counts_from = forms.ChoiceField(
        label="From when are the years counted?",
        widget=ChoiceCards(),
        choices=[(str(key), f"From {said}") for key, said in COUNTS_FROM.items()],
        error_messages={"required": "Choose from when the years are counted."},
    )
    minors_until = _number(
        "Of a minor, at least until which age?",
        min_value=18,
        required=False,
        help_text="Of who was under 18 when they were last served. Leave it empty where that makes no difference.",
    )
    source = forms.CharField(
        label="Which law, contract or decision says so?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what it rests on."},
    )
    why = _words("Why is it changed?", "Say why it is changed.", 300)
    field_order = ("years", "counts_from", "minors_until", "source", "why", "code")

    def __init__(self, *args: Any, record_class: RecordClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least = LEAST_YEARS.get(record_class, 1)
        years = self.fields["years"]
        years.validators.append(_at_least(least))
        if record_class in STRANGERS:
            years.help_text = "From the last entry, once nobody has to do anything about it any more."
            del self.fields["counts_from"], self.fields["minors_until"]
        if record_class in LEAST_YEARS:
            years.help_text = f"Federal law sets at least {least} years from each entry."

    @property
    def rule(self) -> Rule:
        said = self.cleaned_data
        counts_from = CountsFrom(said.get("counts_from", CountsFrom.LAST_ENTRY))
        return Rule(said["years"], counts_from, said.get("minors_until"), said["source"])


def _at_least(least: int) -> Any:
    def check(value: int) -> None:
        if value < least:
            raise forms.ValidationError(f"Enter {least} or more.")

    return check


class HoldForm(Form):
    matter = forms.CharField(
        label="Which matter is it for?",
        help_text="The case, the request or the audit, as it is called. Whoever keeps retention reads it.",
        max_length=120,
        error_messages={"required": "Say which matter it is for."},
    )
    words = _words("Why must nothing be destroyed?", "Say why nothing must be destroyed.", 600)


class TimeHoldForm(HoldForm):
    """On everybody of whom there is something of these days."""

    begins_on = DateBoxesField(
        label="From which day on?", latest=today, error_messages={"required": "Enter the first day."}
    )
    ends_on = DateBoxesField(
        label="Until which day?", required=False, help_text="Leave it empty for everything since then, and to come."
    )
    field_order = ("begins_on", "ends_on", "matter", "words")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("begins_on") and said.get("ends_on") and said["ends_on"] < said["begins_on"]:
            self.add_error("ends_on", "The last day is before the first.")
        return said


class LiftHoldForm(ProvedForm):
    words = _words("Why is it lifted?", "Say why it is lifted.", 300)
    field_order = ("words", "code")


class ProposeForm(Form):
    words = _words(
        "Why may they go now?",
        "Say why they may go now.",
        300,
        help_text="What you looked at. The second person reads it, and it stays with the certificate: no names.",
    )


class ApproveForm(ProvedForm):
    sure = forms.BooleanField(
        label="I have checked what is destroyed and why. Nothing brings it back.",
        error_messages={"required": "Check this first."},
    )
    field_order = ("sure", "code")


class _Several(Form):
    """offered: what may be chosen, by id."""

    chosen = forms.MultipleChoiceField(
        label="Which?",
        widget=CheckCards(),
        error_messages={
            "required": "Choose at least one.",
            "invalid_choice": "One of these is kept, decided or gone by now. Look at the list again.",
        },
    )

    def __init__(self, *args: Any, offered: Mapping[str, Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["chosen"]
        chosen.choices = [(pk, one.name) for pk, one in offered.items()]  # type: ignore[attr-defined]  # declared above as a field with choices
        chosen.widget.hints = {pk: one.said for pk, one in offered.items()}
        self.order_fields(["chosen"])


class ProposeSeveralForm(_Several, ProposeForm):
    """For the same reason."""


class ApproveSeveralForm(_Several, ApproveForm):
    """With one proof."""


class RefuseForm(Form):
    prefix = "refuse"
    words = _words("Why not?", "Say why not.", 300)
