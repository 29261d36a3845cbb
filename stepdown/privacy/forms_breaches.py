"""Reporting what may be a breach, judging it, and saying whom it concerns and who was told."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms

from stepdown.people.models import Staff
from stepdown.people.queries import the_center
from stepdown.privacy.days import today
from stepdown.privacy.models import SuspectedBreach
from stepdown.ui.fields import ChoiceCards, DateBoxesField, Form, OnceField

LETTERS = 4_000


def _years_ago() -> date:
    return today() - timedelta(days=6 * 365)


def _day(label: str, help_text: str = "") -> DateBoxesField:
    return DateBoxesField(
        label=label,
        help_text=help_text,
        earliest=_years_ago,
        latest=today,
        error_messages={"required": "Enter the day."},
    )


class ReportForm(Form):
    once = OnceField()
    what = forms.CharField(
        label="What happened",
        help_text="What went where, or who saw what. Names only where it cannot be told without them.",
        max_length=LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what happened."},
    )
    discovered_on = _day("The first day anybody here knew of it", "The 60 days run from it.")


def _factor(label: str, help_text: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LETTERS, widget=area)


class AssessForm(Form):
    """The four factors of 45 CFR 164.402(2)."""

    prefix = "assess"
    information = _factor("What information was it?", "Which kinds, and how easily somebody is recognized by it.")
    recipient = _factor("Who got it?", "Somebody bound to secrecy themselves, or a stranger.")
    viewed = _factor("Was it really seen?", "Or was there only the chance.")
    mitigation = _factor("What was done about it?", "Returned, deleted, promised in writing.")


class ConcludeForm(Form):
    prefix = "conclude"
    conclusion = forms.ChoiceField(
        label="What it was",
        choices=SuspectedBreach.Conclusion.choices,
        widget=ChoiceCards,
        error_messages={"required": "Choose what it was."},
    )


class LooksForm(Form):
    """Everyone whose record was shown to one account in a time: days at the center, both included."""

    prefix = "looks"
    staff = forms.ModelChoiceField(
        label="Whose account",
        queryset=Staff.objects.order_by("name"),
        empty_label="Choose",
        error_messages={"required": "Choose whose account it was.", "invalid_choice": "Choose whose account it was."},
    )
    first_on = _day("From")
    last_on = _day("Until")

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "Enter a day that is not before the first.")

    @property
    def span(self) -> dict[str, datetime]:
        zone = ZoneInfo(the_center().time_zone)
        at_midnight = lambda on: datetime.combine(on, time(), zone)
        last = self.cleaned_data["last_on"] + timedelta(days=1)
        return {"begins": at_midnight(self.cleaned_data["first_on"]), "ends": at_midnight(last)}


class ToldForm(Form):
    """One for each duty: its prefix is whom it tells."""

    on = _day("Told on")


class LeaveOutForm(Form):
    why = forms.CharField(
        label="Why it does not concern them",
        max_length=200,
        error_messages={"required": "Write why."},
    )
