"""Deciding whether people under 18 are admitted in a state, and who signs."""

from typing import Any

from django import forms

from stepdown.people.proving import ProvedForm
from stepdown.privacy.domain.minors import OLDEST, YOUNGEST, Signs, StateRule
from stepdown.privacy.wording_minors import RULES
from stepdown.ui.fields import ChoiceCards, StateField

NOBODY = "nobody"


class MinorRuleForm(ProvedForm):
    state = StateField(
        label="In which state?",
        help_text="Where the person takes part, which decides about the license as well.",
        error_messages={"required": "Choose the state."},
    )
    signs = forms.ChoiceField(
        label="Who signs what they agree to?",
        widget=ChoiceCards(
            hints={
                Signs.MINOR_ALONE: "Where the law lets them decide on this care alone. Also on what a parent is told.",
                Signs.MINOR_AND_PARENT: "Where the law asks for a parent’s consent to this care.",
                NOBODY: "From now on. Who is in care stays, and can sign nothing new.",
            }
        ),
        choices=[*((str(key), said) for key, said in RULES.items()), (NOBODY, "Nobody: no minors are admitted there")],
        error_messages={"required": "Choose who signs."},
    )
    from_age = forms.IntegerField(
        label="From which age?",
        min_value=YOUNGEST,
        max_value=OLDEST,
        required=False,
        widget=forms.TextInput(attrs={"class": "input w-4", "inputmode": "numeric"}),
    )
    source = forms.CharField(
        label="Which law says so?",
        help_text="The citation, as your lawyer gave it.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Give the law."},
    )
    why = forms.CharField(
        label="Why is it decided?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is decided."},
    )
    field_order = ("state", "signs", "from_age", "source", "why", "code")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        signs = said.get("signs")
        if signs and signs != NOBODY and "from_age" not in self.errors and said.get("from_age") is None:
            self.add_error("from_age", "Enter from which age.")
        return said

    @property
    def rule(self) -> StateRule:
        said = self.cleaned_data
        return StateRule(None) if said["signs"] == NOBODY else StateRule(Signs(said["signs"]), said["from_age"])
