"""A patient's own note, whether their part of a group's note or the note of a contact: when it is final.

Source: glossary, "co-signature": supervisor's signature, within 7 days; RULE PRIV-45: an intern's note is not final
until it exists.
"""

from datetime import datetime, timedelta
from enum import StrEnum

COSIGN_WITHIN = timedelta(days=7)
NEAR = timedelta(days=2)  # before it is due, when the supervisor is reminded
DIRECTORS_AFTER = timedelta(days=3)  # past it, when the directors are told


class Status(StrEnum):
    DRAFT = "draft"
    AWAITING_COSIGN = "awaiting_cosign"
    FINAL = "final"
    VOID = "void"


WORDS = {
    Status.DRAFT: "Not signed yet",
    Status.AWAITING_COSIGN: "Signed, awaits co-signature",
    Status.FINAL: "Signed",
    Status.VOID: "Void",
}


def status_of(*, signed: bool, cosign_due_at: datetime | None, cosigned: bool, void: bool) -> Status:
    """cosign_due_at: None when its author's signature is enough."""
    if void:
        return Status.VOID
    if not signed:
        return Status.DRAFT
    return Status.AWAITING_COSIGN if cosign_due_at and not cosigned else Status.FINAL


def pace_of(due_at: datetime, now: datetime) -> str:
    """ "late", "near" (the last two days) or "due": how a co-signature stands that is not given yet."""
    if now >= due_at:
        return "late"
    return "near" if now >= due_at - NEAR else "due"
