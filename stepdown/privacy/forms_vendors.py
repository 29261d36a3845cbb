"""Putting an agreement with a vendor on file, and ending one."""

from datetime import date, timedelta
from typing import Any

from django import forms

from stepdown.kernel import outside
from stepdown.privacy.days import today
from stepdown.privacy.domain.vendors import Kind, left_out
from stepdown.privacy.forms_papers import PaperForm
from stepdown.privacy.models import ServiceAgreement
from stepdown.privacy.wording_vendors import HOW_MUCH, SAYS
from stepdown.ui.fields import CheckCards, ChoiceCards, DateBoxesField, Form

YEARS = timedelta(days=20 * 365)


def _years_ago() -> date:
    return today() - YEARS


def _years_ahead() -> date:
    return today() + YEARS


class AgreementForm(PaperForm):
    """services: those that there are, with what whoever runs them gets to see."""

    prefix = "agreement"
    days = ("begins_on", "ends_on")
    not_one = "This is no whole PDF file. Save the signed agreement as PDF and choose it again."

    party = forms.CharField(
        label="With whom",
        help_text="The company as it stands in the agreement.",
        max_length=120,
        error_messages={"required": "Enter with whom the agreement is."},
    )
    services = forms.MultipleChoiceField(
        label="What does it cover?",
        widget=CheckCards(),
        error_messages={"required": "Choose at least one service that it covers."},
    )
    kind = forms.ChoiceField(
        label="Which kind is it?",
        choices=ServiceAgreement.Kind.choices,
        widget=ChoiceCards(
            hints={
                Kind.BAA: "45 CFR 164.504(e)",
                Kind.QSOA: "42 CFR 2.11",
                Kind.BOTH: "What most vendors of health programs sign.",
            }
        ),
        error_messages={"required": "Choose which kind it is."},
    )
    says = forms.MultipleChoiceField(
        label="What does it say?",
        help_text="Read it and tick what is in it. Of a business associate agreement the last two are asked, of a "
        "qualified service organization agreement the first three.",
        choices=list(SAYS.items()),
        widget=CheckCards(),
        error_messages={"required": "Tick what the agreement says."},
    )
    begins_on = DateBoxesField(
        label="First day",
        earliest=_years_ago,
        latest=_years_ahead,
        error_messages={"required": "Enter the first day.", "late": "This date is too far ahead. Check the year."},
    )
    ends_on = DateBoxesField(
        label="Last day",
        help_text="Leave it empty when the agreement has no end. After this day what it covers is off.",
        required=False,
        earliest=_years_ago,
        latest=_years_ahead,
        error_messages={"late": "This date is too far ahead. Check the year."},
    )
    field_order = ("party", "services", "begins_on", "ends_on", "file", "kind", "says")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = outside.services()
        services = self.fields["services"]
        services.choices = [(one.key, one.name) for one in known]  # type: ignore[attr-defined]  # declared above as a field with choices
        services.widget.hints = {one.key: f"They see {one.gets}." for one in known}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind = Kind(said["kind"]) if said.get("kind") else None
        if kind and said.get("says") and left_out(kind, said["says"]):
            self.add_error(
                "says", f"This kind of agreement has to say {HOW_MUCH[kind]}. Have what is missing added before."
            )
        return said


class EndForm(Form):
    why = forms.CharField(
        label="Why does it end?", max_length=300, error_messages={"required": "Say why it ends before its time."}
    )
