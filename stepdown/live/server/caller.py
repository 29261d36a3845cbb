"""One browser's socket, and what becomes of the person behind it."""

import asyncio
import time
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.utils import timezone

from stepdown.live.domain.stays import Kind
from stepdown.live.media.interface import Happenings, Jsep, MediaFailed, Peer
from stepdown.live.models import InboxEvent
from stepdown.live.relays import relays
from stepdown.live.server.hearing import Hearing
from stepdown.live.server.holding import HeldLine
from stepdown.live.server.line import Line
from stepdown.live.server.mending import Mending
from stepdown.live.server.outgoing import DONE, SILENT, Outgoing, Send
from stepdown.live.server.servers import Server
from stepdown.live.server.silencing import ALL, Silencing
from stepdown.live.server.store import end_held, end_unanswered, in_database, start_join, until_done
from stepdown.live.services import Sighting
from stepdown.live.tickets import Ticket

if TYPE_CHECKING:
    from stepdown.live.server.room import LiveRoom

log = structlog.get_logger(__name__)

ENTER_SECONDS = 10.0
SILENCE_SECONDS = 12.0
TOLD_SECONDS = 2.0  # within which all has arrived that an event stream told before it ended


class Caller:
    """A browser that has shown a valid ticket. Waits at the door until `come_in`, is in until `go_out`."""

    def __init__(
        self,
        *,
        ticket: Ticket,
        role: str,
        device: dict[str, bool],
        room: "LiveRoom",
        send: Send,
        was: str | None = None,
        page: str = "",
        again: bool = False,
    ) -> None:
        self.ticket = ticket
        self.role = role
        self.is_leader = role == "leader"
        self.device = device
        self.room = room
        self.key: UUID = ticket.person
        self.join: UUID | None = None
        self.arrived_at: datetime = timezone.now()  # when the join began
        self.side: UUID | None = None  # the side room that the join is in; None: the main room
        self.is_moving = False
        self._left: tuple[Server, str] | None = None  # a join that nobody may see or hear any more, to be made sure of
        self.page, self.again = page, again  # which page this is, and whether it comes back by itself
        self._was = was  # the join whose sound and picture still go on in this browser
        self._relays: list[dict[str, object]] = []  # for the join that begins
        self.is_over = self.is_waiting = self.is_busy = False
        self.led_by: UUID | None = None  # who led the session when they came
        self.mending = Mending(self)
        self.sound_only = False
        self.unseen: set[str] = set()  # joins whose pictures this person's browser does not show now
        self.silencing = Silencing()
        self.line = Line()
        self.heard_at: datetime = timezone.now()
        self._quiet_since: datetime | None = None  # their last sign before they were moved, until they are heard again
        self._out = Outgoing(send)
        self.hearing = Hearing(self)
        self.peer: Peer | None = None
        self.server: Server | None = None  # the media server that the join is on
        self.life = 0  # of that server, while which the join began
        self._moving = asyncio.Lock()

    # To the browser

    def say(self, kind: str, **fields: Any) -> None:
        """Never waits; a browser that takes nothing for long is let go."""
        if not self._out.say(kind, fields):
            self.hang_up(SILENT)

    def hang_up(self, code: int) -> None:
        """Closes the socket after what was said; whoever reads it then takes the person out."""
        if not self.is_over:
            self.is_over = True
            self._out.hang_up(code)

    async def stop_writing(self) -> None:
        """Lets the last words out."""
        await self._out.stop()

    # In and out

    async def come_in(self) -> None:
        """Makes a join and brings the person into the media room; tried again by the room when it cannot be now."""
        async with self._moving:
            hall = self.room.hall
            if self.join or self.is_over or time.monotonic() < self.mending.not_before:
                return
            server = await self.room.media.settle(hall.holding.joins)
            if server is None:
                return
            self.server, self.life = server, server.generation
            self.side = self.room.sides.wanted(self)
            if not self.room.has_place(self):
                return
            held = hall.holding.take(join=self._was, person=self.key, session=self.ticket.session)
            self._was = None
            await self._end_held(hall.holding.give_up(person=self.key, session=self.ticket.session))
            goes_on = await self._resume(server, held) if held is not None else []
            if not goes_on and not await self._begin(server):
                return
            if self.is_over or not self.room.has_place(self):  # sent out or gone while coming in
                await self._go_out(Kind.LEFT, timezone.now())
                return
            # From being in to saying so nothing is awaited: whatever else is said of a join comes after its "in".
            publish = self.device.get("audio", True) or self.device.get("video", True)
            self.say(
                "in",
                you=str(self.join),
                role=self.role,
                ice=self._relays,
                publish=publish,
                goes_on=goes_on,
                encrypted=self.room.is_encrypted,
                life=hall.life,
                **self.room.together.of(self),
                **self.room.sides.told(self),
            )
        self.room.tell.roster()

    async def _begin(self, server: Server) -> bool:
        """A new join with a new line; False when the media server cannot now."""
        join = (await in_database(start_join, self.ticket, self.side)).pk
        self._relays = await in_database(relays, str(join))
        self.room.media.expected.add(str(join))
        asked_at = timezone.now()
        try:
            if self._left is not None and self._left[0] is server:
                await self.room.media.put_out(self._left[1])
            self._left = None
            peer = await server.media.join(self.media_room, str(join), self._happenings(join))
        except MediaFailed as error:
            self.room.media.expected.discard(str(join))
            log.warning("could not come in", join=str(join), why=str(error))
            self.room.hall.start(self._end_unanswered(server, self.life, join, asked_at))
            return False
        self.join, self.peer = join, peer
        is_paused, is_muted = self.room.is_paused, self.key in self.room.mutes
        self.line = self.line.anew(
            mic=self.device.get("audio", False) and not is_paused and not is_muted,
            camera=self.device.get("video", False) and not is_paused,
            now=timezone.now(),
        )
        self.silencing = Silencing(ALL if is_paused else {"audio"} if is_muted else ())
        self.unseen = set()
        self.arrived_at = timezone.now()
        self.witness(Kind.ARRIVED, self.arrived_at)
        return True

    async def _end_unanswered(self, server: Server, life: int, join: UUID, asked_at: datetime) -> None:
        """The media server may have told its event stream that they came, and have died before it told us."""
        await asyncio.sleep(TOLD_SECONDS)
        await self.room.hall.inbox.drain()
        await until_done(end_unanswered, join, Kind.LEFT if server.lives(life) else Kind.SERVER_DIED, asked_at)

    async def _resume(self, server: Server, held: HeldLine) -> list[str]:
        """Goes on with the join and the line that the process before this one left. Returns what of the line goes on:
        "sends", "receives", or nothing."""
        media, join = self.room.media, UUID(held.join)
        self._relays = await in_database(relays, held.join)
        self.room.encryption.comes_back(self, held)
        media.expected.add(held.join)
        try:
            if held.server != server.name:
                raise MediaFailed("the room has moved meanwhile")
            if held.peer is None:
                raise MediaFailed("it was just being changed")
            if held.room != self.media_room:
                raise MediaFailed("the person is to be in another room now")
            peer, receives_on = await server.media.resume(held.room, held.join, held.peer, self._happenings(join))
        except MediaFailed as error:
            log.info("not gone on with", join=held.join, why=str(error))
            media.expected.discard(held.join)
            await self._end_held([held])
            return []
        self.join, self.peer, self.line, self.arrived_at = join, peer, held.line, held.arrived
        self.unseen, self.sound_only = set(held.unseen), held.sound_only
        self.silencing = Silencing(held.silenced)
        if held.muted_by:
            self.room.mutes[self.key] = UUID(held.muted_by)
        self.silencing.forget(self.line.mids)
        self.room.hall.start(self.hold())
        self._keep_gaps()
        self.witness(Kind.ARRIVED, self.arrived_at)  # kept once, if the process before could still write it
        self.witness(Kind.SEEN, timezone.now())
        return ["sends", "receives"] if receives_on else ["sends"]

    async def _end_held(self, lines: list[HeldLine]) -> None:
        """Of this person, from the process before, and not gone on with."""
        if lines:
            self.room.hall.start(until_done(end_held, lines))
        for held in lines:
            if (server := self.room.hall.servers.named(held.server)) is not None:
                with suppress(MediaFailed):
                    await server.media.put_out(held.room, held.join)

    def _happenings(self, join: UUID) -> Happenings:
        return Happenings(
            offer=self._on_offer,
            talking=self._on_talking,
            lost=lambda: self.on_lost(join),
            changing=self.room.hall.write_lines,
        )

    def last_sign(self) -> datetime:
        """When the person was there for certain."""
        now = timezone.now()
        return now if self.is_busy else self.line.last_sign(self.heard_at, now)

    def held(self) -> HeldLine | None:
        """What the process after this one needs to go on with the line, or to know when it ended; None for whoever is
        not in."""
        if self.peer is None or self.server is None:
            return None
        return HeldLine(
            server=self.server.name, session=str(self.ticket.session), room=self.media_room, join=str(self.join),
            person=str(self.key), peer=None if self.silencing.is_busy else self.peer.held(), line=self.line,
            arrived=self.arrived_at, seen=self.last_sign(), silenced=sorted(self.silencing.kinds),
            unseen=sorted(self.unseen), sound_only=self.sound_only, public_key=self.room.encryption.key_of(self),
            muted_by=str(self.room.mutes.get(self.key, "")),
        )  # fmt: skip

    async def let_go(self) -> None:
        """This process ends, and not the person's stay: sound and picture go on, and the next one takes over."""
        async with self._moving:
            held, peer = self.held(), self.peer
            if held is not None and held.peer is not None and peer is not None:
                self.witness(Kind.SEEN, timezone.now())
                self.room.hall.holding.keep(held)
                self.join = self.peer = None
                await peer.let_go()

    async def go_out(self, kind: Kind = Kind.LEFT) -> None:
        """Takes the person out of the media room, in which they were until their last sign of life."""
        async with self._moving:
            await self._go_out(kind, self.last_sign())

    async def _go_out(self, kind: Kind, at: datetime) -> None:
        if self.join is None or self.peer is None:
            return
        if (lost_at := self.line.lost_for_who_goes(timezone.now())) is not None:
            self.witness(Kind.MEDIA_LOST, lost_at)
        self.witness(kind, at)
        join, peer = self.join, self.peer
        self.join = self.peer = None
        await peer.close()
        self.room.media.expected.discard(str(join))
        self.room.tell.roster()

    @property
    def media_room(self) -> str:
        """The room on the media server that the person's join is in."""
        return str(self.side or self.ticket.session)

    async def leave_for_another_room(self) -> None:
        """Out of the room the person is in; into the other they come only once the first surely has let go of them."""
        async with self._moving:
            if self.join is not None and self.server is not None:
                self._left = (self.server, str(self.join))
            now = timezone.now()
            at = min(self.last_sign(), now)
            is_line_well = self.line.lost_for_who_goes(now) is None
            self._quiet_since = at if self.join is not None and at < now and is_line_well else None
            await self._go_out(Kind.LEFT, at)

    async def end(self, word: str, code: int = DONE, **fields: Any) -> None:
        """Says the last word and takes the person out."""
        self.say(word, **fields)
        self.hang_up(code)
        await self.go_out()

    def heard(self) -> None:
        """Their browser said something: whoever was moved before their next sign of life, which was due, was there."""
        self.heard_at = timezone.now()
        if self._quiet_since is not None and self.join is not None:
            self.witness(Kind.ARRIVED, self._quiet_since)
        self._quiet_since = None

    def witness(self, kind: Kind, at: datetime, source: str = InboxEvent.Source.SIGNALING) -> None:
        """One row for the inbox about this join."""
        emitter = "live" if source == InboxEvent.Source.SIGNALING or self.server is None else self.server.name
        self.room.hall.inbox.put(Sighting(source=source, emitter=emitter, kind=kind, at=at, join=self.join))

    def seen(self, source: str) -> None:
        """A witness sees the person in the room."""
        self.witness(Kind.SEEN, self.heard_at if source == InboxEvent.Source.SIGNALING else timezone.now(), source)

    # From the media server

    async def _on_offer(self, jsep: Jsep, feeds: dict[str, str]) -> None:
        self.say("offer", jsep=jsep, feeds=feeds)

    async def _on_talking(self, who: str, on: bool) -> None:
        self.say("talking", who=who, on=on)

    async def on_lost(self, join: UUID) -> None:
        """The line of that join is of no use any more."""
        self.room.hall.start(self.mending.lost(join))

    def receives(self, mid: str, on: bool, at: datetime) -> None:
        """The media server begins or stops to receive one part of this person's line."""
        self.line.receives(mid, on, at)
        self._keep_gaps()

    def turn(self) -> None:
        """To be called after each change of what the person means to send."""
        self.line.turn(timezone.now())
        self._keep_gaps()

    def _keep_gaps(self) -> None:
        while self.line.gaps:
            gap = self.line.gaps.pop(0)
            self.witness(Kind.MEDIA_LOST, gap.start, source=InboxEvent.Source.MEDIA)
            self.witness(Kind.MEDIA_BACK, gap.end, source=InboxEvent.Source.MEDIA)

    def sends_to(self, other: "Caller") -> bool:
        """Whether the media server receives something of this person that it passes on to the other."""
        is_seen = str(self.join) not in other.unseen
        return any(
            on and not self.silencing.is_held(mid) and (is_seen or self.line.mids.get(mid) == "audio")
            for mid, on in self.line.receiving.items()
        )

    async def mute(self, by: "Caller") -> None:
        """Nobody hears the person until they turn their microphone on again. `by`: the leader who wants it."""
        self.silencing.kinds.add("audio")
        self.line.mic = False
        self.turn()
        self.room.mutes[self.key] = by.key
        self.tell_muted()
        self.room.tell.roster()
        await self.hold()

    def tell_muted(self) -> None:
        """That a leader muted them, again until their page says that its microphone is off."""
        if self.key in self.room.mutes:
            by = self.room.callers.get(self.room.mutes[self.key])
            self.say("muted", who=str(by.join) if by else "")

    async def pause(self) -> None:
        """Nobody sees or hears the person until the room goes on and they turn camera and microphone on again."""
        if self.silencing.is_whole(self.line.mids):
            return
        self.silencing.kinds |= ALL
        self.line.mic = self.line.camera = False
        self.turn()
        await self.hold()
        self.room.tell.roster()

    async def hold(self) -> None:
        """Has the media server pass on what is not silenced."""
        if self.join is not None:
            await self.silencing.hold(self.line.mids, partial(self._pass_none, str(self.join)))

    async def _pass_none(self, join: str, mid: str, on: bool) -> None:
        if self.server is not None:
            await self.server.media.mute(self.media_room, join, mid, on=on)

    async def close(self) -> None:
        """The socket is gone."""
        self.is_over = True
        await self.go_out()
