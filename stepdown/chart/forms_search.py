"""What is looked for in notes."""

from django import forms

from stepdown.ui.fields import Form


class SearchForm(Form):
    words = forms.CharField(
        label="Words in the notes",
        max_length=200,
        error_messages={"required": "Type a word that stands in the notes you look for."},
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "autocomplete": "off"}),
    )
