"""One session changed: moved, called off, brought back, made up. Everybody concerned is told inside the transaction."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.decision import Decision
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Patient, Staff
from stepdown.placement.following import Shift, apply, began_before, keep_to_sessions
from stepdown.placement.models import Group
from stepdown.timetable import pages, permissions, queries, rooms
from stepdown.timetable.domain.calendar import Meeting, three_months_after
from stepdown.timetable.models import Closure, Session
from stepdown.timetable.queries import roster
from stepdown.timetable.services import double_booked, double_booked_sentence
from stepdown.timetable.services_absences import asks_for_the_away, close_unneeded
from stepdown.ui import when

log = structlog.get_logger(__name__)
CHANGED_MEANWHILE = (
    "This session was changed meanwhile, by someone else or in another window. Look at it as it is now, then change it "
    "again."
)


@transaction.atomic
def cancel_session(*, session: Session, why: str, seen: int, by: Staff) -> Session:
    """The session does not take place, or did not, of which nobody is told. Seats that would begin with it begin with
    the next one.

    seen: the session's `revision` on the page that asks. Raises RuleBroken without a reason, for a session that has
    met, is over for a week, has people in its room, is called off already, or that someone else changed meanwhile.
    """
    session, group, now = _locked(session, seen, permissions.call_off)
    if not why.strip():
        raise RuleBroken("Say why the session is called off.")
    if session.cancelled_at:
        raise RuleBroken("This session is called off already.")
    told, before = _who(session), starts(group, min(now, session.starts_at))
    session.cancelled_at, session.cancelled_why = now, why.strip()
    _store(session, by, now)
    rooms.call_off(session, by)
    keep_to_sessions(group=group, moves=before | {session.starts_at: None}, by=by)
    _tell(told, session, by, Message.Kind.MEETING_OFF)
    log.info("session called off", session_id=session.pk, by=by.pk)
    return session


@transaction.atomic
def take_back_cancellation(*, session: Session, seen: int, by: Staff) -> Session:
    """The session takes place after all, at its hour, with a new room. Seats that were to begin with it do so again.

    Raises RuleBroken when it is not called off, its hour is past, its leader leads elsewhere by now, or another session
    makes up for it.
    """
    session, group, now = _locked(session, seen, permissions.call_off)
    if not session.cancelled_at:
        raise RuleBroken("This session takes place already.")
    if session.made_up_by.standing().exists():
        raise RuleBroken("Another session makes up for this one. Call that one off first.")
    _must_be_free(session, session.starts_at)
    if away := queries.closure_on(session.service_date):
        raise RuleBroken(closed_sentence(away, session.service_date))
    session.cancelled_at, session.cancelled_why, session.closure = None, "", None
    _store(session, by, now)
    rooms.leave_behind(session, by)
    begin_again(session, group, now, by)
    _tell(_who(session), session, by, Message.Kind.MEETING_BACK)
    log.info("session takes place after all", session_id=session.pk, by=by.pk)
    return session


@transaction.atomic
def move_session(*, session: Session, starts_at: datetime, seen: int, by: Staff) -> Session:
    """The session takes place at another time, once, as long as before. Seats keep the sessions they had, and nobody is
    asked to stand in for whoever is there then.

    starts_at: aware. Raises RuleBroken for a session that has met, is over, called off or has people in its room, a
    time that is past, more than three months ahead or the same, when the group or its leader is taken then, and when it
    is the last one of somebody whose seat cannot last until then.
    """
    session, group, now = _locked(session, seen)
    if session.cancelled_at:
        raise RuleBroken("This session is called off. Bring it back before you move it.")
    if starts_at == session.starts_at:
        raise RuleBroken("The session is at that time already. Choose another one.")
    _must_be_ahead(starts_at, group, now)
    _must_be_free(session, starts_at)
    told, before, was = _who(session), starts(group, now), session.starts_at
    asks = asks_for_the_away(session)
    planned = session.moved_from or was
    session.moved_from = None if planned == starts_at else planned
    session.ends_at += starts_at - was
    session.starts_at, session.service_date = starts_at, starts_at.astimezone(group.zone).date()
    _store(session, by, now)
    rooms.leave_behind(session, by)
    close_unneeded(session, asks)
    shifts = keep_to_sessions(group=group, moves=before | {was: starts_at}, by=by)
    if names := ", ".join(shift.seat.patient.name for shift in shifts if shift.loses):
        raise RuleBroken(
            f"This is the last session of {names}, and their time in the group cannot last until then: another session "
            "or another seat comes before. Choose an earlier time."
        )
    _stay_open(group, was, session)
    _tell(told | _who(session), session, by, Message.Kind.MEETING_MOVED, was=was)
    log.info("session moved", session_id=session.pk, by=by.pk)
    return session


@transaction.atomic
def make_up(*, session: Session, starts_at: datetime, by: Staff) -> Session:
    """Another session instead of one that was called off: same group, leader, length and topic.

    Raises RuleBroken when the session takes place or is made up for already, and as `move_session` does of its time.
    """
    session, group, now = _locked(session, seen=None)
    if not session.cancelled_at:
        raise RuleBroken("This session takes place. Only one that is called off is made up for.")
    if session.made_up_by.standing().exists():
        raise RuleBroken("Another session makes up for this one already.")
    _must_be_ahead(starts_at, group, now)
    _must_be_free(session, starts_at)
    with rules_speak():
        instead = Session.objects.create(
            group=group,
            leader=session.leader,
            co_leader=session.co_leader,
            starts_at=starts_at,
            ends_at=starts_at + (session.ends_at - session.starts_at),
            service_date=starts_at.astimezone(group.zone).date(),
            topic=session.topic,
            topic_by=session.topic_by,
            makes_up_for=session,
            changed_at=now,
            changed_by=by,
        )
    _tell(_who(instead), instead, by, Message.Kind.MEETING_ADDED)
    log.info("session made up for", session_id=session.pk, by_session_id=instead.pk, by=by.pk)
    return instead


def _locked(
    session: Session, seen: int | None, may_change: Callable[[Session, datetime], Decision] = permissions.change_session
) -> tuple[Session, Group, datetime]:
    """The session as it is now, its group locked before it, so that all who change a group take turns."""
    now = timezone.now()
    group = (
        Group.objects.select_for_update(of=("self",), no_key=True).select_related("program").get(pk=session.group_id)
    )
    found = Session.objects.select_for_update(of=("self",)).select_related("leader", "co_leader", "topic")
    session = found.get(pk=session.pk)
    session.group = group
    if seen is not None:
        if not (may := may_change(session, now)):
            raise RuleBroken(may.reason)
        if session.revision != seen:
            raise RuleBroken(CHANGED_MEANWHILE)
    return session, group, now


def _store(session: Session, by: Staff, now: datetime) -> None:
    session.changed_at, session.changed_by = now, by
    session.revision += 1
    with rules_speak():
        session.save()


def _must_be_ahead(starts_at: datetime, group: Group, now: datetime) -> None:
    if starts_at <= now:
        raise RuleBroken("This time is past. Choose one that is still to come.")
    if starts_at.astimezone(group.zone).date() > three_months_after(now.astimezone(group.zone).date()):
        raise RuleBroken("Choose a day within the next three months.")
    on = starts_at.astimezone(group.zone).date()
    if away := queries.closure_on(on):
        raise RuleBroken(closed_sentence(away, on))


def closed_sentence(closure: Closure, on: date) -> str:
    return f"The center is closed on {when.day(on, on)}: {closure.name}. Choose another day, or open the center then."


def _must_be_free(session: Session, starts_at: datetime) -> None:
    """The group and those who lead it, at that time; says who is taken, by what."""
    ends_at, zone = starts_at + (session.ends_at - session.starts_at), session.group.zone
    own = Session.objects.standing().filter(group=session.group_id, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if other := own.exclude(pk=session.pk).first():
        said = when.clock_span(other.starts_at, other.ends_at, zone, named=False)
        raise RuleBroken(f"{session.group.name} meets {said} that day already. Choose another time.")
    meeting = Meeting(starts_at, ends_at, starts_at.astimezone(zone).date())
    for person in filter(None, (session.leader, session.co_leader)):
        if clash := double_booked(person, [meeting], apart_from=[session.pk]):
            raise RuleBroken(double_booked_sentence(person, clash, zone))


def starts(group: Group, now: datetime) -> dict[datetime, datetime | None]:
    """Every standing session after that moment, each going where it is."""
    coming = group.sessions.standing().filter(starts_at__gt=now)
    return {start: start for start in coming.values_list("starts_at", flat=True)}


def begin_again(session: Session, group: Group, now: datetime, by: Staff) -> None:
    """Seats that were put off to the next session when this one was called off; none that was accepted only since it
    should have begun."""
    following = min(
        (start for start in starts(group, min(now, session.starts_at)) if start > session.starts_at), default=None
    )
    if following is None:
        return
    put_off = group.seats.standing().filter(starts_at=following).exclude(accepted_at__gt=session.starts_at)
    back = began_before(put_off.select_related("episode", "patient"), session.starts_at)
    apply([Shift(seat, session.starts_at, seat.ends_at) for seat in back], group=group, by=by)


def _stay_open(group: Group, was: datetime, session: Session) -> None:
    """A closed group takes people until its first session, also when that one is put off."""
    was_on = was.astimezone(group.zone).date()
    if group.entry_until == was_on and session.service_date > was_on:
        group.entry_until = session.service_date
        group.save(update_fields=["entry_until"])


def _who(session: Session) -> set[Patient | Staff]:
    """Everybody whom the session concerns: who sits in it and who leads it."""
    return {seat.patient for seat in roster(session)} | set(filter(None, (session.leader, session.co_leader)))


def _tell(who: Iterable[Patient | Staff], session: Session, by: Staff, kind: str, was: datetime | None = None) -> None:
    """All but the one who did it; nobody of what is over."""
    if session.ends_at <= timezone.now():
        return
    patients = [one for one in who if isinstance(one, Patient)]
    staff = [one for one in who if isinstance(one, Staff) and one != by]
    tell_all(
        patients=patients, staff=staff, kind=kind, about=session.starts_at, was=was, page=pages.of_session(session)
    )


def concerned(session: Session) -> tuple[list[Patient], list[Staff]]:
    """Which patients, and which staff, a change of this session is told to."""
    who = sorted(_who(session), key=lambda one: one.name)
    return [one for one in who if isinstance(one, Patient)], [one for one in who if isinstance(one, Staff)]
