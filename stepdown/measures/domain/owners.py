"""Whose work item it is. Pure; who is who is read by `queries`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

ACT_WITHIN = {"emergency": timedelta(minutes=15), "urgent": timedelta(hours=4)}
"""How long a work item may wait before it is late, by severity [project default]."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who could own it, in the order of preference. away: they are away now, or no longer work here."""

    staff_id: UUID
    away: bool = False


def owner_of(candidates: Sequence[Candidate]) -> UUID | None:
    """The first who is there; when all are away, the last of them, a director; None when there is nobody at all.

    candidates: who leads and co-leads the patient's session on or near now, the leader of their group, their co-leader,
    their counselor, who keeps their inquiry, then the directors. Source: RULE INS-03 (a named owner).
    """
    present = [each for each in candidates if not each.away]
    if present:
        return present[0].staff_id
    return candidates[-1].staff_id if candidates else None


def due_at(severity: str, raised_at: datetime) -> datetime:
    """When a work item of this severity is late."""
    return raised_at + ACT_WITHIN[severity]
