"""A group changed from a day on: its sessions to come follow at once, what is past stays, and everyone is told."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
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
from stepdown.placement.following import keep_to_sessions
from stepdown.placement.models import Group, Seat
from stepdown.placement.services_chairs import keep_chairs, set_chairs
from stepdown.placement.words import meets
from stepdown.timetable import pages, queries, rooms
from stepdown.timetable.models import GroupChange, Session, Topic
from stepdown.timetable.regrouping import OTHER_TIMES, Plan, plan_change
from stepdown.timetable.services import closed_days, new_sessions, topic_for
from stepdown.timetable.services_session import begin_again

log = structlog.get_logger(__name__)
FIELDS = (
    *("name", "band", "days", "starts_at", "time_zone", "leader", "co_leader"),
    *("tags", "language", "entry_until"),
)
CHANGED_MEANWHILE = (
    "Someone else changed this group or one of its sessions a moment ago. Look at what would change now."
)


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
    it no longer suits everyone who sits there. chairs: how many from then on, when another number.
    Raises RuleBroken when the group changed meanwhile, a leader is taken, too many chairs are someone's, someone does
    not fit and `despite` is not set, or a change is planned already.
    """
    group = _locked(group, seen)
    today = timezone.now().astimezone(group.zone).date()
    from_on = max(from_on, today)
    change = GroupChange(
        group=group, from_on=from_on, made_by=by, was=_as_text(group, from_on), chairs=chairs, **fields
    )
    plan = _planned_or_refused(group, change, follow, despite)
    with rules_speak():
        change.save()
    _apply_to_sessions(plan, by)
    if chairs is not None:
        set_chairs(group=group, count=chairs, from_on=from_on)
    if change.from_on <= today:
        _apply_to_group(group, change)
    log.info("group changed", group_id=group.pk, change_id=change.pk, sessions=len(plan.changed), by=by.pk)
    return change


@transaction.atomic
def take_back_change(*, change: GroupChange, by: Staff) -> None:
    """A change that is still ahead does not come: the sessions go back to how the group is now, those that it called
    off take place, and seats begin with them again. Raises RuleBroken when it has come or was taken back, or when a
    leader is taken by now."""
    group = _locked(change.group, seen=None)
    change = GroupChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.applied_at or change.taken_back_at:
        raise RuleBroken("This change has come already, or was taken back. Change the group again instead.")
    now = timezone.now()
    plan = plan_change(group=group, to=group, from_on=change.from_on, back=change)
    if plan.clashes:
        raise RuleBroken(plan.clashes[0][1])
    change.taken_back_at = now
    change.save(update_fields=["taken_back_at"])
    _apply_to_sessions(plan, by)
    if group.seats.standing().filter(starts_at__gt=now).exists():
        for session, _ in plan.changed:
            begin_again(session, group, now, by)
    if change.chairs is not None:
        keep_chairs(group=group, from_on=change.from_on)
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
    _doors_locked(group)
    return group


def _doors_locked(group: Group) -> None:
    """Nobody goes into the room of a session while it is moved or called off."""
    now = timezone.now()
    soon = group.sessions.filter(starts_at__gt=now, starts_at__lte=now + rooms.SHUT_UNTIL)
    list(soon.select_for_update(of=("self",)).values_list("pk", flat=True))


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
    elsewhere, off = ([s for s in some if rooms.may_be_open(s, now)] for some in (plan.elsewhere, plan.gone))
    given = [s for s in changed if (s.leader_id, s.co_leader_id) != (to.leader_id, to.co_leader_id)]
    Session.objects.filter(pk__in=[s.pk for s in changed]).update(cancelled_at=now)
    for session, meeting in plan.changed:
        session.starts_at, session.ends_at, session.service_date = meeting
        session.leader, session.co_leader = to.leader, to.co_leader
        session.topic = _topic_then(session, topic(meeting.service_date))
        session.cancelled_at, session.cancelled_why, session.closure, session.moved_from = None, "", None, None
        session.changed_at, session.changed_by, session.revision = now, by, session.revision + 1
    others = [(s, _topic_then(s, topic(m.service_date))) for s, m in plan.moves if s not in changed]
    retold = [s for s, then in others if then and then.pk != s.topic_id]
    for session, then in others:
        session.topic = then
    for session in plan.gone:
        session.cancelled_at, session.cancelled_why = now, OTHER_TIMES
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
    for session in elsewhere:
        rooms.leave_behind(session, by)
    for session in off:
        rooms.call_off(session, by)
    for session in given:
        rooms.led_by_another(session)
    keep_to_sessions(group=plan.group, moves=plan.seat_moves, by=by)
    if first:
        _tell(plan, first, {one for one in leads if one}, by)


def _topic_then(session: Session, of_the_week: Topic | None) -> Topic | None:
    """A topic that somebody chose stays; else that of the week, where it has one."""
    return session.topic if session.topic_by_id else of_the_week or session.topic


def _apply_to_group(group: Group, change: GroupChange) -> None:
    for name in FIELDS:
        setattr(group, name, getattr(change, name))
    with rules_speak():
        group.save(update_fields=FIELDS)
    change.applied_at = timezone.now()
    change.save(update_fields=["applied_at"])
    log.info("group as planned", group_id=group.pk, change_id=change.pk)


def _tell(plan: Plan, first: datetime, leads: set[Staff], by: Staff) -> None:
    """Who sits there from the first session on that is another one, who led and who leads from then on."""
    seats = Seat.objects.accepted().filter(Q(ends_at=None) | Q(ends_at__gt=first), group=plan.group)
    tell_all(
        patients={seat.patient for seat in seats.select_related("patient")},
        staff=leads - {by},
        kind=Message.Kind.MEETINGS_CHANGED,
        about=first,
        page=pages.week_of(first),
    )


def _as_text(group: Group, on: date) -> dict[str, Any]:
    return {
        "chairs": group.chairs.there_on(on).count(),
        "name": group.name,
        "meets": meets(group, timezone.now()),
        "leader": group.leader.name,
        "co_leader": group.co_leader.name if group.co_leader else "",
        "time_zone": group.time_zone,
    }
