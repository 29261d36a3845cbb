"""What staff do with a plan once it is written: sign it, say how it goes, move its date."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.chart.models import Progress
from stepdown.chart.seen import SeenForm
from stepdown.ui.fields import Chips, DateBoxesField, Form

FURTHEST = timedelta(days=365)


class SignPlanForm(SeenForm, Form):
    """The counselor's attestation."""

    attest = forms.BooleanField(
        error_messages={"required": _("Read the statement and tick it, or go back to the plan.")},
    )


class ProgressForm(Form):
    """How an objective stands."""

    status = forms.ChoiceField(
        label=_("How it stands"),
        choices=Progress.Status.choices,
        widget=Chips,
        error_messages={"required": _("Choose how it stands.")},
    )
    words = forms.CharField(
        label=_("What you saw"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words what you saw.")},
    )


class MoveForm(Form):
    """Another date for a deadline."""

    due_on = DateBoxesField(
        label=_("New date"),
        earliest=timezone.localdate,
        latest=lambda: timezone.localdate() + FURTHEST,
        error_messages={
            "required": _("Enter the new date."),
            "early": _("Choose a day to come."),
            "late": _("Choose a day within the next year."),
        },
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The old date stays on the page with this sentence and your name."),
        error_messages={"required": _("Say why the date moves.")},
    )
