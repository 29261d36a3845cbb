"""Somebody tells us that a patient cannot come to a session: written down, judged, taken back."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.attendance import permissions, queries
from stepdown.attendance.services import draw_up, hold
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live.queries import has_seat
from stepdown.live.services import tell_live
from stepdown.people.models import Patient, Staff
from stepdown.timetable.cannot_come import AHEAD
from stepdown.timetable.models import CannotCome, Session

log = structlog.get_logger(__name__)


@transaction.atomic
def write_down(
    *,
    session: Session,
    patient: Patient,
    told_at: datetime,
    said_by: str,
    why: str,
    excused: bool | None,
    by: Staff | None,
    now: datetime | None = None,
) -> CannotCome:
    """They cannot come to this session. told_at: when it was said (aware), not after now. excused: None for not judged
    yet. by: None for what they say on their own page.

    Raises RuleBroken: they are not expected there, it is over, called off or more than two weeks ahead, it is written
    down already, their attendance is confirmed. Source: program manual, "Attendance policy".
    """
    now = now or timezone.now()
    session = _held(session)
    if session.cancelled_at:
        raise RuleBroken("This session was called off, so nobody is expected. Choose another one.", "session")
    if session.ends_at <= now:
        raise RuleBroken(
            "This session is over. Its leader says on its attendance sheet why they did not come.", "session"
        )
    if session.starts_at >= now + AHEAD:
        raise RuleBroken("This session is more than two weeks ahead. Choose an earlier one.", "session")
    if not has_seat(session, patient):
        raise RuleBroken("They are not expected in this session. Choose one of theirs.", "session")
    if told_at > now:
        raise RuleBroken("That is still to come. Enter when they said it.", "told_at")
    said = {"told_at": told_at, "said_by": said_by, "why": why.strip(), "excused": excused}
    row = CannotCome(session=session, patient=patient, starts_at=session.starts_at, recorded_by=by, **said)
    _refuse_when_confirmed(row)
    with rules_speak():
        row.save()
    _follow(session, now)
    log.info("cannot come", cannot_come_id=row.pk, session_id=session.pk)
    return row


@transaction.atomic
def judge(*, cannot_come: CannotCome, excused: bool, by: Staff, now: datetime | None = None) -> CannotCome:
    """Whether it is excused. Raises RuleBroken when it was taken back, or their attendance is confirmed."""
    row = _locked(cannot_come)
    if row.taken_back_at:
        raise RuleBroken("This was taken back. Write it down again.")
    _refuse_when_confirmed(row)
    if row.excused is not excused:
        row.excused = excused
        row.save(update_fields=["excused"])
        _follow(row.session, now or timezone.now())
        log.info("cannot come judged", cannot_come_id=row.pk, by=by.pk)
    return row


@transaction.atomic
def take_back(*, cannot_come: CannotCome, by: Staff | None, now: datetime | None = None) -> None:
    """They come after all, or it was a mistake; taking back twice is taking back once. by: None for themselves. Raises
    RuleBroken when their attendance is confirmed."""
    row, now = _locked(cannot_come), now or timezone.now()
    if row.taken_back_at:
        return
    _refuse_when_confirmed(row)
    row.taken_back_at, row.taken_back_by = now, by
    row.save(update_fields=["taken_back_at", "taken_back_by"])
    _follow(row.session, now)
    log.info("cannot come taken back", cannot_come_id=row.pk)


def _refuse_when_confirmed(row: CannotCome) -> None:
    if not (may := permissions.change_cannot_come(row)):
        raise RuleBroken(may.reason)


def _held(session: Session) -> Session:
    """As attendance is drawn up, confirmed and corrected: until the transaction ends nobody else does either."""
    sessions = Session.objects.select_for_update(of=("self",), no_key=True).select_related("group__program")
    found = sessions.get(pk=session.pk)
    hold(found)
    return found


def _locked(cannot_come: CannotCome) -> CannotCome:
    _held(cannot_come.session)
    rows = CannotCome.objects.select_for_update(of=("self",)).select_related("session__group__program")
    return rows.get(pk=cannot_come.pk)


def _follow(session: Session, now: datetime) -> None:
    """Who leads sees it in the room, and in what the attendance proposes where the group has parted already."""
    tell_live(session)
    if queries.is_over(session, now):
        draw_up(session=session, now=now)
