"""A group changed from a day on: its sessions to come follow at once, what is past stays, and everyone is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Staff
from stepdown.placement import queries as placement
from stepdown.placement.domain.fit import Place, clashes
from stepdown.placement.following import keep_to_sessions
from stepdown.placement.models import Chair, Group, Seat
from stepdown.placement.words import meets
from stepdown.timetable import queries
from stepdown.timetable.domain.calendar import Meeting
from stepdown.timetable.domain.regroup import pair
from stepdown.timetable.models import GroupChange, Session
from stepdown.timetable.services import (
    Pattern,
    closed_days,
    double_booked,
    double_booked_sentence,
    last_planned,
    meetings_of,
    new_sessions,
    patterns,
    topic_for,
)
from stepdown.ui import when

log = structlog.get_logger(__name__)
FIELDS = (
    *("name", "band", "days", "starts_at", "time_zone", "leader", "co_leader"),
    *("tags", "language", "entry_until"),
)
CHANGED_MEANWHILE = (
    "Someone else changed this group or one of its sessions a moment ago. Look at what would change now."
)


@dataclass
class Plan:
    """What a change would do. moves: sessions and when they are then; made, gone: sessions more and less; by_hand:
    those that somebody changed, which stay unless asked to follow; extra: of these, sessions that stand for none of the
    group's own meetings, and always stay; clashes: (field, sentence) that forbid it; misfits: people whom the group
    would not suit any more."""

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
    def first_at(self) -> datetime | None:
        """When the first session is that is not as it was."""
        at = [m.starts_at for _, m in self.changed] + [m.starts_at for m in self.made]
        return min(at + [s.starts_at for s in self.gone], default=None)


def plan_change(*, group: Group, to: Pattern, from_on: date, follow: Iterable[UUID] = ()) -> Plan:
    """What becomes of every session from that day on; nothing is stored. follow: ids of sessions changed by hand that
    go with the group all the same. A dozen queries, however many sessions."""
    now = timezone.now()
    plan, follow = Plan(group, to, from_on), set(follow)
    was, zone = patterns(group, from_on, from_on)[0][0], group.zone
    coming = queries.sessions().filter(group=group, starts_at__gt=now).order_by("starts_at")
    rows = {s: (s.moved_from or s.starts_at).astimezone(zone).date() for s in coming}
    rows = {s: day for s, day in rows.items() if day >= from_on}
    extra = {s for s in rows if s.makes_up_for_id or not _on_pattern(s, was)}
    plan.extra = extra
    plan.by_hand = [s for s in rows if s in extra or _by_hand(s, was)]
    stays = {s for s in plan.by_hand if s in extra or s.pk not in follow}
    until = max([day for s, day in rows.items() if s not in extra], default=last_planned(group) or from_on)
    until = min(until, group.closed_on) if group.closed_on else until
    then = {m.service_date: m for m in meetings_of(to, group, from_on, until) if m.starts_at > now}
    by_day = {day: s for s, day in rows.items() if s not in extra}
    days = pair(by_day, then)
    plan.moves = [(by_day[old], then[new]) for old, new in days.kept if by_day[old] not in stays]
    plan.gone = [by_day[old] for old in days.gone if by_day[old] not in stays and not by_day[old].cancelled_at]
    plan.made = [then[new] for new in days.new]
    _find_clashes(plan, [s for s in rows if s in stays and not s.cancelled_at])
    _find_misfits(plan, was, now)
    plan.seat_moves = _seat_moves(plan, was, until)
    return plan


def _on_pattern(session: Session, was: Pattern) -> bool:
    """Whether it stands for a meeting that the group's days and clock give."""
    planned = (session.moved_from or session.starts_at).astimezone(was.zone)
    return planned.weekday() in was.days and planned.time() == was.starts_at


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


def _find_misfits(plan: Plan, was: Pattern, now: datetime) -> None:
    """People with a seat then, whom the days, the part of the day, the leader's licenses or who leads does not suit."""
    group, to = plan.group, plan.to
    seats = seats_from(group, plan.from_on, now)
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
            people=frozenset({pattern.leader_id, pattern.co_leader_id}),
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


@transaction.atomic
def change_group(
    *,
    group: Group,
    from_on: date,
    seen: str,
    follow: Iterable[UUID] = (),
    despite: bool = False,
    chairs: int | None = None,
    by: Staff,
    **fields: Any,
) -> GroupChange:
    """The group is as `fields` say (those of FIELDS) from that day on; its row follows when the day has come.

    seen: `seen_as(group)` of the page that asks. follow: sessions changed by hand that go with it. despite: also when
    it no longer suits everyone who sits there. chairs: how many, at once. Raises RuleBroken when the group changed
    meanwhile, a leader is taken, someone does not fit and `despite` is not set, or a change is planned already.
    """
    group = _locked(group, seen)
    today = timezone.now().astimezone(group.zone).date()
    change = GroupChange(group=group, from_on=max(from_on, today), made_by=by, was=_as_text(group), **fields)
    plan = _planned_or_refused(group, change, follow, despite)
    with rules_speak():
        change.save()
    _apply_to_sessions(plan, by)
    if chairs is not None:
        set_chairs(group, chairs)
    if change.from_on <= today:
        _apply_to_group(group, change)
    log.info("group changed", group_id=group.pk, change_id=change.pk, sessions=len(plan.changed), by=by.pk)
    return change


