"""Records of strangers that are proposed or approved several at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from stepdown.people.models import Staff
from stepdown.privacy import queries_retention as queries
from stepdown.privacy import retention
from stepdown.privacy.domain.retention import STRANGERS
from stepdown.privacy.models import Destruction, DueRecord
from stepdown.privacy.permissions_retention import decide

AT_ONCE = 25  # as many as a page of the list shows
OF_STRANGERS = [str(each) for each in STRANGERS]


Record = TypeVar("Record", DueRecord, Destruction)


@dataclass(frozen=True)
class Offered(Generic[Record]):
    """What may be checked: its name, and what is said of it."""

    row: Record
    name: str
    said: str


def to_propose(staff: Staff, ids: Collection[UUID] = ()) -> dict[str, Offered[DueRecord]]:
    """By id, the longest due first: of these, or of all, what nothing keeps and nobody has proposed; at most AT_ONCE.
    A handful of queries."""
    proposed = queries.open_destructions().filter(record_class__in=OF_STRANGERS).values("whose")
    rows = queries.due_records_for(staff).filter(record_class__in=OF_STRANGERS).exclude(root__in=proposed)
    lines = queries.due_lines((rows.filter(pk__in=ids) if ids else rows)[:AT_ONCE])
    return {
        str(line.record.pk): Offered(line.record, line.whose, f"{line.record.why} {line.record.rows_said}.")
        for line in lines
        if not line.blocks
    }


def to_approve(staff: Staff, ids: Collection[UUID] = ()) -> dict[str, Offered[Destruction]]:
    """By id, the first proposed first: of these, or of all, what somebody else has proposed and nothing keeps; at most
    AT_ONCE. A handful of queries."""
    rows = queries.destructions_for(staff).filter(ended_at=None, record_class__in=OF_STRANGERS)
    rows = (rows.filter(pk__in=ids) if ids else rows).order_by("proposed_at", "pk")
    found = [(row, whose) for row, whose in queries.with_names(rows[:AT_ONCE]) if decide(staff, row)]
    blocks = retention.blocks_of([row.whose for row, _whose in found])
    return {
        str(row.pk): Offered(row, whose, f"{row.why} Proposed by {row.proposed_by.name}: {row.words}")
        for row, whose in found
        if not blocks[row.whose]
    }
