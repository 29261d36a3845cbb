"""What is written down when somebody outside asks about a person. Nothing is chosen before. Source: RULE PRIV-05."""

from typing import Any

from django import forms

from stepdown.privacy import sources
from stepdown.privacy.models import AskedAbout
from stepdown.privacy.services_asked import Request
from stepdown.privacy.wording_sharing import DATA, PURPOSES, WHOM
from stepdown.ui.fields import CheckChips, Chips, Form, OnceField


class AskedForm(Form):
    once = OnceField()
    about = forms.CharField(
        label="About whom?",
        help_text="First and last name, as they said it.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the name they said."},
    )
    asker = forms.CharField(
        label="Who asks?",
        help_text="First and last name, or the place.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter who asks."},
    )
    whom = forms.ChoiceField(
        label="What are they?",
        choices=[("", "Choose"), *WHOM.items()],
        error_messages={"required": "Choose what they are."},
    )
    reached_at = forms.CharField(label="Where are they reached?", max_length=200, required=False)
    way = forms.ChoiceField(
        label="How do they ask?",
        choices=AskedAbout.Way.choices,
        widget=Chips(),
        error_messages={"required": "Choose how they ask."},
    )
    purpose = forms.ChoiceField(
        label="What for?", choices=[("", "Choose"), *PURPOSES.items()], error_messages={"required": "Choose what for."}
    )
    classes = forms.MultipleChoiceField(
        label="What do they want to know?",
        widget=CheckChips(),
        error_messages={"required": "Choose what they want to know."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["classes"]
        field.choices = [(data, DATA[data]) for data in sources.known()]

    @property
    def request(self) -> Request:
        return Request(**self.cleaned_data)


class AnsweredForm(Form):
    outcome = forms.CharField(
        label="What was answered",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down what was answered, by whom and when."},
    )
