"""The whole center closed for some days: its sessions are called off together, and everyone is told once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Patient, Staff
from stepdown.placement.following import keep_to_sessions
from stepdown.placement.models import Group, Seat
from stepdown.timetable import pages, permissions, queries, rooms
from stepdown.timetable.models import Closure, Session
from stepdown.timetable.services_session import begin_again, starts

log = structlog.get_logger(__name__)


@transaction.atomic
def close_center(*, name: str, first_on: date, last_on: date, by: Staff) -> Closure:
    """No session on those days, but for those that `sorted_out` leaves. Seats that would begin then begin with the next
    session, and keep the day they end.

    Raises RuleBroken for days that are past, that end before they begin, or that meet those of another closure.
    """
    now = timezone.now()
    if last_on < timezone.localdate():
        raise RuleBroken("These days are past. Enter days that are still to come.")
    one_at_a_time("closures")
    with rules_speak():
        closure = Closure.objects.create(name=name, first_on=first_on, last_on=last_on, made_by=by)
    groups = _locked(queries.sessions_in(first_on, last_on, now))
    # Read again under the locks: somebody may have moved one meanwhile, or gone into its room.
    found, _ = sorted_out(queries.sessions_in(first_on, last_on, now).select_for_update(of=("self",)), now)
    told = _who(found)
    of_group: dict[UUID, list[Session]] = defaultdict(list)
    for session in found:
        of_group[session.group_id].append(session)
    for group in groups:
        before = starts(group, now)
        off: dict[datetime, datetime | None] = {}
        for session in of_group[group.pk]:
            off[session.starts_at] = None
            session.cancelled_at, session.cancelled_why, session.closure = now, name, closure
            session.changed_at, session.changed_by, session.revision = now, by, session.revision + 1
        Session.objects.bulk_update(
            of_group[group.pk],
            ["cancelled_at", "cancelled_why", "closure", "changed_at", "changed_by", "revision"],
        )
        for session in of_group[group.pk]:
            if rooms.may_be_open(session, now):
                rooms.call_off(session, by)
        keep_to_sessions(group=group, moves=before | off, by=by)
    _tell(told, by, Message.Kind.MEETING_OFF)
    log.info("center closes", closure_id=closure.pk, sessions=len(found), by=by.pk)
    return closure


@transaction.atomic
def open_center(*, closure: Closure, bring_back: bool, by: Staff) -> tuple[int, int]:
    """The closure is no more. bring_back: its sessions that are ahead take place after all, but for those whose leader
    or group is taken by now, or that another session makes up for. Returns how many are back, and how many stay off.

    Raises RuleBroken for a closure whose days are past: what did not take place stays so.
    """
    now = timezone.now()
    if not (may := permissions.open_center(closure, timezone.localdate())):
        raise RuleBroken(may.reason)
    groups = {group.pk: group for group in _locked(queries.called_off_by(closure))}
    off = list(queries.called_off_by(closure).filter(starts_at__gt=now))
    back: list[Session] = []
    for session in off if bring_back else []:
        if not session.made_up_by.standing().exists() and _comes_back(session, by, now):
            rooms.leave_behind(session, by)
            begin_again(session, groups[session.group_id], now, by)
            back.append(session)
    Session.objects.filter(closure=closure).update(closure=None)
    _tell(_who(back), by, Message.Kind.MEETING_BACK)
    log.info("center opens again", closure_id=closure.pk, sessions=len(back), by=by.pk)
    closure.delete()
    return len(back), len(off) - len(back)


def _comes_back(session: Session, by: Staff, now: datetime) -> bool:
    """Whether the database lets it: its leader and its room may be taken by now."""
    session.cancelled_at, session.cancelled_why, session.closure = None, "", None
    session.changed_at, session.changed_by, session.revision = now, by, session.revision + 1
    try:
        with rules_speak():
            session.save()
    except RuleBroken:
        return False
    return True


def sorted_out(sessions: Iterable[Session], now: datetime) -> tuple[list[Session], list[Session]]:
    """(those of these sessions that a closure calls off, those that stay: they have met, or people are in the room)."""
    off: list[Session] = []
    stay: list[Session] = []
    for session in sessions:
        may = not rooms.may_be_open(session, now) or permissions.change_session(session, now)
        (off if may else stay).append(session)
    return off, stay


def _locked(sessions: Iterable[Session]) -> list[Group]:
    """Their groups, locked in one order, so that two closures at once do not wait for each other."""
    groups = Group.objects.select_for_update(of=("self",), no_key=True).select_related("program").order_by("pk")
    return list(groups.filter(pk__in={session.group_id for session in sessions}))


def concerned(sessions: list[Session]) -> int:
    """How many people are told when these sessions are called off."""
    return len(_who(sessions))


def _who(sessions: list[Session]) -> dict[Patient | Staff, list[datetime]]:
    """Everybody concerned, with when their sessions are, earliest first. One query."""
    who: dict[Patient | Staff, list[datetime]] = defaultdict(list)
    if not sessions:
        return who
    first, last = min(s.starts_at for s in sessions), max(s.starts_at for s in sessions) + timedelta(minutes=1)
    seats = Seat.objects.accepted().filter(
        Q(ends_at=None) | Q(ends_at__gt=first), group__in={s.group_id for s in sessions}, starts_at__lt=last
    )
    seated: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats.select_related("patient"):
        seated[seat.group_id].append(seat)
    for session in sorted(sessions, key=lambda s: s.starts_at):
        for person in filter(None, (session.leader, session.co_leader)):
            who[person].append(session.starts_at)
        for seat in seated[session.group_id]:
            if seat.starts_at <= session.starts_at and (seat.ends_at is None or seat.ends_at > session.starts_at):
                who[seat.patient].append(session.starts_at)
    return who


def _tell(who: dict[Patient | Staff, list[datetime]], by: Staff, kind: str) -> None:
    """Once each: of one session what became of it, of several that they changed."""
    alike: dict[tuple[str, datetime], list[Patient | Staff]] = defaultdict(list)
    for person, at in who.items():
        if person != by:
            alike[kind if len(at) == 1 else Message.Kind.MEETINGS_CHANGED, at[0]].append(person)
    for (said, about), people in alike.items():
        patients = [one for one in people if isinstance(one, Patient)]
        staff = [one for one in people if isinstance(one, Staff)]
        tell_all(patients=patients, staff=staff, kind=said, about=about, page=pages.week_of(about))
