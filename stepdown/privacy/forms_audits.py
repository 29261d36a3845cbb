"""What is agreed on before somebody audits or evaluates the program, and why an audit ends."""

from datetime import date, timedelta
from typing import Any

from django import forms

from stepdown.people.proving import ProvedForm
from stepdown.privacy import sources
from stepdown.privacy.days import today
from stepdown.privacy.domain.audits import LONGEST_DAYS, is_too_long, left_out
from stepdown.privacy.forms_papers import PaperForm
from stepdown.privacy.queries_audits import auditors
from stepdown.privacy.wording_audits import KINDS, SAYS
from stepdown.privacy.wording_sharing import DATA
from stepdown.ui.fields import CheckCards, CheckChips, ChoiceCards, DateBoxesField, Form

AHEAD = timedelta(days=366)


def _a_year_ahead() -> date:
    return today() + AHEAD


def _day(label: str, required: str, hint: str = "") -> DateBoxesField:
    return DateBoxesField(
        label=label,
        help_text=hint,
        earliest=today,
        latest=_a_year_ahead,
        error_messages={
            "required": required,
            "early": "This day is over. Enter today or a later one.",
            "late": "This date is too far ahead. Check the year.",
        },
    )


class AuditForm(PaperForm):
    """Nothing is chosen before. Source: RULE PRIV-05, PRIV-33."""

    prefix = "audit"
    days = ("from_on", "until_on")
    not_one = "This is no whole PDF file. Save the signed agreement as PDF and choose it again."

    auditor = forms.ModelChoiceField(
        queryset=auditors(),
        label="Who looks?",
        empty_label="Choose",
        help_text="Somebody with the role of an auditor and a sign-in of their own.",
        error_messages={"required": "Choose who looks.", "invalid_choice": "Choose who looks."},
    )
    kind = forms.ChoiceField(
        label="By whose authority?",
        choices=[(kind.value, said) for kind, said in KINDS.items()],
        widget=ChoiceCards(),
        error_messages={"required": "Choose by whose authority they look."},
    )
    authority = forms.CharField(
        label="For whom do they look?",
        help_text="The plan, agency or body as it stands in the agreement; for our own evaluation, the center.",
        max_length=100,
        error_messages={"required": "Enter for whom they look."},
    )
    address = forms.CharField(
        label="Where is that reached?",
        help_text="Address or e-mail. It stands in what patients read about who got something.",
        max_length=200,
        error_messages={"required": "Enter where they are reached."},
    )
    matter = forms.CharField(
        label="What is it for?",
        help_text="For example: review of services billed in the first quarter. Patients read it.",
        max_length=120,
        error_messages={"required": "Say what it is for."},
    )
    classes = forms.MultipleChoiceField(
        label="What do they read?",
        help_text="No more than the purpose needs. Counseling notes are shown in no audit.",
        widget=CheckChips(),
        error_messages={"required": "Choose what they read, class by class."},
    )
    from_on = _day("From", "Enter the first day.")
    until_on = _day(
        "Through", "Enter the last day.", f"The last day, at most {LONGEST_DAYS} days in all. It ends by itself."
    )
    agreed_on = DateBoxesField(
        label="Day of the written agreement",
        latest=today,
        error_messages={"required": "Enter the day of the agreement.", "late": "This day is still to come."},
    )
    says = forms.MultipleChoiceField(
        label="What does it say?",
        help_text="Read it and tick what is in it. Without all three nothing may be shown. 42 CFR 2.53",
        choices=list(SAYS.items()),
        widget=CheckCards(),
        error_messages={"required": "Tick what the agreement says."},
    )
    field_order = (
        "auditor", "kind", "authority", "address", "matter", "classes", "from_on", "until_on", "agreed_on", "file",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classes"].choices = [(data, DATA[data]) for data in sources.known()]  # type: ignore[attr-defined]  # declared above as a field with choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("from_on"), said.get("until_on")
        if first and last and is_too_long(first, last):
            self.add_error("until_on", f"An audit is open for {LONGEST_DAYS} days at most. Enter an earlier last day.")
        if said.get("says") and left_out(said["says"]):
            self.add_error("says", "The agreement has to say all three. Have what is missing added before.")
        return said


class OpenForm(ProvedForm):
    prefix = "open"
    sure = forms.BooleanField(
        label="I have checked who looks, at whose records, and until when.",
        error_messages={"required": "Check this first."},
    )
    field_order = ("sure", "code")


class EndForm(Form):
    prefix = "end"
    why = forms.CharField(
        label="Why does it end?", max_length=300, error_messages={"required": "Say why it ends before its time."}
    )
