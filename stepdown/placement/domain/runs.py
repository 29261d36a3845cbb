"""Which seats make up one time at a level. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

GAP = timedelta(days=14)
"""How long somebody may be without a seat and still be in the same time at a level. Source: program facts, section 6:
after 14 days without contact a discharge is reviewed."""


@dataclass(frozen=True)
class Sat:
    """One seat. level: whatever tells one level from another. ends_at: None while it is open."""

    level: Hashable
    starts_at: datetime
    ends_at: datetime | None


def present_run(seats: Sequence[Sat]) -> Sequence[Sat]:
    """The seats that belong to one time at a level with the last one: those before it at its level, up to a seat at
    another level, or a time of more than GAP without one. A prolongation and a move between groups go on with it.

    seats: of one episode, by their start; none make up none.
    """
    at = len(seats) - 1
    while at > 0 and _goes_on(seats[at - 1], seats[at]):
        at -= 1
    return seats[max(at, 0) :]


def _goes_on(before: Sat, after: Sat) -> bool:
    return before.level == after.level and (before.ends_at is None or after.starts_at - before.ends_at <= GAP)
