"""What the pages of somebody who did not come draw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.chart import permissions_welfare as permissions
from stepdown.chart import queries_welfare as queries
from stepdown.chart.domain import welfare
from stepdown.chart.domain.tries import is_noted
from stepdown.chart.forms_welfare import StepForm
from stepdown.chart.models import Missed, WelfareStep
from stepdown.chart.models.welfare import Act, Came
from stepdown.chart.queries_tries import notes_of
from stepdown.live.models import Attempt
from stepdown.live.queries import last_door_check
from stepdown.people.models import Staff
from stepdown.privacy.queries import who_allow_emergency_call

How = WelfareStep.How
HOW: dict[str, str] = {
    Act.CALL: How.PHONE,
    Act.CONTACT: How.PHONE,
    Act.LETTER: How.MAIL,
    Act.INDIVIDUAL: How.PHONE,
    Act.CONFERENCE: "",
    Act.REVIEW: "",
}


@dataclass(frozen=True)
class Line:
    """One line of the log: when, what, what came of it, in which words, by whom (None: by itself). of: the try of which
    a note can be written, by who is `by`."""

    at: datetime
    what: str
    came: str = ""
    how: str = ""
    words: str = ""
    by: Staff | None = None
    of: Attempt | WelfareStep | None = None

    @property
    def begins(self) -> str:
        """Where one tap begins its note, or opens it."""
        if self.of is None:
            return ""
        return reverse(f"chart:note_of_{'call' if isinstance(self.of, Attempt) else 'step'}", args=[self.of.pk])


@dataclass(frozen=True)
class Tap:
    """A result that one tap writes down."""

    came: str
    how: str
    label: str


def taps(act: str) -> list[Tap]:
    """The results of an act that need no words."""
    if act == Act.WRITE:
        return [Tap(Came.SENT, How.TEXT, _("Text sent")), Tap(Came.SENT, How.EMAIL, _("E-mail sent"))]
    if act == Act.CHECK:
        return [
            Tap(Came.ASKED, How.POLICE, _("Asked 911 for it")),
            Tap(Came.ASKED, How.MOBILE_TEAM, _("Asked the mobile team for it")),
            Tap(Came.SAFE, "", _("Found safe")),
        ]
    came = [one for one in welfare.RESULTS[welfare.Act(act)] if one not in welfare.IN_WORDS]
    return [Tap(one, HOW.get(act, ""), str(Came(one).label)) for one in came]


def log_of(missed: Missed, attempts: list[Attempt]) -> list[Line]:
    """Everything that happened, the latest first."""
    lines = [
        Line(
            one.noticed_at,
            _("Missed %(group)s, noticed") % {"group": one.session.group.name},
            one.get_over_why_display(),
        )
        for one in missed.sessions.all()
    ]
    lines += [_tried(attempt) for attempt in attempts]
    lines += [
        Line(
            *(step.at, step.get_act_display(), step.get_came_display(), step.get_how_display(), step.words, step.by),
            of=step if is_noted(step.act, step.came) else None,
        )
        for step in missed.steps.all()
    ]
    if missed.over_at:
        lines.append(Line(missed.over_at, _("Over"), missed.get_over_why_display()))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _tried(attempt: Attempt) -> Line:
    if attempt.how == Attempt.How.CALL:
        of = attempt if attempt.outcome else None
        return Line(attempt.at, _("Call from the room"), attempt.get_outcome_display(), by=attempt.by, of=of)
    failed = attempt.message is not None and attempt.message.failed_at is not None
    came = _("Did not go out") if failed else _("Sent")
    return Line(attempt.at, _("Text with their link"), came, by=attempt.by, of=attempt if attempt.by else None)


def page(missed: Missed, staff: Staff, form: StepForm) -> dict[str, Any]:
    patient, attempts = missed.patient, queries.attempts_of([missed])[missed.patient_id]
    notes = notes_of(staff, attempts, missed.steps.all())
    check = last_door_check(patient)
    lacks = welfare.lacks_for_review(
        [step for step in queries.steps_of(missed, attempts) if step.at > (missed.last_contact_at or missed.noticed_at)]
    )
    return {
        "missed": missed,
        "patient": patient,
        "lines": [(line, notes.get(line.of.pk) if line.of else None) for line in log_of(missed, attempts)],
        "taps": taps(missed.next_act) if missed.next_act else [],
        "needs_words": [Came(one).label for one in _with_words(missed.next_act)],
        "check": check,
        "phone": check.callback_phone if check else patient.phone,
        "may_call_contact": bool(who_allow_emergency_call([patient.pk])),
        "lacks": Act(lacks).label if lacks else "",
        "is_late": bool(missed.next_at and missed.next_at <= timezone.now()),
        "may": permissions.log_step(staff, missed),
        "form": form,
    }


def _with_words(act: str) -> list[str]:
    return [one for one in welfare.RESULTS[welfare.Act(act)] if one in welfare.IN_WORDS] if act else []
