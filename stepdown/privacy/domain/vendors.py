"""Agreements with those who run services for the center: what they must say, and when they are in force.

Source: RULE PRIV-24; 42 CFR 2.11, "Qualified service organization", and 2.12(c)(4); 45 CFR 164.504(e)(2).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WARNED_BEFORE = (60, 14)  # days before the last day


class Kind(StrEnum):
    """QSOA: of a qualified service organization. BAA: of a business associate, which is one since 2024."""

    BOTH = "both"
    BAA = "baa"
    QSOA = "qsoa"


QSOA = ("part2", "court", "onward")
BAA = ("services", "back")
MUST_SAY = {Kind.BOTH: QSOA + BAA, Kind.BAA: BAA, Kind.QSOA: QSOA}
"""What an agreement of each kind has to say: see `wording_vendors.SAYS`."""


class State(StrEnum):
    COMING = "coming"
    IN_FORCE = "in_force"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


@dataclass(frozen=True)
class Term:
    """begins_on, ends_on: its first and its last day, None for no end. is_ended: ended by hand, at once."""

    begins_on: date
    ends_on: date | None = None
    is_ended: bool = False


def left_out(kind: Kind, says: Collection[str]) -> list[str]:
    """What an agreement of this kind has to say and does not, in the order in which it is asked."""
    return [what for what in MUST_SAY[kind] if what not in says]


def holds(term: Term, on: date) -> bool:
    """Whether it is in force: from its first through its last day, and never once it was ended by hand."""
    return not term.is_ended and term.begins_on <= on and (term.ends_on is None or on <= term.ends_on)


def state(term: Term, today: date) -> State:
    """Soon: within the days before its end of which the first warning tells."""
    if term.is_ended or (term.ends_on is not None and term.ends_on < today):
        return State.ENDED
    if today < term.begins_on:
        return State.COMING
    if term.ends_on is not None and (term.ends_on - today).days <= max(WARNED_BEFORE):
        return State.ENDS_SOON
    return State.IN_FORCE


def covered_until(terms: Iterable[Term], today: date) -> date | None:
    """The last day through which one of them is in force without a gap from today on; None for no end, yesterday when
    none is today."""
    until = today - timedelta(days=1)
    for term in sorted(terms, key=lambda one: one.begins_on):
        if term.is_ended:
            continue
        if term.begins_on > until + timedelta(days=1):
            break
        if term.ends_on is None:
            return None
        until = max(until, term.ends_on)
    return until
