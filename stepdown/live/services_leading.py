"""What happens when nobody leads a group whose patients are there: the center is called in, and it is kept how long
that was; and what follows when somebody else leads it."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.live.models import LeaderAway, Room
from stepdown.live.queries import may_lead
from stepdown.live.services import tell_live
from stepdown.live.services_outside import ask_for_everyone_held
from stepdown.live.services_visits import end_visits_of_leaders
from stepdown.outreach.services import call_in
from stepdown.people.models import Role, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)


@transaction.atomic
def leader_away(*, session: Session, since: datetime) -> LeaderAway | None:
    """Keeps that patients are there without a leader since then, and calls every clinical director in, once; before
    anyone has opened the room, also those who were to lead.

    Gives None when the room is not open any more, or its session does not take place.
    """
    room = Room.objects.select_for_update(of=("self",)).filter(session=session).first()
    meeting = Session.objects.standing().filter(pk=session.pk).first()
    if meeting is None or (room is not None and room.ended_at):
        return None
    away, is_new = LeaderAway.objects.get_or_create(session=session, ended_at=None, defaults={"since": since})
    if is_new:
        for one in may_lead(meeting) if room is None else Staff.objects.with_role(Role.DIRECTOR):
            call_in(staff=one)
        log.warning("no leader in the room", session=str(session.pk), since=since.isoformat())
        tell_live(session)
    return away


@transaction.atomic
def leader_back(*, session: Session) -> None:
    """A leader is there again, or nobody is left whom one could lead; does nothing when none was missing."""
    if LeaderAway.objects.filter(session=session, ended_at=None).update(ended_at=timezone.now()):
        tell_live(session)


@transaction.atomic
def led_by_another(*, session: Session) -> None:
    """Somebody else leads or co-leads the session now: they observe it no more, and clinical directors are called in
    for whom their want of a license holds at the door."""
    end_visits_of_leaders(session=session, leaders=[session.leader_id, session.co_leader_id])
    ask_for_everyone_held(session=session)
