"""There is always a group that meets within minutes, so that whoever tries the demo can walk into a room at once."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from stepdown.live.services import check_in
from stepdown.placement.models import Group
from stepdown.timetable.models import Session
from stepdown.timetable.queries import roster

NAME = "Cedar"
LEAD = timedelta(minutes=5)
WITHIN = timedelta(minutes=15)
LEAST = timedelta(minutes=30)


def ensure_session_soon(*, now: datetime) -> Session | None:
    """The running or next session of the demo's first group, made when none runs or starts within 15 minutes.

    An extra meeting ends before the leader's next regular one. Gives None when the demo's group is not there,
    or when less than half an hour would be left before that regular meeting.
    """
    group = Group.objects.select_related("program", "leader").filter(name=NAME).first()
    if group is None:
        return None
    mine = Session.objects.standing().filter(leader=group.leader, ends_at__gt=now).order_by("starts_at")
    coming = list(mine[:2])
    for session in coming:
        if session.group_id == group.pk and session.starts_at <= now + WITHIN and session.ends_at >= now + LEAST:
            return session
    starts_at = (now + LEAD).replace(second=0, microsecond=0)
    busy = [s for s in coming if s.starts_at <= starts_at < s.ends_at]
    if busy:
        starts_at = busy[-1].ends_at
    after = [s for s in coming if s.starts_at > starts_at]
    ends_at = min([starts_at + timedelta(minutes=group.program.meeting_minutes), *(s.starts_at for s in after)])
    if ends_at - starts_at < LEAST:
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
