"""What a change of a group would do to its sessions and seats, worked out before anything is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from stepdown.placement import queries as placement
from stepdown.placement.domain.fit import Place, clashes
from stepdown.placement.models import KEPT_APART, Group, Seat
from stepdown.placement.services_chairs import too_few
from stepdown.timetable import queries, rooms
from stepdown.timetable.domain.calendar import Meeting
from stepdown.timetable.domain.regroup import pair
from stepdown.timetable.models import GroupChange, Session
from stepdown.timetable.services import (
    Pattern,
    double_booked,
    double_booked_sentence,
    last_planned,
    meetings_of,
    patterns,
)
from stepdown.ui import when

OTHER_TIMES = "The group meets at other times"


@dataclass
class Plan:
    """What a change would do. moves: sessions and when they are then; made, gone: sessions more and less; by_hand:
    those that somebody changed, which stay unless asked to follow; extra: of these, sessions that stand for none of the
    group's own meetings, and always stay; clashes: (field, sentence) that forbid it; misfits: people whom the group
    would not suit any more; chairs: how many there are then, when another number."""

    group: Group
    to: Pattern
    from_on: date
    moves: list[tuple[Session, Meeting]] = field(default_factory=list)
    made: list[Meeting] = field(default_factory=list)
    gone: list[Session] = field(default_factory=list)
    by_hand: list[Session] = field(default_factory=list)
    extra: set[Session] = field(default_factory=set)
    clashes: list[tuple[str, str]] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)
    chairs: int | None = None
    seat_moves: dict[datetime, datetime | None] = field(default_factory=dict)

    @cached_property
    def changed(self) -> list[tuple[Session, Meeting]]:
        """Those whose time or leader is another one then."""
        to = self.to
        return [
            (s, m)
            for s, m in self.moves
            if (s.cancelled_at and not s.closure_id)
            or (s.starts_at, s.ends_at, s.leader_id, s.co_leader_id)
            != (m.starts_at, m.ends_at, to.leader_id, to.co_leader_id)
        ]

    @cached_property
    def elsewhere(self) -> list[Session]:
        """Those whose door, if it is open, is none any more: they have another time then, or take place again."""
        return [s for s, m in self.changed if s.cancelled_at or (s.starts_at, s.ends_at) != (m.starts_at, m.ends_at)]

    @cached_property
    def first_at(self) -> datetime | None:
        """When the first session is that is not as it was."""
        at = [m.starts_at for _, m in self.changed] + [m.starts_at for m in self.made]
        return min(at + [s.starts_at for s in self.gone], default=None)


def plan_change(
    *, group: Group, to: Pattern, from_on: date, follow: Iterable[UUID] = (), back: GroupChange | None = None
) -> Plan:
    """What becomes of every session from that day on; nothing is stored. follow: ids of sessions changed by hand that
    go with the group all the same. back: the change that is taken back; what it called off takes place again, and what
    was changed by hand before it stands for the meeting it stood for. A dozen queries, however many sessions."""
    now = timezone.now()
    plan, follow = Plan(group, to, from_on), set(follow)
    was, zone = patterns(group, from_on, from_on)[0][0], group.zone
    coming = queries.sessions().filter(group=group, starts_at__gt=now).order_by("starts_at")
    rows = {s: (s.moved_from or s.starts_at).astimezone(zone).date() for s in coming}
    rows = {s: day for s, day in rows.items() if day >= from_on}
    again = {s for s in rows if back and _called_off_by(back, s)}
    own = [s for s in rows if s not in again]
    extra = {s for s in own if s.makes_up_for_id or not (_on_pattern(s, was) or (back and _on_pattern(s, to)))}
    plan.extra = extra
    plan.by_hand = [s for s in own if s in extra or _by_hand(s, was)]
    stays = {s for s in plan.by_hand if s in extra or s.pk not in follow}
    until = max([day for s, day in rows.items() if s not in extra], default=last_planned(group) or from_on)
    until = min(until, group.closed_on) if group.closed_on else until
    then = {m.service_date: m for m in meetings_of(to, group, from_on, until) if m.starts_at > now}
    by_day = {rows[s]: s for s in again}
    by_day |= {rows[s]: s for s in own if s not in extra}
    days = pair(by_day, then)
    plan.moves = [(by_day[old], then[new]) for old, new in days.kept if by_day[old] not in stays]
    plan.gone = [by_day[old] for old in days.gone if by_day[old] not in stays and not by_day[old].cancelled_at]
    plan.made = [then[new] for new in days.new]
    _find_clashes(plan, [s for s in rows if s in stays and not s.cancelled_at])
    seats = seats_from(group, from_on, now)
    _find_kept_apart(plan, was, seats)
    _find_in_use(plan, now)
    plan.chairs = to.chairs if isinstance(to, GroupChange) else None
    if plan.chairs and (why := too_few(group, plan.chairs, from_on)):
        plan.clashes.append(("chairs", why))
    _find_misfits(plan, was, seats)
    plan.seat_moves = _seat_moves(plan, was, until)
    return plan


def _on_pattern(session: Session, was: Pattern) -> bool:
    """Whether it stands for a meeting that the group's days and clock give."""
    planned = (session.moved_from or session.starts_at).astimezone(was.zone)
    return planned.weekday() in was.days and planned.time() == was.starts_at


