"""Homework as a person says that it is done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.ui.fields import Form


class DoHomeworkForm(Form):
    """A line or nothing."""

    answer = forms.CharField(
        label=_("How did it go?"),
        help_text=_("A line is enough. You can leave it empty. Your counselor reads it."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
