"""What has to be written down of a disclosure without consent."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from stepdown.privacy.domain.exceptions import CRIME_FACTS
from stepdown.privacy.models import Basis
from stepdown.ui.fields import CheckChips, ChoiceCards, DateBoxesField, Form

CRIME = {
    "incident": "What happened",
    "name": "The patient’s name",
    "address": "The patient’s address",
    "whereabouts": "Where they were last",
}
assert tuple(CRIME) == CRIME_FACTS
TEXT = {"rows": 3}


def _text(label: str, missing: str, *, area: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs=TEXT) if area else None
    return forms.CharField(
        label=label, max_length=2000 if area else 200, widget=widget, error_messages={"required": missing}, **more
    )


class WhenForm(Form):
    """A day and a time that are over, in the reader's zone."""

    on = DateBoxesField(
        label="Day", error_messages={"required": "Enter the day.", "late": "This day is still to come."}
    )
    time = forms.TimeField(label="Time", error_messages={"required": "Enter the time, for example 6:00 pm."})

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("on") and said.get("time"):
            at = datetime.combine(said["on"], said["time"], timezone.get_current_timezone())
            if at > timezone.now() + timedelta(minutes=1):
                self.add_error("time", "This is still to come.")
            elif at < timezone.now() - timedelta(days=3660):
                self.add_error("on", "This date is too long ago.")
            said["at"] = at


class EmergencyForm(WhenForm):
    """The four facts of 42 CFR 2.51(c), and what was told."""

    recipient = _text("Who got it?", "Enter the name of who got it.")
    affiliation = _text("Where do they work?", "Enter the hospital or service, and where it is.")
    discloser = _text("Who told them?", "Enter who told them.")
    nature = _text("What was the emergency?", "Say what the emergency was.", area=True)
    told = _text("What were they told?", "Say what they were told.", area=True)
    field_order = ("recipient", "affiliation", "discloser", "on", "time", "nature", "told")


class WithoutConsentForm(WhenForm):
    """One disclosure by an exception; `basis` decides which facts are asked for."""

    came = forms.ChoiceField(
        label="What came?",
        widget=ChoiceCards(across=True),
        choices=[("subpoena", "A subpoena alone"), ("both", "A court order and a subpoena")],
        error_messages={"required": "Choose what came."},
    )
    name = _text("Who got it?", "Enter who got it.")
    address = _text("Address, fax or e-mail", "Enter where it went to.")
    reported = _text("What the report says", "Write down what the report says.", area=True)
    incident = _text("What happened", "Say what happened.", area=True)
    told = forms.MultipleChoiceField(
        label="What was told?",
        widget=CheckChips(),
        choices=list(CRIME.items()),
        error_messages={"required": "Choose what was told. Nothing else may be."},
    )
    court = _text("Which court?", "Enter the court.")
    order = _text("Number of the order", "Enter the number of the order.")
    order_on = DateBoxesField(label="Day of the order", error_messages={"required": "Enter the day of the order."})
    subpoena = _text("Number of the subpoena", "Enter the number of the subpoena.")
    allows = _text("What the order allows to be given", "Write down what the order allows.", area=True)
    protocol = _text("Number of the protocol", "Enter the number of the protocol.")
    agreement = _text("The written agreement, and its day", "Name the written agreement and its day.")
    looked_at = _text("What they looked at", "Say what they looked at.", area=True)

    ASKED = {
        Basis.CHILD_ABUSE: ("reported",),
        Basis.CRIME: ("incident", "told"),
        Basis.COURT_ORDER: ("came", "court", "order", "order_on", "subpoena", "allows"),
        Basis.AUDIT: ("agreement", "looked_at"),
        Basis.RESEARCH: ("protocol", "agreement", "looked_at"),
    }
    ALL = ("on", "time", "name", "address")

    def __init__(self, *args: Any, basis: Basis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = (*self.ASKED[basis], *self.ALL)
        self.fields = {name: self.fields[name] for name in asked}
        self.basis = basis
        if self.is_subpoena_alone:
            for name in asked:
                self.fields[name].required = name == "came"

    @property
    def is_subpoena_alone(self) -> bool:
        return self.basis == Basis.COURT_ORDER and self.data.get("came") == "subpoena"

    @property
    def facts(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in self.ASKED[self.basis] if name != "came"}
        if "told" in said:
            said["told"] = ", ".join(CRIME[each] for each in said["told"])
        return said
