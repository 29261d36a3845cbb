"""Naming who visits one session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stepdown.live.models import Visit
from stepdown.people.models import Role, Staff
from stepdown.timetable.models import Session
from stepdown.ui.fields import ChoiceCards, Form


class ColleagueForm(Form):
    """One of the staff observes or supervises."""

    role = forms.ChoiceField(
        label=_("As"),
        choices=[(role.value, role.label) for role in (Visit.Role.SUPERVISOR, Visit.Role.OBSERVER)],
        widget=ChoiceCards(across=True),
        error_messages={"required": _("Choose as what they come.")},
    )
    staff = forms.ModelChoiceField(
        label=_("Colleague"),
        queryset=Staff.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague."), "invalid_choice": _("Choose a colleague from the list.")},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = [one for one in (session.leader_id, session.co_leader_id) if one]
        clinical = Staff.objects.with_role(Role.COUNSELOR) | Staff.objects.with_role(Role.DIRECTOR)
        self.fields["staff"].queryset = clinical.filter(ended_at=None).exclude(pk__in=leads).order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField


class GuestForm(Form):
    """Somebody from outside, for this session alone."""

    name = forms.CharField(
        label=_("Name, as the group will hear it"),
        max_length=40,
        error_messages={"required": _("Enter the name that the group will hear.")},
    )
    why = forms.CharField(
        label=_("Why they come"),
        help_text=_("The group reads this before the guest comes in. For example: speaks about sleep."),
        max_length=120,
        error_messages={"required": _("Write why they come. The group reads it.")},
    )
