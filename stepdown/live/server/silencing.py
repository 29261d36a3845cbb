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
        self._holding = asyncio.Lock()

    @property
    def is_busy(self) -> bool:
        """Whether the media server is just being told."""
        return self._holding.locked()

    def is_held(self, mid: str) -> bool:
        return mid in self._held

    def is_whole(self, mids: Mids) -> bool:
        """Whether nothing of the person is passed on."""
        return self.kinds >= ALL and self._held >= set(mids)

    def forget(self, mids: Mids) -> None:
        """It is not certain what the media server was told last: `hold` tells it everything anew."""
        self._held = {mid for mid, kind in mids.items() if kind not in self.kinds}

    async def hold(self, mids: Mids, mute: Callable[[str, bool], Awaitable[None]]) -> None:
        """Has the media server pass on what is not silenced, and nothing else; `mute(mid, on)` tells it."""
        async with self._holding:
            for mid, kind in mids.items():
                on = kind in self.kinds
                if on != (mid in self._held):
                    await mute(mid, on)
                    (self._held.add if on else self._held.discard)(mid)
