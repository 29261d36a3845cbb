"""What a privacy officer looks for among the looks."""

from django import forms

from stepdown.privacy.models import Act
from stepdown.ui.fields import Form


class FilterForm(Form):
    """In the address: which kind, the id of somebody at the center, and where the list goes on."""

    act = forms.ChoiceField(label="What was done", choices=[("", "Everything"), *Act.choices], required=False)
    staff = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class PatientForm(Form):
    name = forms.CharField(
        label="A patient’s name, or how it begins",
        max_length=80,
        error_messages={"required": "Type the beginning of a name."},
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "autocomplete": "off"}),
    )
