"""What is asked when somebody tells us that a patient cannot come."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stepdown.placement.queries import uuid_or_none
from stepdown.timetable.cannot_come import AHEAD
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import CannotCome, Session
from stepdown.ui.fields import Chips, ChoiceCards, DateBoxesField, Form
from stepdown.ui.when import appointment


def _two_weeks_ago() -> date:
    return timezone.localdate() - AHEAD


class SessionField(forms.ModelChoiceField):
    def to_python(self, value: Any) -> Session | None:
        if value and uuid_or_none(str(value)) is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        found: Session | None = super().to_python(value)
        return found

    def label_from_instance(self, session: Session) -> str:
        zone = timezone.get_current_timezone()
        said = appointment(session.starts_at, timezone.now(), zone)
        return f"{said[:1].upper()}{said[1:]}, {session.group.name}"


class CannotComeForm(Form):
    """One session, who said it, when and why, and whether it is excused. Times are in the zone of whoever writes."""

    session = SessionField(
        label=_("Which session"),
        queryset=Session.objects.none(),
        empty_label=None,
        widget=ChoiceCards(),
        error_messages={
            "required": _("Choose the session they cannot come to."),
            "invalid_choice": _("Choose one of the sessions shown."),
        },
    )
    said_by = forms.ChoiceField(
        label=_("Who said it"),
        choices=CannotCome.SaidBy.choices,
        widget=Chips(),
        error_messages={"required": _("Choose who said it.")},
    )
    told_on = DateBoxesField(
        label=_("On"),
        help_text=_("Empty for today."),
        earliest=_two_weeks_ago,
        latest=timezone.localdate,
        required=False,
        error_messages={
            "early": _("That is more than two weeks ago. Enter when they said it."),
            "late": _("That day is still to come. Enter when they said it."),
        },
    )
    told_at = forms.TimeField(
        label=_("At"),
        help_text=_("Empty for now. For example 12:10 pm."),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10", "autocomplete": "off"}),
    )
    why = forms.CharField(
        label=_("Why, in a few words"),
        help_text=_("For example: court date, work, illness. Nothing clinical. Goes out in no message."),
        max_length=120,
        error_messages={"required": _("Say why in a few words, or that they did not say.")},
    )
    excused = forms.ChoiceField(
        label=_("Is it excused?"),
        choices=[("yes", _("Excused")), ("no", _("Not excused")), ("later", _("Judge it later"))],
        widget=Chips(),
        help_text=_("Not excused, it is cancelled, late with less than 24 hours’ notice. Who leads confirms it."),
        error_messages={"required": _("Choose whether it is excused.")},
    )

    def __init__(self, data: Any, *, sessions: QuerySet[Session], session: str = "") -> None:
        first = {"said_by": CannotCome.SaidBy.PATIENT, "excused": "later", "session": session}
        super().__init__(data, initial=first)
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]  # declared above

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "told_on" in said and "told_at" in said:
            if said["told_on"] and not said["told_at"] and said["told_on"] != timezone.localdate():
                self.add_error("told_at", _("Enter at what time they said it."))
            elif self.moment_told > timezone.now():
                self.add_error("told_at", _("That is still to come. Enter when they said it."))
        return said

    @property
    def moment_told(self) -> datetime:
        on, at = self.cleaned_data["told_on"] or timezone.localdate(), self.cleaned_data["told_at"]
        return moment(on, at, timezone.get_current_timezone()) if at else timezone.now()

    @property
    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        given = self.cleaned_data
        excused = {"yes": True, "no": False}.get(given["excused"])
        kept = {name: given[name] for name in ("session", "said_by", "why")}
        return {**kept, "told_at": self.moment_told, "excused": excused}


class ActForm(Form):
    """What becomes of what was written down."""

    act = forms.ChoiceField(
        choices=[("excuse", _("Excused")), ("no_excuse", _("Not excused")), ("take_back", _("Take back"))],
        error_messages={"required": _("Choose what to do.")},
    )
