"""Who may read, write and sign a group note, and the sentence for whoever may not."""

from datetime import datetime

from stepdown.attendance.models import Attendance
from stepdown.chart.models import GroupNote
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.live.queries import led_in_room
from stepdown.people.models import Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.timetable.models import Session

CALLED_OFF = "This session was called off, so there is no note to write."


def begin_note(staff: Staff, session: Session, now: datetime, *, led: bool | None = None) -> Decision:
    """Whether this person may begin or go on with the note of this session. led: whether they led it in its room, for
    who knows already."""
    if not (may := _writes(staff, session, led=led)):
        return may
    if session.cancelled_at:
        return refuse(CALLED_OFF)
    if now < session.starts_at:
        return refuse("The group has not begun. Its note opens when it does.")
    return ALLOW


def write_note(staff: Staff, note: GroupNote) -> Decision:
    """Whether this person may change the note."""
    if note.signed_at:
        return refuse("This note is signed. Add an addendum instead.")
    if note.session.cancelled_at:
        return refuse(CALLED_OFF)
    return _writes(staff, note.session, note.author)


def took_part(staff: Staff, session: Session, *, led: bool | None = None) -> bool:
    """Whether this person leads the session, or is a director who led it in its room: theirs are what was seen and
    heard in it. One query at most."""
    if staff.pk in (session.leader_id, session.co_leader_id):
        return True
    return staff.has_role(Role.DIRECTOR) and (session.pk in led_in_room(staff, [session]) if led is None else led)


def _writes(staff: Staff, session: Session, author: Staff | None = None, *, led: bool | None = None) -> Decision:
    """Who took part or wrote so far; when all of those left the center, a director who sees every record of it."""
    if (author and author.pk == staff.pk) or took_part(staff, session, led=led):
        return ALLOW
    if staff.has_role(Role.DIRECTOR) and all(
        one.ended_at for one in (session.leader, session.co_leader, author) if one
    ):
        rows = Attendance.objects.filter(session=session)
        if not rows.exclude(not_hidden(staff)).exists():
            return ALLOW
    return refuse("Only this session's leader, its co-leader or a director who led it in its room writes its note.")


def take_over(staff: Staff, note: GroupNote) -> Decision:
    """Whether this person may become the author of a note that someone else began."""
    if note.author_id == staff.pk:
        return refuse("You are its author already.")
    return write_note(staff, note)


def sign_note(staff: Staff, note: GroupNote) -> Decision:
    """Whether this person may sign; whether the note is complete is `queries.readiness`."""
    if note.signed_at:
        return refuse("This note is signed. Add an addendum instead.")
    if note.session.cancelled_at:
        return refuse(CALLED_OFF)
    if note.author_id != staff.pk:
        return refuse("Only its author signs a note.")
    return ALLOW


def add_addendum(staff: Staff, note: GroupNote) -> Decision:
    """Whether this person may add to a signed note."""
    if not note.signed_at:
        return refuse("This note is not signed yet. Change the note itself.")
    if staff.pk in (note.author_id, note.session.leader_id, note.session.co_leader_id) or staff.has_role(Role.DIRECTOR):
        return ALLOW
    return refuse("Only the leaders of this session or a clinical director add to its note.")


def set_format(staff: Staff) -> Decision:
    """Whether this person chooses the format in which notes are signed."""
    return ALLOW if staff.has_role(Role.DIRECTOR) else refuse("Only a clinical director chooses the format of notes.")
