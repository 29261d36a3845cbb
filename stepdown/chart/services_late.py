"""A note that is not signed in time: who writes it is told after a day, the directors after three; each once.

Source: glossary, "progress note": due 24 hours after the service, late at 72 hours.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.urls import reverse

from stepdown.chart import queries
from stepdown.chart.domain.parts import DUE_AFTER, LATE_AFTER
from stepdown.chart.models import LateNote
from stepdown.kernel.db import one_at_a_time
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Staff
from stepdown.people.queries import directors
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
# A center that begins to keep its notes here is not told of the months before.
LOOKED_BACK = timedelta(days=14)


@transaction.atomic
def tell_of_late_notes(*, now: datetime) -> int:
    """One message to each person, however many notes wait for them. Returns how many notes were told of."""
    one_at_a_time("late notes")
    overdue = _not_told(LateNote.Told.WRITERS, now - DUE_AFTER, now)
    late = _not_told(LateNote.Told.DIRECTORS, now - LATE_AFTER, now)
    writers = {person for session in overdue for person in (session.leader, session.co_leader) if person}
    _tell(writers | set(directors() if late else ()))
    if overdue or late:
        log.info("late notes told of", overdue=len(overdue), late=len(late))
    return len(overdue) + len(late)


def _not_told(told: LateNote.Told, ended_by: datetime, now: datetime) -> list[Session]:
    """Sessions that ended until then, whose note is not signed and of which these were not told; they are from here."""
    sessions = queries.unsigned(now).filter(ends_at__lte=ended_by, ends_at__gt=now - LOOKED_BACK)
    sessions = sessions.exclude(late_notes__told=told).select_related("leader__account", "co_leader__account")
    found = list(sessions)
    LateNote.objects.bulk_create(LateNote(session=session, told=told, at=now) for session in found)
    return found


def _tell(people: set[Staff]) -> None:
    page = reverse("chart:notes")
    tell_all(staff=people, kind=Message.Kind.LOOK, page=lambda staff: page)
