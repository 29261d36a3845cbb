"""What people and the night do with the timetable: make a group's meetings ahead of time, as rows."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Staff
from stepdown.placement.models import Group, Language, Program, still_open
from stepdown.placement.services import create_group, open_program
from stepdown.timetable import queries
from stepdown.timetable.domain.calendar import Meeting, meeting_times, three_months_after, topic_of
from stepdown.timetable.models import Closure, GroupChange, Session, Topic
from stepdown.ui.when import clock, weekday

log = structlog.get_logger(__name__)
# What a group is on some day: days, clock, zone, leader.
Pattern = Group | GroupChange


@transaction.atomic
def open_group(
    *,
    program: Program,
    name: str,
    band: str,
    days: Iterable[int],
    starts_at: time,
    time_zone: str,
    leader: Staff,
    co_leader: Staff | None = None,
    opened_on: date,
    chairs: int = 10,
    tags: Iterable[str] = (),
    language: str = Language.ENGLISH,
    entry_until: date | None = None,
    by: Staff,
) -> Group:
    """A new group with its chairs and its sessions for three months, or nothing at all. program: also one that is not
    stored yet, which is then set up with its first group.

    Raises RuleBroken: a name is taken, or the leader leads another group at one of its times.
    """
    if program._state.adding:
        open_program(program=program, by=by)
    group = create_group(
        program=program,
        name=name,
        band=band,
        days=days,
        starts_at=starts_at,
        time_zone=time_zone,
        leader=leader,
        co_leader=co_leader,
        opened_on=opened_on,
        chairs=chairs,
        tags=tags,
        language=language,
        entry_until=entry_until,
        by=by,
    )
    extend_timetable(group=group, until=three_months_after(max(opened_on, timezone.now().date())))
    return group


@transaction.atomic
def extend_timetable(*, group: Group, until: date | None = None) -> int:
    """Makes the sessions missing up to `until` (included; left out: three months from today). Returns how many.

    Goes on after the last session there is, so that running it again makes nothing twice, and a session that was
    cancelled stays cancelled. The topic follows the calendar week (RULE PROG-04); Aftercare has no curriculum.
    Raises RuleBroken naming leader, clock and day when the leader leads elsewhere at that time.
    """
    # Two that extend the same group at once take turns; the second finds the work done.
    group = (
        Group.objects.select_for_update(of=("self",), no_key=True).select_related("program", "leader").get(pk=group.pk)
    )
    last = last_planned(group)
    first = last + timedelta(days=1) if last else group.opened_on
    until = until or three_months_after(timezone.now().astimezone(group.zone).date())
    if group.closed_on:
        until = min(until, group.closed_on)
    made = [(pattern, meetings_of(pattern, group, *days)) for pattern, days in patterns(group, first, until)]
    sessions = [session for pattern, meetings in made for session in new_sessions(group, pattern, meetings)]
    closed_days(sessions)
    try:
        with rules_speak():
            Session.objects.bulk_create(sessions)
    except RuleBroken as broken:
        raise _named(broken, made, group) from broken
    if sessions:
        log.info("timetable extended", group_id=group.pk, sessions=len(sessions))
    return len(sessions)


def patterns(group: Group, first: date, until: date) -> list[tuple[Pattern, tuple[date, date]]]:
    """What the group is on the days from `first` to `until`: as it is now, and from some day on as it is to be."""
    ahead = queries.change_ahead(group)
    if ahead is None or ahead.from_on > until:
        return [(group, (first, until))]
    parts: list[tuple[Pattern, tuple[date, date]]] = [(ahead, (max(first, ahead.from_on), until))]
    if first < ahead.from_on:
        parts.insert(0, (group, (first, ahead.from_on - timedelta(days=1))))
    return parts


def meetings_of(pattern: Pattern, group: Group, first: date, until: date) -> list[Meeting]:
    minutes = group.program.meeting_minutes
    return meeting_times(pattern.days, pattern.starts_at, minutes, pattern.zone, first, until)


def last_planned(group: Group) -> date | None:
    """The last day of the group's own pattern that has its session, wherever that was moved to."""
    planned = Coalesce(TruncDate("moved_from", tzinfo=group.zone), "service_date")
    last: date | None = group.sessions.filter(makes_up_for=None).aggregate(last=Max(planned))["last"]
    return last


def extend_all() -> int:
    """Every open group, each in its own transaction: one whose leader is taken holds up no other. Returns how many."""
    made = 0
    for group in Group.objects.filter(still_open(timezone.now())):
        try:
            made += extend_timetable(group=group)
        except RuleBroken as broken:
            log.warning("timetable not extended", group_id=group.pk, rule=broken.rule)
    return made


def new_sessions(group: Group, pattern: Pattern, meetings: Iterable[Meeting]) -> list[Session]:
    """Not stored yet."""
    topic = topic_for(group, pattern)
    return [
        Session(
            group=group,
            leader_id=pattern.leader_id,
            co_leader_id=pattern.co_leader_id,
            starts_at=m.starts_at,
            ends_at=m.ends_at,
            service_date=m.service_date,
            topic=topic(m.service_date),
        )
        for m in meetings
    ]


def closed_days(sessions: list[Session]) -> None:
    """Sessions that would fall on days on which the center is closed are called off as they are made, so that they are
    there to bring back."""
    days = [session.service_date for session in sessions]
    for closure in Closure.objects.filter(first_on__lte=max(days), last_on__gte=min(days)) if days else []:
        for session in sessions:
            if closure.first_on <= session.service_date <= closure.last_on:
                session.cancelled_at, session.cancelled_why, session.closure = timezone.now(), closure.name, closure


def topic_for(group: Group, pattern: Pattern) -> Callable[[date], Topic | None]:
    """The topic of a day (RULE PROG-04); Aftercare has no curriculum."""
    topics = {} if group.program.is_aftercare else {(t.week, t.place): t for t in Topic.objects.all()}
    weeks = max((week for week, _ in topics), default=0)

    def topic(on: date) -> Topic | None:
        return topics.get(topic_of(on, pattern.days, weeks)) if weeks and on.weekday() in pattern.days else None

    return topic


def double_booked(leader: Staff, meetings: Iterable[Meeting], apart_from: Iterable[UUID] = ()) -> Session | None:
    """The first session this person leads or co-leads at one of those times already. One query.
    apart_from: ids of sessions that do not count, such as the ones that are about to move."""
    wanted = sorted(meetings)
    if not wanted:
        return None
    theirs = Session.objects.standing().filter(
        Q(leader=leader) | Q(co_leader=leader), starts_at__lt=wanted[-1].ends_at, ends_at__gt=wanted[0].starts_at
    )
    return next(
        (
            s
            for s in theirs.exclude(pk__in=list(apart_from)).select_related("group")
            for m in wanted
            if s.starts_at < m.ends_at and m.starts_at < s.ends_at
        ),
        None,
    )


def double_booked_sentence(leader: Staff, clash: Session, zone: Any) -> str:
    """Who and when, in the zone of the group that is asked for."""
    at: datetime = clash.starts_at
    said, day = clock(at, zone, named=False), weekday(at.astimezone(zone).date())
    return f"{leader.name} already leads a group at {said} on {day}. Choose another time or another counselor."


def _named(broken: RuleBroken, made: list[tuple[Pattern, list[Meeting]]], group: Group) -> RuleBroken:
    """The constraint's own sentence with name and time put in, where they can be found."""
    for pattern, meetings in made if broken.rule == "leads_one" else []:
        if clash := double_booked(pattern.leader, meetings):
            return RuleBroken(double_booked_sentence(pattern.leader, clash, group.zone), broken.rule)
    return broken
