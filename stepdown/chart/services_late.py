"""Notes that are not signed in time, and co-signatures that are not given: who is told of it, each once.

Source: glossary, "progress note": due 24 hours after the service, late at 72 hours; "co-signature": within 7 days.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import queries, queries_late
from stepdown.chart.domain.own_notes import DIRECTORS_AFTER, NEAR
from stepdown.chart.domain.parts import DUE_AFTER, LATE_AFTER
from stepdown.chart.models import ContactNote, LateNote, NotePart, Own
from stepdown.kernel.db import one_at_a_time
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Staff
from stepdown.people.queries import directors
from stepdown.people.supervision import supervisor_of
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
Told = LateNote.Told
# A center that begins to keep its notes here is not told of the months before.
LOOKED_BACK = timedelta(days=14)


@transaction.atomic
def tell_of_late_notes(*, now: datetime) -> int:
    """One message to each person, however many notes wait for them: to who writes a note a day after it, to directors
    after three; to who co-signs it two days before that is due and when it is, to directors three days past it.
    Returns how many notes were told of."""
    one_at_a_time("late notes")
    overdue, late = _sessions(Told.WRITERS, now - DUE_AFTER, now), _sessions(Told.DIRECTORS, now - LATE_AFTER, now)
    drafts, late_drafts = _drafts(Told.WRITERS, now - DUE_AFTER, now), _drafts(Told.DIRECTORS, now - LATE_AFTER, now)
    passed = _cosigns(Told.COSIGN_LATE, now, now)
    near = _cosigns(Told.COSIGN_NEAR, now + NEAR, now)
    neglected = _cosigns(Told.COSIGN_DIRECTORS, now - DIRECTORS_AFTER, now)
    people = {one for session in overdue for one in (session.leader, session.co_leader)}
    people |= {draft.author for draft in drafts}
    people |= _supervisors([*near, *passed], now)
    people |= set(directors() if late or late_drafts or neglected else ())
    _tell(one for one in people if one and one.ended_at is None)
    count = sum(len(found) for found in (overdue, late, drafts, late_drafts, near, passed, neglected))
    if count:
        log.info("late notes told of", notes=len(overdue) + len(drafts), cosigns=len(near) + len(passed), all=count)
    return count


def _sessions(told: str, ended_by: datetime, now: datetime) -> list[Session]:
    """Sessions that ended until then, whose note is not signed and of which these were not told; they are from here."""
    sessions = queries.unsigned(now).filter(ends_at__lte=ended_by, ends_at__gt=now - LOOKED_BACK)
    sessions = sessions.exclude(late_notes__told=told).select_related("leader__account", "co_leader__account")
    found = list(sessions)
    _keep("session", found, told, now)
    return found


def _drafts(told: str, ended_by: datetime, now: datetime) -> list[ContactNote]:
    """Notes of contacts that ended until then and are not signed."""
    drafts = queries_late.drafts_until(ended_by).filter(until__gt=now - LOOKED_BACK).exclude(late_notes__told=told)
    found = list(drafts.select_related("author__account"))
    _keep("contact", found, told, now)
    return found


def _cosigns(told: str, due_by: datetime, now: datetime) -> list[Own]:
    """Notes whose co-signature is due until then and not given."""
    found: list[Own] = []
    for kind in (NotePart, ContactNote):
        waiting = kind.objects.awaiting().filter(cosign_due_at__lte=due_by).exclude(late_notes__told=told)
        rows = list(waiting.select_related("note__author", "signed_by") if kind is NotePart else waiting)
        _keep(kind.COLUMN, rows, told, now)
        found += rows
    return found


def _supervisors(notes: Sequence[Own], now: datetime) -> set[Staff | None]:
    authors = Staff.objects.filter(pk__in={note.written_by_id for note in notes})
    return {supervisor_of(author, timezone.localdate(now)) for author in authors}


def _keep(about: str, rows: Sequence[Any], told: str, now: datetime) -> None:
    LateNote.objects.bulk_create(LateNote(**{about: row}, told=told, at=now) for row in rows)


def _tell(people: Iterable[Staff]) -> None:
    page = reverse("chart:notes")
    tell_all(staff=people, kind=Message.Kind.LOOK, page=lambda staff: page)
