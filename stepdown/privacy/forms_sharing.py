"""Choosing what a consent to share says: nothing is offered that does not fit its kind, and nothing is chosen before.

Source: RULE PRIV-05, PRIV-08, PRIV-09, PRIV-16.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.privacy.domain.fits import FITS
from stepdown.privacy.domain.sharing import END_OF_TREATMENT, FINAL_DISPOSITION, Kind, Whom
from stepdown.privacy.services_sharing import Terms
from stepdown.privacy.wording_sharing import DATA, EVENTS, PURPOSES, REVOCABLE, TO_PATIENT, WHOM
from stepdown.ui.fields import CheckCards, CheckChips, ChoiceCards, DateBoxesField, Form

DAY = "day"
LONGEST = 200


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class ConsentForm(Form):
    """Staff choose together with the patient. `kind` decides which fields there are; today: where the patient is."""

    whom = forms.ChoiceField(label="Who is it?", error_messages={"required": "Choose who it is."})
    name = forms.CharField(
        label="Name of the person or place", max_length=120, error_messages={"required": "Enter the name."}
    )
    relation = forms.CharField(
        label="What they are to the patient", max_length=80, required=False, help_text="For example: sister"
    )
    address = forms.CharField(
        label="Address, fax or e-mail",
        max_length=LONGEST,
        error_messages={"required": "Enter where what is shared goes to."},
    )
    participants = forms.CharField(
        label="Who may get it through the exchange",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line: names, or “my treating providers who take part”.",
        error_messages={"required": "Say who may get it."},
    )
    scope = forms.MultipleChoiceField(
        label="What may be shared?",
        widget=CheckChips(),
        error_messages={"required": "Choose what may be shared."},
    )
    purposes = forms.MultipleChoiceField(
        label="What for?", widget=CheckChips(), error_messages={"required": "Choose what for."}
    )
    case_reference = forms.CharField(
        label="Reference of the case", max_length=80, error_messages={"required": "Enter the reference of the case."}
    )
    monitors = forms.CharField(
        label="Who watches the case",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line: persons by name, or the unit.",
        error_messages={"required": "Name the persons or the unit."},
    )
    duration = forms.CharField(
        label="For how long",
        max_length=LONGEST,
        help_text="For example: as long as probation lasts, to March 2027",
        error_messages={"required": "Say for how long."},
    )
    revocable = forms.ChoiceField(
        label="From when can the patient take it back?",
        widget=ChoiceCards(across=True),
        choices=[(DAY, "From a day"), (FINAL_DISPOSITION, REVOCABLE[FINAL_DISPOSITION])],
        error_messages={"required": "Choose from when."},
    )
    revocable_on = DateBoxesField(label="From this day", required=False)
    ends = forms.ChoiceField(
        label="Until when?", widget=ChoiceCards(across=True), error_messages={"required": "Choose until when."}
    )
    expires_on = DateBoxesField(label="Last day", required=False, help_text="It holds through that day.")

    def __init__(self, *args: Any, kind: Kind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.today = kind, today
        fit = FITS[kind]
        self._offer("whom", [("", "Choose"), *((each, WHOM[each]) for each in fit.whom)])
        self._offer("scope", [(each, DATA[each]) for each in fit.scope])
        self._offer("purposes", [(each, PURPOSES[each]) for each in fit.purposes])
        self._offer("ends", [(DAY, "On a day"), *((each, EVENTS[each]) for each in fit.events)])
        for name in self._left_out():
            del self.fields[name]

    def _offer(self, name: str, answers: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = answers

    def _left_out(self) -> set[str]:
        fit, less = FITS[self.kind], set[str]()
        if not fit.whom:
            less |= {"whom", "name", "relation", "address"}
        if fit.is_fixed:
            less.add("purposes")
        if self.kind != Kind.JUSTICE:
            less |= {"case_reference", "monitors", "duration", "revocable", "revocable_on"}
        if self.kind != Kind.INTERMEDIARY:
            less.add("participants")
        return less

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("ends") == DAY:
            self._needs_day("expires_on")
        if said.get("revocable") == DAY:
            self._needs_day("revocable_on")

    def _needs_day(self, name: str) -> None:
        if name in self.errors:
            return
        day = self.cleaned_data.get(name)
        if day is None:
            self.add_error(name, "Enter the day.")
        elif day < self.today:
            self.add_error(name, "Enter a day that is not over.")

    @property
    def terms(self) -> Terms:
        said = self.cleaned_data
        by_day, from_day = said["ends"] == DAY, said.get("revocable") == DAY
        return Terms(
            scope=said["scope"],
            purposes=said.get("purposes", ()),
            expires_on=said["expires_on"] if by_day else None,
            expires_event="" if by_day else said["ends"],
            case_reference=said.get("case_reference", ""),
            monitors=_lines(said.get("monitors", "")),
            duration=said.get("duration", ""),
            revocable_on=said.get("revocable_on") if from_day else None,
            revocable_event="" if from_day else said.get("revocable", ""),
            participants=_lines(said.get("participants", "")),
        )

    @property
    def recipient(self) -> dict[str, str] | None:
        """As `name_recipient` takes it; none for a class of persons."""
        if not FITS[self.kind].whom:
            return None
        return {name: self.cleaned_data[name] for name in ("whom", "name", "relation", "address")}


class LetSomeoneForm(Form):
    """A patient lets somebody of their family, or a friend, see something."""

    name = forms.CharField(
        label=_("Who is it?"), help_text=_("First and last name"), max_length=120,
        error_messages={"required": _("Enter their name.")},
    )  # fmt: skip
    whom = forms.ChoiceField(
        label=_("What are they to you?"),
        widget=ChoiceCards(across=True),
        choices=[(each, WHOM[each]) for each in (Whom.FAMILY, Whom.SUPPORTER)],
        error_messages={"required": _("Choose one.")},
    )
    relation = forms.CharField(
        label=_("In a word"), help_text=_("For example: your sister"), max_length=80, required=False
    )
    address = forms.CharField(
        label=_("How do we reach them?"),
        help_text=_("A phone number, an e-mail address, or where they live"),
        max_length=LONGEST,
        error_messages={"required": _("Say how we reach them.")},
    )
    scope = forms.MultipleChoiceField(
        label=_("What may they see?"),
        widget=CheckCards(),
        choices=[(each, TO_PATIENT[each]) for each in FITS[Kind.SPECIFIC].scope],
        error_messages={"required": _("Choose what they may see.")},
    )
    ends = forms.ChoiceField(
        label=_("Until when?"),
        widget=ChoiceCards(across=True),
        choices=[(DAY, _("Until a day")), (END_OF_TREATMENT, _("Until my program ends"))],
        error_messages={"required": _("Choose until when.")},
    )
    expires_on = DateBoxesField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> None:
        if self.cleaned_data.get("ends") != DAY or "expires_on" in self.errors:
            return
        if self.cleaned_data.get("expires_on") is None:
            self.add_error("expires_on", _("Enter the day."))
        elif self.cleaned_data["expires_on"] < self.today:
            self.add_error("expires_on", _("Enter a day that is not over."))

    @property
    def recipient(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("whom", "name", "relation", "address")}


class SignSharingForm(Form):
    """seen: the digest of the words on the page. Source: RULE PRIV-43 (intent, exact text)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    agreed = forms.BooleanField(
        label=_("I have read this, and I agree."), error_messages={"required": _("Check the box if you agree.")}
    )
    signed_name = forms.CharField(
        label=_("Your full name"),
        help_text=_("Typing it here counts like your name on paper."),
        max_length=120,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name."), "min_length": _("Type your full name.")},
    )


class WordsForm(Form):
    """What was said, or what was done about it, in words."""

    words = forms.CharField(
        label="In words",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down what was said, by whom and when."},
    )
