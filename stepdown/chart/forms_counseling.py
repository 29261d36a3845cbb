"""A counseling note as its author writes it."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.forms import OpenPageForm
from stepdown.ui.fields import DateBoxesField, OnceField


def earliest() -> date:
    return timezone.localdate() - timedelta(days=365)


class CounselingForm(OpenPageForm):
    """once: the id of the note, also of one that is not there yet."""

    once = OnceField()
    version = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput, initial="new")
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
