"""The media servers of this installation: which of them answer, and where a room goes."""

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import structlog

from stepdown.live.domain.placing import Standing, place
from stepdown.live.media.interface import MediaServer

if TYPE_CHECKING:
    from stepdown.live.server.media_room import MediaRoom

log = structlog.get_logger(__name__)
Tell = Callable[["Server"], Awaitable[None]]


class Server:
    """One media server as this process sees it. `generation` counts its lives; `rooms`: those that live on it;
    `is_barred`: somebody else runs it, and no agreement with them is in force."""

    def __init__(self, media: MediaServer) -> None:
        self.media = media
        self.name = media.name
        self.generation = 0
        self.rooms: set[MediaRoom] = set()
        self.is_barred = False
        self._away_since = time.monotonic()

    @property
    def is_ready(self) -> bool:
        """Whether it answers and may be used."""
        return self.media.is_ready and not self.is_barred

    def lives(self, generation: int) -> bool:
        """Whether it may be used, and has not died since that life of it."""
        return self.is_ready and self.generation == generation

    @property
    def away(self) -> float | None:
        """Seconds since it is not ready any more; None while it is."""
        return None if self.is_ready else time.monotonic() - self._away_since

    def standing(self, without: "MediaRoom") -> Standing:
        """As `place` asks for it."""
        rooms = self.rooms - {without}
        return Standing(
            name=self.name,
            away=self.away,
            rooms=len(rooms),
            people=sum(len(room.expected) for room in rooms),
        )

    async def run(self, on_ready: Tell, on_gone: Tell) -> None:
        """Keeps the line to it until cancelled."""

        async def ready() -> None:
            self.generation += 1
            log.info("media server is there", server=self.name, generation=self.generation)
            if self.is_ready:
                await on_ready(self)

        async def gone() -> None:
            self._away_since = time.monotonic()
            log.warning("media server died", server=self.name)
            await on_gone(self)

        await self.media.run(ready, gone)

    def bar(self, is_barred: bool) -> bool:
        """Whether that is a change. From then on it counts as one that answers no more, or again."""
        if self.is_barred == is_barred:
            return False
        self.is_barred = is_barred
        if is_barred:
            self._away_since = time.monotonic()
        log.warning("no agreement covers a media server" if is_barred else "an agreement covers it", server=self.name)
        return True


class Servers:
    """All of them, in the order in which they were named."""

    def __init__(self, media: Sequence[MediaServer]) -> None:
        self._servers = {one.name: Server(one) for one in media}

    def __iter__(self) -> Iterator[Server]:
        return iter(self._servers.values())

    @property
    def is_set_up(self) -> bool:
        return bool(self._servers)

    @property
    def is_ready(self) -> bool:
        """Whether any of them answers."""
        return any(server.is_ready for server in self)

    @property
    def away(self) -> float | None:
        """Seconds since none of them answers; None while one does."""
        away = [server.away for server in self]
        return None if None in away else min((seconds for seconds in away if seconds is not None), default=None)

    def named(self, name: str) -> Server | None:
        return self._servers.get(name)

    def for_room(self, room: "MediaRoom", now: str) -> Server | None:
        """Where the room that lives on `now` should live; None: nowhere now."""
        name = place([server.standing(without=room) for server in self], now)
        return self._servers[name] if name is not None else None
