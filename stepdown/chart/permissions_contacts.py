"""Who writes, signs and adds to notes of contacts, and the sentence for whoever may not."""

from stepdown.chart.models import ContactNote
from stepdown.chart.queries_plan import patients_written_by
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff

WRITES = (Role.COUNSELOR, Role.DIRECTOR)
TEMPLATES = (Role.DIRECTOR,)


def write_contact(staff: Staff, note: ContactNote) -> Decision:
    """Change, sign or throw away a draft: its author."""
    if note.signed_at:
        return refuse("This note is signed. Add an addendum instead.")
    if note.author_id != staff.pk:
        return refuse("Only its author writes and signs this note.")
    return ALLOW


def add_to_contact(staff: Staff, note: ContactNote) -> Decision:
    """Its author, who leads the person's group, who has them on their caseload, a clinical director."""
    if not note.signed_at:
        return refuse("This note is not signed yet. Change the note itself.")
    if note.author_id == staff.pk or patients_written_by(staff).filter(pk=note.patient_id).exists():
        return ALLOW
    return refuse(
        "Its author, the leaders of this person’s group, their counselor and the clinical director add to it."
    )
