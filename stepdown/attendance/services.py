"""What is recorded about who was there: drawn up from the room, confirmed by the leader, sealed with the note."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.attendance import permissions, queries
from stepdown.attendance.domain.minutes import (
    available_minutes,
    reckon,
    status_from_minutes,
    status_from_stays,
)
from stepdown.attendance.door import Door, door
from stepdown.attendance.models import Attendance
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.kernel.spans import Span
from stepdown.live import queries as live
from stepdown.people.models import Staff
from stepdown.timetable.models import Session
from stepdown.timetable.queries import roster

log = structlog.get_logger(__name__)
Status = Attendance.Status


class LookAgain(RuleBroken):
    """What is corrected is no longer what the page showed."""

    def __init__(self) -> None:
        super().__init__(
            "This was confirmed, corrected or recorded anew after the page was opened. It stands here as it is now, "
            "and what you typed is kept: look again, then confirm it."
        )


@transaction.atomic
def draw_up(*, session: Session, now: datetime | None = None) -> list[Attendance]:
    """Computes a row for everyone on the roster from what the room saw. Rows confirmed when all was known stay as they
    are. Those confirmed before, as when the room was opened again, get the later record: a correction stands beside it,
    called by the time the group met in all; a mere confirmation from before the end, or of other minutes, is taken
    back.

    May run at any time and any number of times: during the session it gives what is known up to now, before it nothing.
    Returns the rows in the order of the chairs. Source: RULE PROG-02.
    """
    now = now or timezone.now()
    session = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if session.cancelled_at or now < session.starts_at:
        return []
    hold(session)
    seats, known = roster(session), {row.patient_id: row for row in queries.rows(session)}
    ends_at = queries.held_until(session)
    settled = {row.patient_id for row in known.values() if queries.is_settled(row, ends_at)}
    if seats and all(seat.patient_id in settled for seat in seats):
        return queries.rows(session)
    span = Span(session.starts_at, max(session.starts_at, min(ends_at, now)))
    stays, breaks = live.stays(session, now), live.breaks(session)
    at_door, is_over = door(session, now), queries.is_over(session, now)
    met = queries.met(session, span, breaks, [row.confirmed_minutes for row in known.values()], now)
    for seat in seats:
        row = known.get(seat.patient_id) or Attendance(session=session, patient=seat.patient, seat=seat)
        if row.patient_id in settled:
            continue
        kept_from = at_door.kept_from(seat.patient_id)
        found = reckon(stays.get(seat.patient_id, []), span, breaks, kept_from)
        status = Status(found.status if met == span else status_from_stays(found.stays, met, breaks, kept_from))
        if status == Status.NO_SHOW:
            status = at_door.absence_of(seat.patient_id) if is_over else Status.SCHEDULED
        kept = [[s.start.isoformat(), s.end.isoformat()] for s in found.stays]
        # Looking again and finding the same writes nothing, so that the history holds changes only.
        changed = (row.stays, row.minutes) != (kept, found.minutes)
        if row.confirmed_at and not row.correction_reason and (changed or row.confirmed_at < ends_at):
            row.confirmed_minutes, row.confirmed_at, row.confirmed_by = None, None, None
            changed = True
        row.stays, row.minutes = kept, found.minutes
        if row.confirmed_at:
            status = _status(row, row.counted, met, breaks, at_door) if row.counted else Status(row.status)
        if row._state.adding or changed or row.status != status:
            row.status, row.computed_at = status, now
            row.save()
    return queries.rows(session)


def draw_up_ended(*, now: datetime, since: datetime) -> int:
    """Draws up every session that ended and was not drawn up after its end, each in its own transaction. Returns how
    many.

    since: sessions that began before are left out. What is found unchanged is marked as computed now, so that it is not
    looked at again.
    """
    drawn = 0
    for session in list(queries.to_draw_up(now, since)):
        drawn += bool(draw_up(session=session, now=now))
        Attendance.objects.filter(session=session, sealed_at=None, computed_at__lt=now).update(computed_at=now)
    if drawn:
        log.info("attendance drawn up", sessions=drawn)
    return drawn


@transaction.atomic
def confirm(
    *,
    session: Session,
    corrections: Mapping[UUID, tuple[int, str]] | None = None,
    by: Staff,
    now: datetime | None = None,
) -> list[Attendance]:
    """The leader stands for the minutes of everyone: as computed, or as in `corrections` ({patient id: (minutes,
    reason)}). What was confirmed before and is not corrected again stays. Raises RuleBroken as `correct` does."""
    now = now or timezone.now()
    rows = draw_up(session=session, now=now)
    corrections = corrections or {}
    for row in rows:
        if row.patient_id not in corrections and row.confirmed_at is None:
            row.confirmed_minutes, row.confirmed_at, row.confirmed_by = row.minutes, now, by
            row.save()
    for row in rows:
        if row.patient_id in corrections:
            minutes, reason = corrections[row.patient_id]
            correct(attendance=row, minutes=minutes, reason=reason, by=by, now=now)
    log.info("attendance confirmed", session_id=session.pk, rows=len(rows), corrected=len(corrections))
    return queries.rows(session)


@transaction.atomic
def correct(
    *,
    attendance: Attendance,
    minutes: int,
    reason: str,
    absence: str = "",
    seen: str = "",
    by: Staff,
    now: datetime | None = None,
) -> Attendance:
    """Confirms one row with the minutes its leader stands for; what the room saw and what was computed stay beside it.
    Where they say that the group went on after its room was ended, or that more time has passed since others were
    confirmed, what the others' presence is called follows.

    absence: for no minutes, one of Attendance.ABSENCES (left out: missed, or cancelled by us when we kept them out).
    seen: the row's `version` on the page. Raises LookAgain when that is not what stands, unless the same is said again;
    RuleBroken: more minutes than the planned time has, minutes or absence changed without a reason, the row is sealed,
    the session was called off. Source: RULE PROG-02 (editable only with a reason; raw events are kept).
    """
    now = now or timezone.now()
    session = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=attendance.session_id)
    if session.cancelled_at:
        raise RuleBroken(permissions.CALLED_OFF)
    hold(session)
    row = Attendance.objects.select_related("session").get(pk=attendance.pk)
    span, breaks = queries.held(row.session, now), live.breaks(row.session)
    others = Attendance.objects.filter(session=row.session).exclude(pk=row.pk)
    said = [minutes, *others.values_list("confirmed_minutes", flat=True)]
    met = queries.met(row.session, span, breaks, said, now)
    most = available_minutes(queries.planned_until(row.session, now), breaks)
    if not 0 <= minutes <= most:
        raise RuleBroken(f"The planned time has {most} clinical minutes. Enter a number from 0 to {most}.")
    changed = minutes != row.minutes
    if minutes == 0:
        absent = door(row.session, now).absence_of(row.patient_id)
        status = absence if absence in Attendance.ABSENCES else absent
        changed = changed or status != absent
    else:
        status = _status(row, minutes, met, breaks, door(row.session, now))
    reason = reason.strip() if changed else ""
    stands = (row.confirmed_minutes, row.status, row.correction_reason)
    if seen not in ("", row.version) and stands != (minutes, status, reason):
        raise LookAgain
    if changed and not reason:
        raise RuleBroken("Say why. The reason stays beside what the room recorded.")
    row.status, row.correction_reason = Status(status), reason
    row.confirmed_minutes, row.confirmed_at, row.confirmed_by = minutes, now, by
    with rules_speak():
        row.save()
    at_door = door(row.session, now)
    for other in others.filter(confirmed_minutes__gt=0, sealed_at=None):
        called = Status(_status(other, other.counted, met, breaks, at_door))
        if called != other.status:
            other.status = called
            other.save()
    log.info("attendance corrected", attendance_id=row.pk)
    return row


def _status(row: Attendance, minutes: int, met: Span, breaks: list[Span], at_door: Door) -> Status:
    """What a presence of so many minutes is called, of the time the group met."""
    if minutes == row.minutes and row.stays:
        return Status(status_from_stays(queries.stays_of(row), met, breaks, at_door.kept_from(row.patient_id)))
    return Status(status_from_minutes(minutes, available_minutes(met, breaks)))


def hold(session: Session) -> None:
    """Until the transaction ends nobody corrects a row of this session, and what was being corrected is done."""
    list(Attendance.objects.select_for_update(of=("self",), no_key=True).filter(session=session).order_by("pk"))


@transaction.atomic
def seal(*, session: Session, at: datetime) -> None:
    """Makes the session's attendance final, together with its note. Raises RuleBroken when a row is not confirmed."""
    with rules_speak():
        Attendance.objects.filter(session=session, sealed_at=None).update(sealed_at=at)
