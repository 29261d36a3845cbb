"""What is written down of a record that came from elsewhere, and why something is or is not under 42 CFR part 2."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from stepdown.people.proving import ProvedForm
from stepdown.privacy.domain.labels import Came
from stepdown.privacy.forms_papers import PaperForm
from stepdown.privacy.queries_received import Shown
from stepdown.privacy.wording_received import CAME, CAME_HINTS, SOURCES
from stepdown.ui.fields import Chips, ChoiceCards, DateBoxesField, Form

LONG_AGO = timedelta(days=40 * 365)
WHOLE_RECORD = "whole"


def _long_ago() -> date:
    return timezone.localdate() - LONG_AGO


def _day(label: str, **more: Any) -> DateBoxesField:
    return DateBoxesField(label=label, earliest=_long_ago, latest=timezone.localdate, **more)


class ReceivedForm(PaperForm):
    prefix = "received"
    paper = "The record"
    days = ("covers_from", "covers_until")
    not_one = "This is no whole PDF file. Scan or save the record as PDF and choose it again."

    source = forms.ChoiceField(
        label="From whom?",
        choices=[(each.value, said) for each, said in SOURCES.items()],
        widget=ChoiceCards(),
        error_messages={"required": "Choose from whom it came."},
    )
    from_whom = forms.CharField(
        label="Name of the place or person",
        help_text="As it stands on the record, with where they are.",
        max_length=160,
        error_messages={"required": "Enter who sent it."},
    )
    what = forms.CharField(
        label="What is it?",
        help_text="For example: discharge summary, or court order of probation.",
        max_length=160,
        error_messages={"required": "Say what it is."},
    )
    received_on = _day("Received on", error_messages={"required": "Enter the day on which it came."})
    covers_from = _day("It tells of the days from", help_text="Leave both empty when it names none.", required=False)
    covers_until = _day("through", required=False)
    came = forms.ChoiceField(
        label="Does it carry a notice of 42 CFR part 2?",
        help_text="Look at every page. The notice goes along wherever the record goes.",
        choices=[(each.value, said) for each, said in CAME.items()],
        widget=ChoiceCards(hints=CAME_HINTS),
        error_messages={"required": "Choose whether it carries a notice. “Cannot tell” is an answer."},
    )
    words = forms.CharField(
        label="The words of the notice",
        help_text="Only when it has other words than those above.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("file", "source", "from_whom", "what", "received_on", "covers_from", "covers_until", "came", "words")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("covers_from"), said.get("covers_until")
        if last and not first and "covers_from" not in self.errors:
            self.add_error("covers_from", "Enter the first day too.")
        elif first and not last and "covers_until" not in self.errors:
            self.add_error("covers_until", "Enter the last day too.")
        if said.get("came") == Came.OTHER and not said.get("words"):
            self.add_error("words", "Copy the words of the notice.")
        elif said.get("came") and said["came"] != Came.OTHER:
            said["words"] = ""
        return said


class TakeOutForm(Form):
    prefix = "out"
    why = forms.CharField(
        label="Why is it taken out?",
        help_text="For example: it is about somebody else.",
        max_length=300,
        error_messages={"required": "Say why it is taken out."},
    )


class Part2Form(ProvedForm):
    """records: those that came from elsewhere."""

    prefix = "part2"
    which = forms.ChoiceField(
        label="Which record?", widget=ChoiceCards(), error_messages={"required": "Choose which record."}
    )
    it_is = forms.ChoiceField(
        label="It is",
        choices=[("no", "not under part 2"), ("yes", "under part 2")],
        widget=Chips(),
        error_messages={"required": "Choose what it is."},
    )
    why = forms.CharField(
        label="Why?",
        help_text="Whoever reads this record later reads it.",
        max_length=300,
        error_messages={"required": "Say why."},
    )
    field_order = ("which", "it_is", "why", "code")

    def __init__(self, *args: Any, records: list[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = {str(one.row.pk): one.row for one in records}
        offered = [(pk, f"{row.what}, {row.from_whom}") for pk, row in self.records.items()]
        self.fields["which"].choices = [(WHOLE_RECORD, "The record as a whole"), *offered]  # type: ignore[attr-defined]  # declared above as a field with choices

    @property
    def decision(self) -> dict[str, Any]:
        """As services_received.decide_part2 takes it."""
        said = self.cleaned_data
        return {"record": self.records.get(said["which"]), "is_part2": said["it_is"] == "yes", "why": said["why"]}
