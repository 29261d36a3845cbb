"""A session's room on the media servers, with its side rooms: on which it lives, who is there, and how it moves when
its server dies."""

import asyncio
from collections.abc import Collection
from uuid import UUID

import structlog

from stepdown.live.media.interface import MediaFailed
from stepdown.live.server import store
from stepdown.live.server.servers import Server, Servers
from stepdown.live.server.store import in_database

log = structlog.get_logger(__name__)


class MediaRoom:
    """`lives_on`: name of its media server, "" for none yet. `sides`: names of side rooms that may be there, too.
    `expected`: joins that may be in any of them. `server`: that media server, once somebody came in. `is_pinned`: a
    room-check asks for that one server."""

    def __init__(self, session: UUID, servers: Servers) -> None:
        self.session = session
        self.name = str(session)
        self.sides: set[str] = set()
        self.lives_on = ""
        self.is_pinned = False
        self.expected: set[str] = set()
        self.server: Server | None = None
        self._servers = servers
        self._kept = ""
        self._left: set[str] = set()  # servers on which something of it may stand
        self._is_cleared = False
        self._settling = asyncio.Lock()

    def read(self, lives_on: str) -> None:
        """What the tables say; heeded until this process knows better."""
        if self.server is None and not self.is_pinned:
            self.lives_on = self._kept = lives_on

    def pin(self, server: str) -> None:
        """It lives on that server or nowhere."""
        self.lives_on, self.is_pinned = server, True

    async def settle(self, known: Collection[str]) -> Server | None:
        """The media server that it lives on from now on, cleared of everyone whom `known` and `expected` do not name.

        None: there is none that answers now.
        """
        async with self._settling:
            server = self._where()
            if server is None or not server.is_ready:
                return None
            if server is not self.server:
                self._move(server)
            if self._kept != server.name and not self.is_pinned:
                await in_database(store.keep_server, self.session, server.name)
                self._kept = server.name
            if not self._is_cleared:
                try:
                    await self.put_out_strangers(await self.there(), known)
                except MediaFailed as error:
                    log.warning("not cleared", session=self.name, why=str(error))
                    return None
                self._is_cleared = True
            return server

    def _where(self) -> Server | None:
        if self.is_pinned:
            return self._servers.named(self.lives_on)
        return self._servers.for_room(self, self.lives_on)

    def _move(self, server: Server) -> None:
        if self.lives_on and self.lives_on != server.name:
            log.warning("room moves", session=self.name, was_on=self.lives_on, is_on=server.name)
            self._left.add(self.lives_on)
        if self.server is not None:
            self.server.rooms.discard(self)
        server.rooms.add(self)
        self._left.discard(server.name)
        self.server, self.lives_on, self._is_cleared = server, server.name, False

    async def there(self) -> set[str]:
        """Joins on its media server, in the main room and in side rooms. Raises MediaFailed."""
        found: set[str] = set()
        if self.server is not None:
            for room in (self.name, *self.sides):
                found |= await self.server.media.who_is_in(room)
        return found

    async def put_out_strangers(self, there: set[str], known: Collection[str]) -> None:
        """Raises MediaFailed."""
        for stranger in there - self.expected - set(known):
            log.warning("put out, as nobody knows this join", session=self.name, join=stranger)
            await self.put_out(stranger)

    async def put_out(self, join: str) -> None:
        """Out of the main room or whichever side room it is in. Raises MediaFailed."""
        if self.server is not None:
            for room in (self.name, *self.sides):
                await self.server.media.put_out(room, join)

    async def clear_from(self, server: Server) -> None:
        """Removes what is left of it on a server that it moved away from, now that this one answers again."""
        if server.name in self._left and server is not self.server:
            await self._destroy(server)
            self._left.discard(server.name)

    async def close(self) -> None:
        """Removes it, with whoever is left in it."""
        if self.server is not None:
            await self._destroy(self.server)
            self.server.rooms.discard(self)
            self.server = None

    async def remove_side(self, room: str) -> None:
        """Removes a side room that nobody is to be in any more, with whoever is left in it. Raises MediaFailed."""
        self.sides.discard(room)
        if self.server is not None and self.server.is_ready:
            await self.server.media.destroy_room(room)

    async def _destroy(self, server: Server) -> None:
        for room in (*self.sides, self.name):
            try:
                await server.media.destroy_room(room)
            except MediaFailed as error:
                log.info("room not removed", session=self.name, room=room, server=server.name, why=str(error))
