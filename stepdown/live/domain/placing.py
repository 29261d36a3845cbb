"""On which media server a room lives: where it is while that can be, else where there is least to do."""

from collections.abc import Sequence
from dataclasses import dataclass

# A media server that died is back within half a second when it can be started again at all. To move a room costs its
# people as much as to wait that long, and brings what its own server carried onto another one.
PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class Standing:
    """How it stands with one media server. away: seconds since it answers no more, None while it does.
    rooms, people: on it now, without the room that is asked about."""

    name: str
    away: float | None = None
    rooms: int = 0
    people: int = 0


def place(servers: Sequence[Standing], now: str = "") -> str | None:
    """Name of the media server for a room that lives on `now` ("": on none yet, or on one that is not named any more).

    A room stays where it is while its server answers and for PATIENCE_SECONDS after, and also when no other one
    answers. Else it goes to the one with the fewest rooms, of those the one with the fewest people, of those the first:
    rooms count first, because those that open at the same time are all empty at first.
    None: nowhere now.
    """
    own = next((server for server in servers if server.name == now), None)
    if own is not None and (own.away is None or own.away < PATIENCE_SECONDS):
        return own.name
    there = [server for server in servers if server.away is None]
    best = min(there, key=lambda server: (server.rooms, server.people), default=own)
    return best.name if best is not None else None
