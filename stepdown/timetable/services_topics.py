"""What a session works on: the topic of its calendar week, or another one that somebody chose."""

import structlog
from django.db import transaction

from stepdown.people.models import Staff
from stepdown.timetable import rooms
from stepdown.timetable.models import Session, Topic
from stepdown.timetable.services import topic_for

log = structlog.get_logger(__name__)


@transaction.atomic
def choose_topic(*, session: Session, topic: Topic | None, by: Staff) -> Session:
    """This session works on that topic, whatever its week says; None: the week decides again.

    Whoever sees the session reads the other handout from then on. Source: RULE PROG-04.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("group__program").get(pk=session.pk)
    of_the_week = topic_of_week(session)
    session.topic = topic or of_the_week
    session.topic_by = by if topic and topic != of_the_week else None
    session.save(update_fields=["topic", "topic_by"])
    rooms.works_on_another(session)
    log.info("topic chosen", session_id=session.pk, by=by.pk)
    return session


def topic_of_week(session: Session) -> Topic | None:
    """What the calendar week gives it; None in Aftercare, and on a day that is none of the group's own."""
    planned = session.moved_from or session.starts_at
    return topic_for(session.group, session.group)(planned.astimezone(session.group.zone).date())
