"""Who says that a patient's signed note does not hold, who writes it again, and the sentence for whoever may not."""

from uuid import UUID

from stepdown.chart.models import NotePart, Own
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff


def void_note(staff: Staff, note: Own) -> Decision:
    if note.signature is None:
        return refuse("This note is not signed yet. Change it, or throw the draft away.")
    if note.is_void:
        return refuse("This note is void already.")
    if note.written_by_id == staff.pk or staff.has_role(Role.DIRECTOR):
        return ALLOW
    return refuse("Its author or a clinical director says that a note does not hold.")


def write_again(staff: Staff, note: Own) -> Decision:
    """A note in place of a void one: of a group's note its author or who led the session, of a contact its author."""
    if not note.is_void:
        return refuse("This note holds. Add an addendum to it.")
    if note.successor:
        return refuse("It was written again already.")
    if isinstance(note, NotePart) and note.absent:
        return refuse("Of somebody who was not there nothing is written again: the attendance says why.")
    if staff.pk not in _writers(note):
        return refuse("Its author writes it again; of a group’s note also who led the session.")
    return ALLOW


def _writers(note: Own) -> set[UUID | None]:
    if isinstance(note, NotePart):
        session = note.note.session
        return {note.written_by_id, session.leader_id, session.co_leader_id}
    return {note.written_by_id}
