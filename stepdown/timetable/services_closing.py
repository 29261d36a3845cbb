"""A group that closes: its last day, and back."""

from datetime import date

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Staff
from stepdown.placement.models import Group, Seat
from stepdown.timetable import pages, queries
from stepdown.timetable.domain.calendar import three_months_after
from stepdown.timetable.models import Session
from stepdown.timetable.regrouping import seats_from
from stepdown.timetable.services import closed_days, extend_timetable
from stepdown.timetable.services_group import CHANGED_MEANWHILE
from stepdown.ui import when

log = structlog.get_logger(__name__)
WHY = "The group closes"


@transaction.atomic
def close_group(*, group: Group, closed_on: date, seen: str, by: Staff) -> Group:
    """`closed_on` is the last day it meets; sessions after it are called off. Nobody loses a seat by it.

    Raises RuleBroken for a day that is past or more than two years ahead, while seats go beyond it (naming whose), and
    when someone else changed the group meanwhile.
    """
    group = _locked(group)
    if seen != queries.seen_as(group):
        raise RuleBroken(CHANGED_MEANWHILE)
    now = timezone.now()
    today = now.astimezone(group.zone).date()
    if closed_on < today:
        raise RuleBroken("Enter today or a later day.")
    if closed_on.year > today.year + 2:
        raise RuleBroken("Enter a day within the next two years.")
    seats = seats_from(group, closed_on, now)
    after = list(group.sessions.standing().filter(service_date__gt=closed_on, starts_at__gt=now))
    staying = [seat for seat in seats if seat.last_on is None or seat.last_on > closed_on or _covers(seat, after)]
    if staying:
        names = ", ".join(_until(seat, today) for seat in staying)
        raise RuleBroken(f"These people have a seat beyond that day: {names}. Move them or end their seats first.")
    group.closed_on = closed_on
    group.save(update_fields=["closed_on"])
    for session in after:
        session.cancelled_at, session.cancelled_why = now, WHY
        session.changed_at, session.changed_by, session.revision = now, by, session.revision + 1
        session.save()
    _tell_leaders(group, after, by)
    log.info("group closes", group_id=group.pk, by=by.pk)
    return group


@transaction.atomic
def reopen_group(*, group: Group, by: Staff) -> Group:
    """It goes on after all: the sessions called off by closing are back, but for days on which the center is closed.
    Raises RuleBroken when it is not closed, or its leader leads elsewhere by now."""
    group, now = _locked(group), timezone.now()
    if group.closed_on is None:
        raise RuleBroken("This group is open.")
    group.closed_on = None
    group.save(update_fields=["closed_on"])
    back = list(group.sessions.filter(cancelled_why=WHY, starts_at__gt=now).exclude(cancelled_at=None))
    for session in back:
        session.cancelled_at, session.cancelled_why = None, ""
        session.changed_at, session.changed_by, session.revision = now, by, session.revision + 1
    closed_days(back)
    with rules_speak():
        for session in back:
            session.save()
    extend_timetable(group=group, until=three_months_after(now.astimezone(group.zone).date()))
    _tell_leaders(group, [session for session in back if session.cancelled_at is None], by)
    log.info("group opened again", group_id=group.pk, by=by.pk)
    return group


def _tell_leaders(group: Group, sessions: list[Session], by: Staff) -> None:
    """Nobody else is concerned: no seat goes beyond the last day."""
    leads = {one for one in (group.leader, group.co_leader) if one and one != by}
    if sessions:
        first = sessions[0].starts_at
        tell_all(staff=leads, kind=Message.Kind.MEETINGS_CHANGED, about=first, page=pages.week_of(first))


def _locked(group: Group) -> Group:
    return (
        Group.objects.select_for_update(of=("self",), no_key=True)
        .select_related("program", "leader", "co_leader")
        .get(pk=group.pk)
    )


def _covers(seat: Seat, sessions: list[Session]) -> bool:
    """Whether one of these is theirs, as one may be that was moved to an earlier hour of the day after their last."""
    return any(
        seat.starts_at <= one.starts_at and (not seat.ends_at or one.starts_at < seat.ends_at) for one in sessions
    )


def _until(seat: Seat, today: date) -> str:
    """Whose seat it is, and until when."""
    if seat.ends_at is None:
        return seat.patient.name
    return f"{seat.patient.name} (until {when.day(when.local_date(seat.ends_at, seat.group.zone), today)})"
