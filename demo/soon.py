"""There is always a group that meets within minutes, so that whoever tries the demo can walk into a room at once."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import Q

from stepdown.live.services import check_in
from stepdown.placement.models import Group
from stepdown.timetable.models import Session
from stepdown.timetable.queries import roster

FIRST = "Cedar"
LEAD = timedelta(minutes=5)
WITHIN = timedelta(minutes=15)
LEAST = timedelta(minutes=30)


def ensure_session_soon(*, now: datetime) -> Session | None:
    """A session of the program that runs, or starts within 15 minutes, and goes on for at least half an hour.

    When there is none, an extra meeting of the first group whose leader is free is made, over before their next one.
    Gives None when every leader is busy or nobody leads a group.
    """
    soon = Session.objects.standing().filter(
        group__program__is_aftercare=False, starts_at__lte=now + WITHIN, ends_at__gte=now + WITHIN + LEAST
    )
    groups = sorted(
        Group.objects.filter(program__is_aftercare=False).select_related("program", "leader"),
        key=lambda group: (group.name != FIRST, group.name),
    )
    running = {session.group_id: session for session in soon.select_related("group", "leader")}
    for group in groups:
        if group.pk in running:
            return running[group.pk]
    made = (_extra_meeting(group, now + LEAD) for group in groups)
    return next((session for session in made if session), None)


def _extra_meeting(group: Group, at: datetime) -> Session | None:
    starts_at = at.replace(second=0, microsecond=0)
    others = Session.objects.standing().filter(Q(leader=group.leader) | Q(group=group), ends_at__gt=starts_at)
    first = others.order_by("starts_at").first()
    ends_at = starts_at + timedelta(minutes=group.program.meeting_minutes)
    if first:
        ends_at = min(ends_at, first.starts_at)
    if ends_at - starts_at < WITHIN + LEAST:
        return None
    return Session.objects.create(
        group=group,
        leader=group.leader,
        starts_at=starts_at,
        ends_at=ends_at,
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
