"""What is asked when someone steps down, comes back, or care ends."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from stepdown.admissions.domain.parts import ANCHORS
from stepdown.admissions.models import Episode
from stepdown.timetable.models import Session
from stepdown.transitions.domain.endings import WHEN
from stepdown.transitions.queries import Choice
from stepdown.transitions.queries_ratings import NAMES, QUESTIONS
from stepdown.ui.fields import Chips, ChoiceCards, DateBoxesField, Form
from stepdown.ui.when import clock_span, day, weekday

PLANNED = "planned"


def _reason(label: Any, hint: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "class": "textarea"})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=1000, widget=widget)


class GroupForm(Form):
    """Chooses among the groups that can follow; `choices` as the query gives them."""

    group = forms.ChoiceField(
        label=_("Group"), widget=ChoiceCards, error_messages={"required": _("Choose the group that follows.")}
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = {str(c.group.pk): c for c in choices if not c.against}
        self.blocked = [c for c in choices if c.against]
        field = self.fields["group"]
        field.choices = [(key, c.group.name) for key, c in self.possible.items()]  # type: ignore[attr-defined]  # declared above as a field with choices
        field.widget.hints = {key: _hint(c) for key, c in self.possible.items()}

    @property
    def chosen(self) -> Any:
        return self.possible[self.cleaned_data["group"]].group


def _hint(choice: Choice) -> str:
    """When it begins there, who leads, and what speaks for and against, in one line."""
    said = [f"Led by {choice.group.leader.signature}"]
    if choice.first_at:
        zone = choice.group.zone
        on = choice.first_at.astimezone(zone).date()
        said.insert(0, f"From {weekday(on)}, {day(on, timezone.now().date())}")
    said += [*choice.fit.reasons, *(against.sentence.rstrip(".") for against in choice.fit.against)]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in said)


class StepDownForm(GroupForm):
    """The last IOP session, the Aftercare group, and why when it is early or not every criterion is met."""

    last = forms.ChoiceField(label=_("Last IOP session"), error_messages={"required": _("Choose the last session.")})
    reason = _reason(
        _("Reason"), _("Needed when this is earlier than planned, or when a criterion is not met. Stays in the record.")
    )
    field_order = ["last", "group", "reason"]

    def __init__(
        self,
        *args: Any,
        choices: Sequence[Choice],
        sessions: Sequence[Session],
        planned_end: datetime | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        sessions = list(sessions)
        offered = []
        if planned_end:
            last = f": {_session_said(sessions.pop())}" if sessions else ""
            offered.append((PLANNED, f"{_('As planned')}{last}"))
        self.sessions = {str(s.pk): s for s in sessions}
        offered += [(key, _session_said(s)) for key, s in self.sessions.items()]
        self.fields["last"].choices = offered  # type: ignore[attr-defined]  # declared above as a field with choices

    @property
    def effective_at(self) -> datetime | None:
        """None: the planned end."""
        last = self.cleaned_data["last"]
        return None if last == PLANNED else self.sessions[last].ends_at


def _session_said(session: Session) -> str:
    zone = session.group.zone
    on = session.service_date
    hours = clock_span(session.starts_at, session.ends_at, zone)
    return f"{weekday(on)}, {day(on, timezone.now().date())}, {hours}"


class RatingForm(Form):
    """The six dimensions, each with what its numbers mean, and what has changed."""

    words = forms.CharField(
        label="What has changed",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "textarea"}),
        help_text="Stays in the record, beside the numbers.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chips = [(number, format_html("<b>{}</b> {}", number, short)) for number, short, _words in ANCHORS]
        for key, name in NAMES.items():
            self.fields[key] = forms.TypedChoiceField(
                label=f"{name}: {QUESTIONS[key]}",
                choices=chips,
                coerce=int,
                widget=Chips(),
                error_messages={"required": "Choose a number from 0 to 4."},
            )
        self.order_fields([*NAMES, "words"])

    @property
    def ratings(self) -> dict[str, int]:
        return {key: self.cleaned_data[key] for key in NAMES}


class ReturnForm(GroupForm):
    """The IOP group to come back to, and why now."""

    reason = _reason(_("Why now"), _("A return is a clinical step, not a failure. Stays in the record."))


class DischargeForm(Form):
    """Why care ends, on which day, and what was arranged."""

    status = forms.ChoiceField(
        label=_("Why care ends"),
        choices=[(s, Episode.Status(s).label) for s in WHEN],
        widget=ChoiceCards(hints=WHEN),
        error_messages={"required": _("Choose why care ends.")},
    )
    last_day = DateBoxesField(
        label=_("Last day of care"),
        latest=timezone.localdate,
        error_messages={"required": _("Enter the last day of care.")},
    )
    note = forms.CharField(
        label=_("What happened, and what was arranged"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "textarea"}),
        help_text=_("Referrals, medication, risk, who was told, naloxone."),
        error_messages={"required": _("Write what happened and what was arranged.")},
    )

    def at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The end of the last day in that zone; now when the day is today."""
        on: date = self.cleaned_data["last_day"]
        return min(now, datetime.combine(on, time(23, 59), zone))
