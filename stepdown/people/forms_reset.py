"""How an administrator made sure who asks for a new second factor."""

from django import forms

from stepdown.people.models import SecondFactorReset
from stepdown.people.proving import ProvedForm
from stepdown.ui.fields import ChoiceCards


class ResetForm(ProvedForm):
    how = forms.ChoiceField(
        label="How did you make sure that it is them?",
        help_text="A mail or a call that comes in proves nothing.",
        widget=ChoiceCards(),
        choices=SecondFactorReset.How.choices,
        error_messages={"required": "Choose how you made sure."},
    )
    words = forms.CharField(
        label="What was lost, and how you made sure",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a few words what was lost and how you made sure."},
    )
    field_order = ("how", "words", "code")
