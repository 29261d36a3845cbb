"""The states of a seat, and which may follow which. The README's diagram is printed from NEXT."""

from datetime import datetime
from enum import StrEnum


class SeatState(StrEnum):
    HELD = "held"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


NEXT: dict[SeatState, frozenset[SeatState]] = {
    SeatState.HELD: frozenset({SeatState.ACCEPTED, SeatState.LAPSED, SeatState.DECLINED, SeatState.WITHDRAWN}),
    SeatState.ACCEPTED: frozenset({SeatState.WITHDRAWN, SeatState.ENDED}),  # withdrawn: before it began
    SeatState.LAPSED: frozenset(),
    SeatState.DECLINED: frozenset(),
    SeatState.WITHDRAWN: frozenset(),
    SeatState.ENDED: frozenset(),
}


def state_of(
    *,
    now: datetime,
    held_until: datetime,
    accepted_at: datetime | None,
    released_why: str,
    ends_at: datetime | None,
) -> SeatState:
    """What a seat is at `now` (all times aware). A hold that has run out has lapsed, also before anyone wrote it down.

    released_why: "", or one of lapsed, declined, withdrawn.
    """
    if released_why:
        return SeatState(released_why)
    if accepted_at is None:
        return SeatState.HELD if now < held_until else SeatState.LAPSED
    return SeatState.ENDED if ends_at is not None and ends_at <= now else SeatState.ACCEPTED


def diagram() -> str:
    """NEXT as a Mermaid state diagram, states in the order of SeatState."""
    lines = ["stateDiagram-v2", "    [*] --> held"]
    for state in SeatState:
        lines += [f"    {state} --> {after}" for after in SeatState if after in NEXT[state]]
        if not NEXT[state]:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines)
