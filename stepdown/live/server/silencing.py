"""What the media server passes on of one person: nothing of what a leader switched off."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping

ALL = frozenset({"audio", "video"})
Mids = Mapping[str, str]  # mid of what the person sends -> "audio" or "video"


class Silencing:
    """`kinds`: "audio", "video" that nobody receives until the person turns them on again."""

    def __init__(self, kinds: Iterable[str] = ()) -> None:
        self.kinds: set[str] = set(kinds)
        self._held: set[str] = set()  # mids that the media server passes on to nobody
        self._unknown: set[str] = set()  # mids of which it is not certain what the media server was told last
        self._holding = asyncio.Lock()

    @property
    def is_busy(self) -> bool:
        """Whether the media server is just being told."""
        return self._holding.locked()

    def is_held(self, mid: str) -> bool:
        """Whether it is not certain that the media server passes it on."""
        return mid in self._held or mid in self._unknown

    def is_whole(self, mids: Mids) -> bool:
        """Whether nothing of the person is passed on."""
        return self.kinds >= ALL and self._held - self._unknown >= set(mids)

    def forget(self, mids: Mids) -> None:
        """It is not certain what the media server was told last: `hold` tells it everything anew."""
        self._unknown = set(mids)

    async def hold(self, mids: Mids, mute: Callable[[str, bool], Awaitable[None]]) -> None:
        """Has the media server pass on what is not silenced, and nothing else; `mute(mid, on)` tells it."""
        async with self._holding:
            for mid, kind in mids.items():
                on = kind in self.kinds
                if mid in self._unknown or on != (mid in self._held):
                    await mute(mid, on)
                    (self._held.add if on else self._held.discard)(mid)
                    self._unknown.discard(mid)
