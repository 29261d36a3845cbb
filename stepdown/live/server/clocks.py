"""The clocks of the media servers: those elsewhere have their own, and times for the attendance come from them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.utils import timezone

log = structlog.get_logger(__name__)

TOLERANCE = timedelta(seconds=2)  # what clocks may differ by, and an event may take to reach us
STEADY = timedelta(seconds=10)  # longer than events wait for us while this process is started anew
LATELY = timedelta(minutes=1)


@dataclass
class _Lateness:
    """The smallest delay of what one media server told `lately`, and in the time `before`."""

    first: datetime
    since: datetime
    lately: timedelta
    before: timedelta = timedelta.max

    def least(self, late: timedelta, now: datetime) -> timedelta:
        """Of all delays there were of late, this one among them."""
        if now - self.since > LATELY:
            self.since, self.before, self.lately = now, self.lately, late
        self.lately = min(self.lately, late)
        return min(self.lately, self.before)


class Clocks:
    """One for the process. `now`: our own clock."""

    def __init__(self, now: Callable[[], datetime] = timezone.now) -> None:
        self.now = now
        self._lateness: dict[str, _Lateness] = {}
        self._told: set[str] = set()

    def right(self, server: str, told: datetime) -> datetime:
        """By our clock, when that happened which this media server tells now, and of which it says `told`.

        Nothing happens later than we hear of it, so a clock that is ahead counts no further than that. An event may
        come late, all of them never do: what even the quickest is late by, its clock is behind.
        """
        now = self.now()
        late = now - told
        known = self._lateness.setdefault(server, _Lateness(first=now, since=now, lately=late))
        least = known.least(max(late, timedelta(0)), now)
        if late < -TOLERANCE:
            self._tell(server, late)
            return now
        if least > TOLERANCE and now - known.first >= STEADY:
            self._tell(server, least)
            return told + least
        return told

    def _tell(self, server: str, behind: timedelta) -> None:
        if server not in self._told:
            self._told.add(server)
            log.warning("the clock of a media server is wrong", server=server, behind=behind.total_seconds())
