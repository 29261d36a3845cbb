"""There is always a group that meets within minutes, so that whoever tries the demo can walk into a room at once."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import Q

from stepdown.live.permissions import DOOR_OPENS
from stepdown.live.services import check_in
from stepdown.people.models import Staff
from stepdown.placement.models import Group
from stepdown.timetable.models import Session
from stepdown.timetable.queries import roster

FIRST = "Cedar"
LEAD = timedelta(minutes=5)
LEAST = timedelta(minutes=25)


def ensure_session_soon(*, now: datetime) -> Session | None:
    """A session whose door is open, and which goes on for at least 25 minutes.

    It is led by the counselor of the first group, whose sign-in the demo prints. When she has none in reach, an extra
    meeting of her group is made in her next free hours. When these are too far away, the last minutes of what she leads
    now will do; when she ended it early (it keeps its hours), another counselor's session is taken.
    Gives None when nobody leads a group.
    """
    groups = sorted(
        Group.objects.filter(program__is_aftercare=False).select_related("program", "leader"),
        key=lambda group: (group.name != FIRST, group.name),
    )
    found = (
        _in_reach(group.leader, now, LEAST) or _extra_meeting(group, now) or _in_reach(group.leader, now, LEAD)
        for group in groups
    )
    return next((session for session in found if session), None)


def _in_reach(leader: Staff, now: datetime, least: timedelta) -> Session | None:
    return (
        Session.objects.standing()
        .filter(leader=leader, starts_at__lte=now + DOOR_OPENS, ends_at__gte=now + least)
        .exclude(room__ended_at__isnull=False)
        .select_related("group", "leader")
        .order_by("starts_at")
        .first()
    )


def _extra_meeting(group: Group, now: datetime) -> Session | None:
    leads = Q(leader=group.leader) | Q(co_leader=group.leader)
    busy = Session.objects.standing().filter(leads | Q(group=group), ends_at__gt=now).order_by("starts_at")
    starts_at = (now + LEAD).replace(second=0, microsecond=0)
    until = None
    for other in busy[:20]:
        if other.starts_at - starts_at >= LEAST:
            until = other.starts_at
            break
        starts_at = max(starts_at, other.ends_at)
    ends_at = starts_at + timedelta(minutes=group.program.meeting_minutes)
    if starts_at > now + DOOR_OPENS:
        return None
    # One more meeting goes on with the topic of the last one.
    before = group.sessions.standing().filter(starts_at__lt=starts_at).select_related("topic").last()
    return Session.objects.create(
        group=group,
        topic=before.topic if before else None,
        leader=group.leader,
        starts_at=starts_at,
        ends_at=min(ends_at, until) if until else ends_at,
        service_date=starts_at.astimezone(ZoneInfo(group.time_zone)).date(),
    )


def check_some_in(*, session: Session, rng: Random) -> None:
    """Most of the people who are awaited have passed the door already; the first of them with a strong urge."""
    for place, seat in enumerate(roster(session)):
        if place % 4 != 3:
            check_in(
                session=session,
                patient=seat.patient,
                address=seat.patient.address,
                state=seat.patient.state,
                callback_phone=seat.patient.phone,
                alone=True,
                craving=8 if place == 0 else rng.randrange(6),
                mood="low" if place == 0 else "ok",
                used_since=place == 1,
            )
