"""What people fill in about the waitlist and the chain of offers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.models import Episode
from stepdown.placement.models import Urgency
from stepdown.ui.fields import Chips, Form


class UrgencyForm(Form):
    """How urgent it is in the eyes of one of the staff, and why."""

    urgency = forms.TypedChoiceField(
        label=_("How urgent it is"),
        choices=Urgency.choices,
        coerce=int,
        widget=Chips,
        error_messages={"required": _("Choose how urgent it is.")},
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say why it is more or less urgent than the rules say.")},
    )


class StopForm(Form):
    """Why chairs are not offered by themselves for now."""

    reason = forms.CharField(
        label=_("Why the offers stop"),
        max_length=300,
        error_messages={"required": _("Say why the offers stop.")},
    )


class PersonField(forms.ModelChoiceField):
    """One of the people who wait, by name."""

    def label_from_instance(self, episode: Any) -> str:
        return str(episode.patient.name)


class SkipForm(Form):
    """Whom the chain passes over, and why."""

    episode = PersonField(
        label=_("Person"),
        queryset=Episode.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose one of the people listed.")},
    )
    reason = forms.CharField(
        label=_("Why they are passed over"),
        max_length=300,
        error_messages={"required": _("Say why this person is passed over.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Episode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["episode"].queryset = people  # type: ignore[attr-defined]  # declared above as a field of rows


class SeedForm(Form):
    """Where the plan looks first; the same number and the same waitlist give the same plan."""

    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=2**31 - 1, required=False)
