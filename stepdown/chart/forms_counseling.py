"""A counseling note as its author writes it."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.ui.fields import DateBoxesField, Form, OnceField


def earliest() -> date:
    return timezone.localdate() - timedelta(days=365)


class CounselingForm(Form):
    once = OnceField()
    on = DateBoxesField(
        label=_("Day of the conversation"),
        earliest=earliest,
        latest=timezone.localdate,
        initial=timezone.localdate,
        error_messages={"required": _("Enter the day.")},
    )
    words = forms.CharField(
        label=_("For yourself"),
        help_text=_("Times, what you did, response, plan and progress belong in the progress note, not only here."),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
        error_messages={"required": _("Write something, or go back without a note.")},
    )
