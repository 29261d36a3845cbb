"""Whom something is sent to, what for, and which data: chosen one by one, nothing before. Source: RULE PRIV-05."""

from typing import Any

from django import forms

from stepdown.people.models import Patient
from stepdown.privacy import sources
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.models import Packet, Recipient
from stepdown.privacy.wording_sharing import DATA, PURPOSES, WHOM
from stepdown.ui.fields import CheckChips, Chips, DateBoxesField, Form

NEW = "new"


class SendForm(Form):
    to = forms.ChoiceField(
        label="To whom?", error_messages={"required": "Choose to whom, or “Somebody who is not named yet”."}
    )
    whom = forms.ChoiceField(label="Who is it?", required=False, choices=[("", "Choose"), *WHOM.items()])
    name = forms.CharField(label="Name of the person or place", max_length=120, required=False)
    address = forms.CharField(label="Address, fax or e-mail", max_length=200, required=False)
    purpose = forms.ChoiceField(
        label="What for?",
        choices=[("", "Choose"), *PURPOSES.items()],
        error_messages={"required": "Choose what for."},
    )
    classes = forms.MultipleChoiceField(
        label="What?",
        widget=CheckChips(),
        error_messages={"required": "Choose what to send, class by class."},
    )
    first_on = DateBoxesField(
        label="Only of the days from",
        help_text="Leave both days empty for all of them. Program, diagnoses and plans go as they stand.",
        required=False,
    )
    last_on = DateBoxesField(label="Through", required=False)
    by_law = forms.CharField(
        label="A law requires it: which?",
        help_text="Only then is a health plan told of days that the patient pays for themself.",
        max_length=200,
        required=False,
    )
    way = forms.ChoiceField(
        label="How?",
        widget=Chips(),
        choices=Packet.Way.choices,
        error_messages={"required": "Choose how it gets there."},
    )

    def __init__(self, *args: Any, patient: Patient, may_name_a_law: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_name_a_law:
            del self.fields["by_law"]
        self.known = {str(one.pk): one for one in Recipient.objects.filter(patient=patient)}
        self._offer("to", [("", "Choose"), *((pk, self._said(one)) for pk, one in self.known.items())])
        self._offer("classes", [(data, DATA[data]) for data in sources.known()])

    @staticmethod
    def _said(one: Recipient) -> str:
        return f"{one.name}, {one.relation or one.get_whom_display()}"

    def _offer(self, name: str, answers: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*answers, (NEW, "Somebody who is not named yet")] if name == "to" else answers

    def clean(self) -> None:
        self._check_days()
        if self.cleaned_data.get("to") != NEW:
            return
        for name, sentence in (
            ("whom", "Choose who it is."),
            ("name", "Enter the name."),
            ("address", "Enter where it goes to."),
        ):
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def _check_days(self) -> None:
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if last and not first and "first_on" not in self.errors:
            self.add_error("first_on", "Enter the first day too.")
        elif first and not last and "last_on" not in self.errors:
            self.add_error("last_on", "Enter the last day too.")
        elif first and last and last < first:
            self.add_error("last_on", "Enter a last day that is not before the first.")

    @property
    def within(self) -> Days | None:
        """None for all days."""
        said = self.cleaned_data
        return Days(said["first_on"], said["last_on"]) if said["first_on"] and said["last_on"] else None

    @property
    def recipient(self) -> Recipient | None:
        """None for somebody who is not named yet."""
        return self.known.get(self.cleaned_data["to"])

    @property
    def new_recipient(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("whom", "name", "address")}