def _called_off_by(change: GroupChange, session: Session) -> bool:
    return session.cancelled_why == OTHER_TIMES and bool(
        session.cancelled_at and session.cancelled_at >= change.made_at
    )


def _by_hand(session: Session, was: Pattern) -> bool:
    leads = session.leader_id, session.co_leader_id
    if session.closure_id and not session.moved_from:
        return leads != (was.leader_id, was.co_leader_id)
    return bool(session.moved_from or session.cancelled_at) or leads != (was.leader_id, was.co_leader_id)


def _find_clashes(plan: Plan, staying: list[Session]) -> None:
    """Who leads elsewhere then, and which session that stays would stand in the way."""
    meetings, to, zone = [m for _, m in plan.moves] + plan.made, plan.to, plan.to.zone
    own = [s.pk for s, _ in plan.moves] + [s.pk for s in plan.gone]
    for name in ("leader", "co_leader"):
        person = getattr(to, name)
        if person and (clash := double_booked(person, meetings, apart_from=own + [s.pk for s in staying])):
            plan.clashes.append((name, double_booked_sentence(person, clash, zone)))
    for session in staying:
        if any(session.starts_at < m.ends_at and m.starts_at < session.ends_at for m in meetings):
            on = when.weekday(session.starts_at.astimezone(zone)), when.day_short(session.service_date, plan.from_on)
            said = (
                f"The session of {', '.join(on)}, was changed by hand and stands in the way. Let it follow, or move it."
            )
            plan.clashes.append(("starts_at", said))


def _find_kept_apart(plan: Plan, was: Pattern, seats: list[Seat]) -> None:
    """Who is given the group though somebody there is kept apart from them, which the database refuses."""
    pairs = placement.Pairs.of(seat.patient_id for seat in seats)
    for name in ("leader", "co_leader"):
        given = getattr(plan.to, f"{name}_id")
        if given is None or given in (was.leader_id, was.co_leader_id):
            continue
        names = [seat.patient.name for seat in seats if given in pairs.apart(seat.patient_id)]
        plan.clashes += [(name, f"{who}: {KEPT_APART} Choose another counselor.") for who in names]


def _find_in_use(plan: Plan, now: datetime) -> None:
    """Which session would be moved or called off while people are in its room."""
    for session in plan.elsewhere + plan.gone:
        if rooms.may_be_open(session, now) and rooms.is_in_use(session):
            on = f"{when.weekday(session.service_date)}, {when.day(session.service_date, session.service_date)}"
            said = (
                f"People are in the room of the session of {on}. End the group there first, or wait until it is over."
            )
            plan.clashes.append(("from_on", said))


def _find_misfits(plan: Plan, was: Pattern, seats: list[Seat]) -> None:
    """People with a seat then, whom the days, the part of the day or the leader's licenses do not suit."""
    group, to = plan.group, plan.to
    leaders = {was.leader_id, to.leader_id}
    licenses = placement.licenses_of(leaders, {seat.patient.state for seat in seats})

    def against(seat: Seat, pattern: Pattern) -> list[str]:
        place = Place(
            level=group.program.level,
            program=group.program.name,
            band=pattern.band,
            days=frozenset(pattern.days),
            leader=pattern.leader.first_name,
            licenses=tuple(licenses[pattern.leader_id, seat.patient.state]),
            first_on=max(plan.from_on, when.local_date(seat.starts_at, group.zone)),
            last_on=when.local_date(seat.ends_at, group.zone) if seat.ends_at else None,
            chairs=1,
            chairs_free=1,
            taken=0,
            intended=1,
        )
        return clashes(placement.person_of(seat.episode), place)

    for seat in seats:
        before = against(seat, was)
        plan.misfits += [f"{seat.patient.name}: {said}" for said in against(seat, to) if said not in before]


def seats_from(group: Group, on: date, now: datetime) -> list[Seat]:
    """Seats held or accepted that reach that day or beyond it, in the order of the chairs."""
    after = datetime.combine(on, datetime.min.time(), tzinfo=group.zone)
    seats = group.seats.standing().filter(Q(ends_at=None) | Q(ends_at__gt=max(now, after)))
    seats = seats.filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now))
    return list(seats.select_related("patient", "episode__patient", "episode__assessment").order_by("chair__number"))


def _seat_moves(plan: Plan, was: Pattern, until: date) -> dict[datetime, datetime | None]:
    """Where every meeting to come goes, also those behind the last session, where seats may end."""
    stay = [s for s in queries.sessions().filter(group=plan.group, starts_at__gt=timezone.now()) if not s.cancelled_at]
    moves: dict[datetime, datetime | None] = {s.starts_at: s.starts_at for s in stay}
    moves |= {s.starts_at: m.starts_at for s, m in plan.moves if not s.cancelled_at}
    moves |= {s.starts_at: None for s in plan.gone}
    last = plan.group.seats.standing().exclude(ends_at=None).order_by("ends_at").last()
    ends = when.local_date(last.ends_at, plan.group.zone) + timedelta(days=7) if last and last.ends_at else until
    first = max(until + timedelta(days=1), plan.from_on)
    if ends > first:
        old = {m.service_date: m.starts_at for m in meetings_of(was, plan.group, first, ends)}
        new = {m.service_date: m.starts_at for m in meetings_of(plan.to, plan.group, first, ends)}
        days = pair(old, new)
        moves |= {old[before]: new[after] for before, after in days.kept}
    return moves
