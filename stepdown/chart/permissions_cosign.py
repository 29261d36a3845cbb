"""Who co-signs a patient's note or sends it back, and the sentence for whoever may not."""

from datetime import date

from stepdown.chart.domain.own_notes import Status
from stepdown.chart.models import Own, SentBack
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Staff
from stepdown.people.supervision import refusal, supervisor_of

NOT_WAITING = {
    Status.DRAFT: "This note is not signed yet. It is co-signed after its author has signed it.",
    Status.VOID: "This note does not hold, so it needs no co-signature.",
    Status.FINAL: "This note needs no co-signature any more.",
}


def supervise(staff: Staff, author: Staff, today: date) -> Decision:
    """Whether this person co-signs what that author signed: named as their supervisor last, and licensed for it
    today."""
    if staff.pk == author.pk:
        return refuse("Nobody co-signs their own notes.")
    if supervisor_of(author, today) != staff:
        return refuse(f"Only the supervisor of {author.name} co-signs this note.")
    why_not = refusal(staff, author, today)
    return refuse(why_not) if why_not else ALLOW


def cosign(note: Own, supervises: Decision, question: SentBack | None) -> Decision:
    """Whether it can be co-signed now. supervises: what `supervise` says of its author; question: an open one."""
    if not note.awaits_cosign:
        return refuse(NOT_WAITING[note.status])
    if supervises and question:
        return refuse("You sent it back. It waits for what its author adds.")
    return supervises


def send_back(note: Own, supervises: Decision, question: SentBack | None) -> Decision:
    if note.awaits_cosign and supervises and question:
        return refuse("You sent it back already. It waits for what its author adds.")
    return cosign(note, supervises, None)
