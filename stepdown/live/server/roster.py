"""Who is in, as everyone is told. Plain memory; the clock is an argument."""

from collections.abc import Collection, Hashable, Mapping
from datetime import datetime, timedelta
from typing import Any

KEPT = timedelta(seconds=8)  # longer than coming back takes, shorter than one wonders
Entry = dict[str, Any]


class Roster:
    """Everyone keeps the place they had first, also while their line is made anew: no face moves while someone speaks.

    Someone whose line is lost is told as `line: "lost"` for a few seconds, as they were last, and then no more.
    """

    def __init__(self) -> None:
        self._places: dict[Hashable, int] = {}
        self._last: dict[Hashable, Entry] = {}
        self._lost_since: dict[Hashable, datetime] = {}

    def told(self, present: Mapping[Any, Entry], now: datetime, moving: Collection[Hashable] = ()) -> list[Entry]:
        """What to tell, given who is in now: {person: what is told of them}. `moving`: between two rooms, not lost."""
        for person, entry in present.items():
            self._places.setdefault(person, len(self._places))
            self._last[person] = entry
            self._lost_since.pop(person, None)
        for person in self._last:
            if person not in present and person not in moving:
                self._lost_since.setdefault(person, now)
        for person in [person for person, since in self._lost_since.items() if now - since > KEPT]:
            self.left(person)
        return [
            {"line": "", **self._last[person]} | ({"line": "lost"} if person in self._lost_since else {})
            for person in sorted(self._last, key=lambda one: self._places[one])
        ]

    def left(self, person: Hashable) -> None:
        """They said that they leave, or were sent out: nobody waits for them."""
        self._last.pop(person, None)
        self._lost_since.pop(person, None)

    def is_due(self, now: datetime) -> bool:
        """Whether someone who is lost has been so for too long, and everyone should be told."""
        return any(now - since > KEPT for since in self._lost_since.values())
