"""Where a seat begins and ends when the sessions of its group move. Times are aware.

A seat is an interval, and covers the sessions that start in it. When sessions move, it keeps the sessions it had:
a seat that begins with a session begins with it wherever that goes, lasts until its last one is over, and covers none
that it did not cover.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

# Where each standing session went: start before -> start now; None for one that is called off.
Moves = Mapping[datetime, datetime | None]


def begins(start: datetime, end: datetime | None, moves: Moves) -> datetime:
    """The new start of a seat that has not begun: the first of its sessions as they are now, or as before when none is
    left. A session that went to before one that stays and that the seat never had is not taken along."""
    unmoved_before = max((old for old, new in moves.items() if old < start and new == old), default=None)
    own = [new for old, new in moves.items() if new and start <= old and (end is None or old < end)]
    own = [new for new in own if unmoved_before is None or new > unmoved_before]
    return min(own, default=start)


def ends(
    start: datetime, end: datetime, moves: Moves, *, length: timedelta, until: datetime | None = None
) -> datetime | None:
    """The new end of a seat: earlier when the first session after it would else fall into it, and as before when a
    session of its own lies behind that one. Later when its last session went to its end or beyond: with that session,
    but never into the first after it, nor beyond `until`. None when it cannot last until there.

    length: of a session. until: from when on somebody else has the chair, or they themselves another one.
    """
    own = [new for old, new in moves.items() if new and start <= old < end]
    foreign = [new for old, new in moves.items() if new and end <= old]
    last = max(own, default=start)
    if last >= end:
        latest = min([last + length, *foreign, *([until] if until else [])])
        return latest if latest > last else None
    first = min(foreign, default=end)
    return first if max(start, last) < first < end else end
