"""Who may read, write and sign a group note, and the sentence for whoever may not."""

from datetime import datetime

from stepdown.chart.models import GroupNote
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.timetable.models import Session


def begin_note(staff: Staff, session: Session, now: datetime) -> Decision:
    """Whether this person may begin or go on with the note of this session."""
    if staff.pk not in (session.leader_id, session.co_leader_id):
        return refuse("Only this session's leader or its co-leader writes its note.")
    if session.cancelled_at:
        return refuse("This session was called off, so there is no note to write.")
    if now < session.starts_at:
        return refuse("The group has not begun. Its note opens when it does.")
    return ALLOW


def write_note(staff: Staff, note: GroupNote) -> Decision:
    """Whether this person may change the note."""
    if note.signed_at:
        return refuse("This note is signed. Add an addendum instead.")
    if staff.pk not in (note.session.leader_id, note.session.co_leader_id, note.author_id):
        return refuse("Only this session's leader or its co-leader writes its note.")
    return ALLOW


def take_over(staff: Staff, note: GroupNote) -> Decision:
    """Whether this person may become the author of a note that someone else began."""
    if note.author_id == staff.pk:
        return refuse("You are its author already.")
    return write_note(staff, note)


def sign_note(staff: Staff, note: GroupNote) -> Decision:
    """Whether this person may sign; whether the note is complete is `queries.readiness`."""
    if note.signed_at:
        return refuse("This note is signed. Add an addendum instead.")
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