@transaction.atomic
def take_back_change(*, change: GroupChange, by: Staff) -> None:
    """A change that is still ahead does not come: the sessions go back to how the group is now. Raises RuleBroken when
    it has come or was taken back, or when a leader is taken by now."""
    group = _locked(change.group, seen=None)
    change = GroupChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.applied_at or change.taken_back_at:
        raise RuleBroken("This change has come already, or was taken back. Change the group again instead.")
    plan = plan_change(group=group, to=group, from_on=change.from_on)
    if plan.clashes:
        raise RuleBroken(plan.clashes[0][1])
    change.taken_back_at = timezone.now()
    change.save(update_fields=["taken_back_at"])
    _apply_to_sessions(plan, by)
    log.info("group change taken back", group_id=group.pk, change_id=change.pk, by=by.pk)


def apply_changes() -> int:
    """Changes whose day has come in their group's zone, each in its own transaction. Returns how many."""
    now, done = timezone.now(), 0
    ahead = GroupChange.objects.filter(applied_at=None, taken_back_at=None, from_on__lte=now.date() + timedelta(days=1))
    for change in ahead.select_related("group"):
        if change.from_on > now.astimezone(change.group.zone).date():
            continue
        try:
            with transaction.atomic():
                _apply_to_group(_locked(change.group, seen=None), change)
            done += 1
        except RuleBroken as broken:
            log.warning("group change not applied", change_id=change.pk, rule=broken.rule)
    return done


def _locked(group: Group, seen: str | None) -> Group:
    found = Group.objects.select_for_update(of=("self",), no_key=True).select_related("program", "leader", "co_leader")
    group = found.get(pk=group.pk)
    if seen is not None and seen != queries.seen_as(group):
        raise RuleBroken(CHANGED_MEANWHILE)
    return group


def _planned_or_refused(group: Group, change: GroupChange, follow: Iterable[UUID], despite: bool) -> Plan:
    """The plan as it is now, under the lock."""
    plan = plan_change(group=group, to=change, from_on=change.from_on, follow=follow)
    if plan.clashes:
        raise RuleBroken(plan.clashes[0][1])
    if plan.misfits and not despite:
        raise RuleBroken(
            "The group would not suit everyone who sits there any more. Look at who, and say that you know."
        )
    return plan


def _apply_to_sessions(plan: Plan, by: Staff) -> None:
    """Writes the plan down and tells everyone, when any session is another one. Rows that move are first taken out of
    the way, so that none meets another on its way."""
    now, to, topic = timezone.now(), plan.to, topic_for(plan.group, plan.to)
    first, leads = plan.first_at, {s.leader for s, _ in plan.moves} | {s.co_leader for s, _ in plan.moves}
    leads |= {to.leader, to.co_leader}
    changed = [s for s, _ in plan.changed]
    Session.objects.filter(pk__in=[s.pk for s in changed]).update(cancelled_at=now)
    for session, meeting in plan.changed:
        session.starts_at, session.ends_at, session.service_date = meeting
        session.leader, session.co_leader = to.leader, to.co_leader
        session.topic = topic(meeting.service_date) or session.topic
        session.cancelled_at, session.cancelled_why, session.closure, session.moved_from = None, "", None, None
        session.changed_at, session.changed_by, session.revision = now, by, session.revision + 1
    others = [(s, topic(m.service_date)) for s, m in plan.moves if s not in changed]
    retold = [s for s, then in others if then and then.pk != s.topic_id]
    for session, then in others:
        session.topic = then or session.topic
    for session in plan.gone:
        session.cancelled_at, session.cancelled_why = now, "The group meets at other times"
        session.changed_at, session.changed_by, session.revision = now, by, session.revision + 1
    closed_days(changed)
    written = (
        *("starts_at", "ends_at", "service_date", "leader", "co_leader", "topic"),
        *("cancelled_at", "cancelled_why", "closure", "moved_from", "changed_at", "changed_by", "revision"),
    )
    with rules_speak():
        Session.objects.bulk_update(retold, ["topic"])
        Session.objects.bulk_update(plan.gone, written)
        Session.objects.bulk_update(changed, written)
        made = new_sessions(plan.group, to, plan.made)
        closed_days(made)
        Session.objects.bulk_create(made)
    keep_to_sessions(group=plan.group, moves=plan.seat_moves, by=by)
    if first:
        _tell(plan, first, {one for one in leads if one}, by)


def _apply_to_group(group: Group, change: GroupChange) -> None:
    for name in FIELDS:
        setattr(group, name, getattr(change, name))
    with rules_speak():
        group.save(update_fields=FIELDS)
    change.applied_at = timezone.now()
    change.save(update_fields=["applied_at"])
    log.info("group as planned", group_id=group.pk, change_id=change.pk)


def set_chairs(group: Group, count: int) -> None:
    """More chairs are added; fewer only when nobody ever sat on those that go. Raises RuleBroken otherwise."""
    Chair.objects.bulk_create(Chair(group=group, number=n) for n in range(group.chairs.count() + 1, count + 1))
    gone = group.chairs.filter(number__gt=count)
    if used := gone.filter(seats__isnull=False).order_by("number").last():
        raise RuleBroken(f"Chair {used.number} is or was someone’s. Keep at least {used.number} chairs.")
    gone.delete()


def _tell(plan: Plan, first: datetime, leads: set[Staff], by: Staff) -> None:
    """Who sits there from the first session on that is another one, who led and who leads from then on."""
    seats = Seat.objects.accepted().filter(Q(ends_at=None) | Q(ends_at__gt=first), group=plan.group)
    tell_all(
        patients={seat.patient for seat in seats.select_related("patient")},
        staff=leads - {by},
        kind=Message.Kind.MEETINGS_CHANGED,
        about=first,
    )


def _as_text(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "meets": meets(group, timezone.now()),
        "leader": group.leader.name,
        "co_leader": group.co_leader.name if group.co_leader else "",
        "time_zone": group.time_zone,
    }
