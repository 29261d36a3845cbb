"""Where a seat begins and ends when the sessions of its group move. Times are aware.

A seat is an interval, and covers the sessions that start in it. When sessions move, it keeps the sessions it had:
a seat that begins with a session begins with it wherever that goes, and covers none that it did not cover.
"""

from collections.abc import Mapping
from datetime import datetime

# Where each standing session went: start before -> start now; None for one that is called off.
Moves = Mapping[datetime, datetime | None]


def begins(start: datetime, end: datetime | None, moves: Moves) -> datetime:
    """The new start of a seat that has not begun: the first of its sessions as they are now, or as before when none is
    left. A session that went to before one that stays and that the seat never had is not taken along."""
    unmoved_before = max((old for old, new in moves.items() if old < start and new == old), default=None)
    own = [new for old, new in moves.items() if new and start <= old and (end is None or old < end)]
    own = [new for new in own if unmoved_before is None or new > unmoved_before]
    return min(own, default=start)


def ends(start: datetime, end: datetime, moves: Moves) -> datetime:
    """The new end of a seat: earlier when the first session after it would else fall into it, and as before when a
    session of its own lies behind that one."""
    own = [new for old, new in moves.items() if new and start <= old < end]
    foreign = [new for old, new in moves.items() if new and end <= old]
    first = min(foreign, default=end)
    last = max(own, default=start)
    return first if max(start, last) < first < end else end
