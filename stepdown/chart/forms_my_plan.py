"""What a patient says to their plan: signs it, asks for a change, or does not want to sign."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.chart.models import PlanAnswer
from stepdown.ui.fields import ChoiceCards, Form


class SignMyPlanForm(Form):
    """The patient's signature under the text that was on the page. Source: RULE PRIV-43."""

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

    def now_reads(self, seen: str) -> None:
        """The page shows another text by now, which the next signature is for."""
        self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]  # a QueryDict


class AnswerPlanForm(Form):
    """The patient asks for a change, or does not want to sign."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=[
            (PlanAnswer.Kind.CHANGE, _("I want to change something")),
            (PlanAnswer.Kind.DECLINED, _("I do not want to sign")),
        ],
        widget=ChoiceCards,
        error_messages={"required": _("Choose one of the two.")},
    )
    words = forms.CharField(
        label=_("Tell us in your words"),
        help_text=_("Your counselor reads this."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> None:
        says_nothing = "words" not in self.errors and not self.cleaned_data["words"].strip()
        if says_nothing and self.cleaned_data.get("kind") == PlanAnswer.Kind.CHANGE:
            self.add_error("words", _("Tell us what you want to change."))
