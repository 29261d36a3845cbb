"""Raised hands in the order they went up. Plain memory; the clock is an argument."""

from collections.abc import Hashable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)  # the least that browsers tell apart
OLDEST = timedelta(hours=4)  # longer than any session; nobody has had a hand up for longer


def moment(at: datetime) -> int:
    """Whole milliseconds since 1970, as browsers are told; two that are a millisecond apart never come out the same."""
    return (at - EPOCH) // MOMENT


class Hands:
    """Whose hand is up, since when. A hand stays up while its line is lost, so that nobody loses their place."""

    def __init__(self) -> None:
        self._since: dict[Hashable, datetime] = {}

    def up(self, who: Hashable, now: datetime, since: datetime | None = None) -> bool:
        """Raises a hand; returns whether that changes anything. A hand that is up keeps its place, and a new one stands
        behind all others, also those of the same moment.

        since: when it went up, as a browser says that comes back after the live process was restarted; taken for true
        unless it lies in the future or before any session could have begun.
        """
        if who in self._since:
            return False
        if since:
            self._since[who] = min(now, max(since, now - OLDEST))
        else:
            self._since[who] = max([now, *(one + MOMENT for one in self._since.values())])
        return True

    def down(self, who: Hashable) -> bool:
        """Lowers a hand; returns whether it was up."""
        return self._since.pop(who, None) is not None

    def since(self, who: Hashable) -> datetime | None:
        return self._since.get(who)
