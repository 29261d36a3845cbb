"""All rooms of this process, the death and return of media servers, and what is looked at again and again."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.utils import timezone

from stepdown.live import elsewhere, services
from stepdown.live.domain.placing import PATIENCE_SECONDS
from stepdown.live.domain.stays import Kind
from stepdown.live.media.interface import MediaFailed
from stepdown.live.server import store
from stepdown.live.server.clocks import Clocks
from stepdown.live.server.holding import Holding
from stepdown.live.server.inbox import Inbox
from stepdown.live.server.room import LiveRoom
from stepdown.live.server.servers import Server, Servers
from stepdown.live.server.witness import Receiving, read
from stepdown.live.tickets import SECONDS, BadTicket, Ticket

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 1.0
POLL_SECONDS = 5.0
HOLD_EVERY_SECONDS = 0.2
LAST_SECONDS = 2.0  # for what an ending process still writes
KEEP_EMPTY = timedelta(minutes=2)
Watch = Callable[[LiveRoom], Awaitable[None]]


class Hall:
    """One for the process. `servers` are the media servers that its rooms live on."""

    def __init__(self, servers: Servers) -> None:
        self.servers = servers
        self.clocks = Clocks()
        self.inbox = Inbox()
        self.holding = Holding(settings.HELD_LINES)
        self.rooms: dict[UUID, LiveRoom] = {}
        self.life = str(uuid4())  # by which pages know a process that was started anew
        self._used: dict[str, float] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def health(self) -> dict[str, Any]:
        """How many rooms there are, whether any media server answers, and how it stands with each; no ids, no names."""
        servers = {server.name: {"ready": server.is_ready, "rooms": len(server.rooms)} for server in self.servers}
        return {"rooms": len(self.rooms), "media": self.servers.is_ready, "servers": servers}

    async def open(self) -> None:
        """Takes over the lines of the process before, cleans up the rest it left, and starts to watch."""
        self.holding.load()
        held = [UUID(join) for join in self.holding.joins]
        closed = await store.until_done(services.close_left_open, but=held)
        log.info("live process starts", joins_held=len(held), joins_closed=closed)
        await self._bar()
        self.start(self.inbox.run())
        for server in self.servers:
            self.start(server.run(self._server_ready, self._server_gone))
        self.start(self._follow())
        self.start(self._hold())
        self.start(self._again_and_again(SWEEP_SECONDS, self._sweep))
        self.start(self._again_and_again(POLL_SECONDS, self._poll))
        self.start(self._keep_to_agreements())

    async def close(self) -> None:
        """Everyone is let go, everything is written that the database takes now."""
        everyone = [(room, caller) for room in self.rooms.values() for caller in room.callers.values()]
        for _, caller in everyone:
            await caller.let_go()
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                for room, caller in everyone:
                    await room.leave(caller)
                await self.inbox.drain()
        self.write_lines()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Runs beside everything else; what goes wrong in it is logged and ends nothing else."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a task of the live process failed", exc_info=error)

    def room(self, session: UUID) -> LiveRoom:
        if session not in self.rooms:
            self.rooms[session] = LiveRoom(session, self)
        room = self.rooms[session]
        if room.empty_since:  # whoever asks is about to come
            room.empty_since = timezone.now()
        return room

    def use(self, ticket: Ticket) -> None:
        """Marks a ticket as used. Raises BadTicket when it was used before."""
        now = asyncio.get_running_loop().time()
        for number in [number for number, until in self._used.items() if until < now]:
            del self._used[number]
        if ticket.number in self._used:
            raise BadTicket("This way in was used already. Open the room again.")
        self._used[ticket.number] = now + SECONDS + 5

    # The media servers

    async def _server_ready(self, server: Server) -> None:
        for room in self.rooms.values():
            self.start(room.refresh())  # whoever is let in and not in comes in
            self.start(room.media.clear_from(server))

    async def _server_gone(self, server: Server) -> None:
        self.start(self._move_on(server))

    async def _move_on(self, server: Server) -> None:
        """When it is not back soon, its rooms go on elsewhere."""
        await asyncio.sleep(PATIENCE_SECONDS)
        if not server.is_ready:
            for room in [room for room in self.rooms.values() if room.media in server.rooms]:
                self.start(room.refresh())

    async def _keep_to_agreements(self) -> None:
        """Whoever is on a media server that may be used no more goes on elsewhere, as when it dies. Source: RULE
        PRIV-24."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            for server in await self._bar():
                if server.is_ready:
                    await self._server_ready(server)
                elif server.is_barred:
                    for caller in [caller for room in self.rooms.values() for caller in room.people_in]:
                        if caller.server is server:
                            self.start(caller.mending.again("media_server", Kind.SERVER_DIED))
                    await self._server_gone(server)

    async def _bar(self) -> list[Server]:
        """Marks the media servers that must not be used now; gives those of which that has changed."""
        barred = await store.until_done(elsewhere.barred_servers)
        return [server for server in self.servers if server.bar(server.name in barred)]

    def take_event(self, event: Any) -> None:
        """One event of the media server's event stream."""
        for found in read(event, self.clocks):
            if not isinstance(found, Receiving):
                self.inbox.put(found)
                continue
            self.holding.receives(found.join, found.mid, found.on, found.at)
            for room in self.rooms.values():
                if str(found.join) in room.media.expected:
                    for caller in room.people_in:
                        if caller.join == found.join:
                            caller.receives(found.mid, found.on, found.at)
                            if caller.ticket.tester:
                                caller.say("received", mid=found.mid, late=found.late.total_seconds())

    # Lines that outlive this process

    async def _hold(self) -> None:
        while True:
            await asyncio.sleep(HOLD_EVERY_SECONDS)
            if late := self.holding.lapsed():
                self.start(store.until_done(store.end_held, late))
                for session in {UUID(line.session) for line in late} & self.rooms.keys():
                    self.rooms[session].encryption.tell()
            self.write_lines()

    def write_lines(self) -> None:
        """Keeps the lines as they are now for the next process, and since when nobody leads in a room."""
        callers = [caller for room in self.rooms.values() for caller in room.people_in]
        lines = (line for caller in callers if (line := caller.held()) is not None)
        alone = [(room.session, since) for room in self.rooms.values() if (since := room.leading.since) is not None]
        self.holding.write(lines, alone)

    # The tables, and the clock

    async def _follow(self) -> None:
        async for changed in store.changes():
            if isinstance(changed, str):
                self.start(self._sign_out({changed}))
                continue
            if changed is None:
                self.start(self._look_who_was_signed_out())
            for room in list(self.rooms.values()) if changed is None else self._rooms_of(changed):
                self.start(room.refresh())

    def _rooms_of(self, session: UUID) -> list[LiveRoom]:
        return [self.rooms[session]] if session in self.rooms else []

    async def _look_who_was_signed_out(self) -> None:
        """Of patients alone: the row of a staff session also goes when its key changes, with a new password say, and
        nobody who leads is put out for that."""
        patients = [one for room in self.rooms.values() for one in room.callers.values() if one.role == "patient"]
        await self.look_whether_signed_out({caller.ticket.browser for caller in patients})

    async def look_whether_signed_out(self, browsers: set[str]) -> None:
        await self._sign_out(await store.in_database(store.signed_out, browsers))

    async def _sign_out(self, browsers: set[str]) -> None:
        """Who was signed out in a browser is in no room with it; on another device they come in again as before."""
        found = [(room, caller) for room in self.rooms.values() for caller in room.callers.values()]
        theirs = [(room, caller) for room, caller in found if caller.ticket.browser in browsers]
        for room, caller in theirs:
            room.gone(caller)
        await asyncio.gather(*(caller.end("signed_out") for _, caller in theirs))

    async def _again_and_again(self, seconds: float, work: Watch) -> None:
        """A room that takes long, on a media server that hangs, say, keeps no other room waiting."""
        busy: set[LiveRoom] = set()
        while True:
            await asyncio.sleep(seconds)
            for room in set(self.rooms.values()) - busy:
                busy.add(room)
                self.start(self._once(room, work, busy.discard))

    async def _once(self, room: LiveRoom, work: Watch, done: Callable[[LiveRoom], None]) -> None:
        try:
            await work(room)
        except MediaFailed as error:
            log.info("media server not asked", why=str(error))
        except Exception:
            log.exception("watching a room failed", session=str(room.session))
        finally:
            done(room)

    async def _sweep(self, room: LiveRoom) -> None:
        now = timezone.now()
        await room.sweep(now)
        if room.empty_since and now - room.empty_since > KEEP_EMPTY:
            del self.rooms[room.session]
            await room.media.close()

    async def _poll(self, room: LiveRoom) -> None:
        if room.callers and room.media.server is not None and room.media.server.is_ready:
            await room.poll(asyncio.get_running_loop().time())
