"""One session's room in memory: who stands at the door, who is in, and how what changes reaches them."""

import asyncio
from collections.abc import Coroutine, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.live import services
from stepdown.live.domain import messages
from stepdown.live.domain.stays import Kind
from stepdown.live.media.interface import MediaFailed
from stepdown.live.models import InboxEvent
from stepdown.live.server import standby, store
from stepdown.live.server.caller import SILENCE_SECONDS, Caller
from stepdown.live.server.encryption import Encryption
from stepdown.live.server.leading import Leading
from stepdown.live.server.media_room import MediaRoom
from stepdown.live.server.outgoing import DONE, SILENT, TRY_AGAIN
from stepdown.live.server.sides import Sides
from stepdown.live.server.store import Snapshot, in_database
from stepdown.live.server.telling import Telling
from stepdown.live.server.together import Together
from stepdown.people.models import Patient
from stepdown.timetable.models import Session

if TYPE_CHECKING:
    from stepdown.live.server.hall import Hall

log = structlog.get_logger(__name__)

SEEN_SECONDS = 20.0
OUT_SECONDS = 1.0  # within which a media server that does not hang lets go of everyone


class LiveRoom:
    """Everything the live process knows of one session. What the tables say is read again whenever they change."""

    def __init__(self, session: UUID, hall: "Hall") -> None:
        self.session = session
        self.hall = hall
        self.callers: dict[UUID, Caller] = {}
        self.media = MediaRoom(session, hall.servers)
        self.empty_since: datetime | None = timezone.now()
        self.together = Together(self)
        self.encryption = Encryption(self)
        self.tell = Telling(self)
        self.leading = Leading(since=hall.holding.alone_since(session))
        self.sides = Sides(self)
        self.snapshot: Snapshot | None = None
        self.pages: dict[UUID, str] = {}  # the page on which a person came last of their own will
        self.mutes: dict[UUID, UUID] = {}  # {who: by which leader}, while a page does not know it yet
        self.knocked: dict[UUID, datetime] = {}  # since when a patient waits, by the tables: their place in the row
        self._reading = asyncio.Lock()
        self._missed_once: set[str] = set()
        self._seen_at = 0.0

    @property
    def people_in(self) -> list[Caller]:
        return [caller for caller in self.callers.values() if caller.join is not None]

    def beside(self, caller: Caller) -> list[Caller]:
        """Who is in the same room as this person, themselves included: the main room, or one side room."""
        return [one for one in self.people_in if one.side == caller.side]

    @property
    def leaders(self) -> list[Caller]:
        return [caller for caller in self.callers.values() if caller.is_leader]

    @property
    def is_paused(self) -> bool:
        """Whether nobody sees or hears anybody. Source: RULE PRIV-41."""
        return self.snapshot is not None and self.snapshot.decided.pause

    @property
    def is_chat_open(self) -> bool:
        return self.snapshot is not None and self.snapshot.decided.chat and not self.snapshot.decided.pause

    @property
    def is_encrypted(self) -> bool:
        """Whether picture and sound go end to end, so that pages tell each other their keys."""
        return self.snapshot is not None and self.snapshot.is_encrypted

    def with_join(self, join: str) -> Caller | None:
        return next((caller for caller in self.people_in if str(caller.join) == join), None)

    async def enter(self, caller: Caller) -> None:
        """A newcomer at the door; whoever of the same person was here before moves to the new device.

        A page that only comes back by itself, after its person has gone on to another one, fetches nobody back.
        """
        if caller.again and caller.page != self.pages.get(caller.key, caller.page):
            caller.say("moved")
            caller.hang_up(DONE)
            return
        self.pages[caller.key] = caller.page
        before = self.callers.get(caller.key)
        self.callers[caller.key] = caller
        self.empty_since = None
        if before is not None:
            await before.end("moved")
        # It may have happened since their ticket was read, and been heard of before they were here.
        await self.hall.look_whether_signed_out({caller.ticket.browser})
        await self.refresh()

    async def leave(self, caller: Caller) -> None:
        """The caller's socket is gone."""
        await caller.close()
        if self.callers.get(caller.key) is not caller:
            return
        del self.callers[caller.key]
        if not self.callers:
            self.empty_since = timezone.now()
        if caller.role == "patient" and not self.is_admitted(caller):
            await store.until_done(store.stop_knocking, caller.ticket)
            if (back := self.callers.get(caller.key)) is not None and back.is_waiting:  # came back meanwhile
                self._waits_since(back, await store.until_done(store.knock, back.ticket))
        self.tell.waiting()
        self.tell.roster()

    def gone(self, caller: Caller, *, may_return: bool = False) -> None:
        """Who says that they leave, or is sent out, is not waited for. `may_return`: their page closes, perhaps to be
        loaded again, so a private word lasts until they have been away for too long."""
        if not may_return:
            self.sides.left(caller)
            self.leading.left(caller)
        self.together.left(caller)
        self.tell.left(caller)

    def is_admitted(self, caller: Caller) -> bool:
        return caller.is_leader or (self.snapshot is not None and caller.key in self.snapshot.admitted)

    def has_place(self, caller: Caller) -> bool:
        """Whether there is a room for them to be in now: they were let in, or a leader talks with them at the door."""
        return self.is_admitted(caller) or self.sides.talks_at_door(caller)

    def stands_at_door(self, caller: Caller) -> bool:
        """Whether they wait to be let in, or were, and wait until the room is opened."""
        is_open = self.snapshot is not None and self.snapshot.is_open
        return not is_open if self.is_admitted(caller) else caller.is_waiting

    async def refresh(self) -> None:
        """Reads the session's tables and does what follows from them, for those who were here when the reading began:
        it may know less than a newcomer's ticket does, and they are sorted by their own."""
        async with self._reading:
            here = list(self.callers.values())
            before, self.snapshot = self.snapshot, await in_database(store.read_session, self.session)
            self.media.read(self.snapshot.server)
            if self.snapshot.is_ended:
                await self._end()
                return
            if before is not None and before.starts_at != self.snapshot.starts_at:
                await self._shut_door()
            here = [one for one in here if self.callers.get(one.key) is one]
            await self._sort_callers(self.snapshot, here)
            await self._say_who_leads(self.snapshot.leader, here)
            self.sides.follow()
            self._pause_all()
            self.tell.changed(before, self.snapshot)

    async def _sort_callers(self, snapshot: Snapshot, callers: list[Caller]) -> None:
        coming, knocking, ends = [], [], []
        # Who was told why they are out is on the way out; whose browser takes nothing any more may still be in.
        for caller in [one for one in callers if one.join is not None or not one.is_over]:
            if caller.is_leader and snapshot.leaders is not None and caller.key not in snapshot.leaders:
                # And then they hear why, instead of a ticket.
                ends.append(caller.end("again", TRY_AGAIN, why="leads_no_more"))
            elif self.has_place(caller):
                caller.is_waiting = False  # sent out while their line is made anew, they knock again
                if self.is_admitted(caller):
                    self.knocked.pop(caller.key, None)
                if caller.join is None and snapshot.is_open:
                    coming.append(caller)
            elif self.sides.was_at_door(caller):
                pass  # they wait again once they are out of the side room
            elif caller.join is not None and caller.key in snapshot.kept_out:
                self.gone(caller)
                # And then they wait at the door: a guest sends nobody out.
                ends.append(caller.end("again", TRY_AGAIN, why="guest"))
            elif caller.join is not None or (caller.ticket.visit and caller.key not in snapshot.expected):
                self.gone(caller)
                ends.append(caller.end("sent_out"))
            elif caller.role == "patient" and caller.key not in snapshot.expected:
                ends.append(caller.end("again", TRY_AGAIN, why="no_seat"))
            elif not caller.is_waiting:
                knocking.append(caller)
        await self._take_out(ends)
        for caller in knocking:
            if caller.role == "patient":
                self._waits_since(caller, await in_database(store.knock, caller.ticket))
                if self.callers.get(caller.key) is not caller:  # gone meanwhile; who is here instead is sorted next
                    await store.until_done(store.stop_knocking, caller.ticket)
            caller.is_waiting = True  # from now on a leader can let them in, and they are told that they wait
        for caller in coming:
            self.hall.start(self.bring_in(caller))

    def _waits_since(self, patient: Caller, at: datetime | None) -> None:
        if at is not None:
            self.knocked[patient.key] = at

    async def bring_in(self, caller: Caller) -> None:
        """Into the media room, and told of all that lasts: what was decided, a break, a private word, a mute."""
        if caller.join is None:
            await caller.come_in()
            if self.snapshot is None:
                return
            if caller.join is None:
                self.tell.standby(caller, self.snapshot)
            else:
                self.tell.newcomer(caller, self.snapshot)
                caller.tell_muted()

    async def _take_out(self, ends: Iterable[Coroutine[Any, Any, None]]) -> None:
        """All at once. Whom a media server that hangs does not let go of keeps nobody waiting: the next change may be
        that the room is paused."""
        if leaving := [self.hall.start(end) for end in ends]:
            await asyncio.wait(leaving, timeout=OUT_SECONDS)

    async def _end(self) -> None:
        callers = list(self.callers.values())
        await self._take_out(caller.end("ended") for caller in callers)
        self.knocked.clear()
        await self.media.close()

    async def _say_who_leads(self, leader: UUID | None, callers: list[Caller]) -> None:
        """The pages of those at the door name who led when they came, and who has no license where they are may not let
        them in: loaded anew, they say who leads now, or what holds them. Source: RULE PRIV-35."""
        for caller in callers:
            caller.led_by = caller.led_by or leader
        at_door = [one for one in callers if self.stands_at_door(one) and not one.is_leader]
        await self._take_out(caller.end("anew") for caller in at_door if caller.led_by != leader)

    async def _shut_door(self) -> None:
        """The session was moved, and whoever waits does so at the old door: their page, loaded anew, says what now."""
        outside = [caller for caller in self.callers.values() if caller.join is None]
        await self._take_out(caller.end("ended") for caller in outside)
        self.knocked.clear()

    def _pause_all(self) -> None:
        """Has the media server pass nothing on while the room is paused, from anyone."""
        if self.is_paused:
            for caller in self.people_in:
                self.hall.start(self._pause(caller))

    async def _pause(self, caller: Caller) -> None:
        try:
            await caller.pause()
        except MediaFailed as error:
            log.warning("not paused; trying again", join=str(caller.join), why=str(error))

    # What leaders do: through the services, whose change comes back by the database like everybody else's.

    async def obey(self, leader: Caller, message: dict[str, Any]) -> None:
        """One message of a leader; what cannot be done is a sentence for them."""
        try:
            match message["t"]:
                case kind if kind in messages.LEAD_TOGETHER:
                    self.together.lead(leader, message)
                case "tell_pairs":
                    self.sides.tell_all_pairs(leader, message["text"])
                case "mute":
                    await self._mute(message["who"], by=leader)
                case _:
                    await self._act(leader, message)
        except RuleBroken as rule:
            leader.say("no", why=str(rule))
        except (OperationalError, InterfaceError):
            leader.say("no", why="That did not go through. Try again.")

    async def _act(self, leader: Caller, message: dict[str, Any]) -> None:
        """Raises RuleBroken."""
        session, by = await in_database(store.leading, self.session, leader.key)
        patient = Patient(pk=message.get("patient"))  # only for what is about one patient
        match message["t"]:
            case "let_in":
                await in_database(services.let_in, session=session, patient=patient, by=by)
            case "let_in_all":
                await in_database(services.let_in_all, session=session, by=by)
            case "send_out":
                await in_database(services.send_out, session=session, patient=patient, by=by)
            case "break_start":
                await in_database(services.start_break, session=session, by=by, minutes=message["minutes"])
            case "break_end":
                await in_database(services.end_break, session=session, by=by)
            case "end":
                await in_database(services.end_room, session=session, by=by)

    async def _mute(self, join: str, *, by: Caller) -> None:
        if (caller := self.with_join(join)) is not None:
            try:
                await caller.mute(by)
            except MediaFailed as error:
                log.warning("not muted", join=join, why=str(error))

    # Watching

    async def sweep(self, now: datetime) -> None:
        """Once a second: silent sockets, dead lines, people who should be in and are not, breaks and days that end."""
        for caller in [caller for caller in self.callers.values() if not caller.is_over]:
            is_silent = not caller.is_busy and (now - caller.heard_at).total_seconds() > SILENCE_SECONDS
            lost_at = caller.line.lost_at(now)
            if is_silent:
                caller.hang_up(SILENT)
                self.hall.start(self.leave(caller))
            elif caller.join is not None and lost_at is not None:
                self.hall.start(caller.mending.redo_line(lost_at))
            elif caller.join is None and self.snapshot and self.snapshot.is_open and self.has_place(caller):
                self.hall.start(self.bring_in(caller))
        if self.snapshot is None:
            return
        await self.leading.watch(self, self.snapshot, now)
        if self.snapshot.is_open:
            await standby.watch(self, is_known=self.snapshot.video_away is not None, now=now)
        self._pause_all()
        self.tell.overdue(now)
        await self.sides.watch(now)
        if self.snapshot.break_until and now >= self.snapshot.break_until:
            await in_database(services.end_overdue_break, session=Session(pk=self.session))
        if self.snapshot.is_open and now > self.snapshot.latest_end:
            await in_database(services.end_room, session=Session(pk=self.session), by=None)

    async def poll(self, loop_time: float) -> None:
        """Compares who is on the media server with who should be. Source: the third witness."""
        there = await self.media.there()
        await self.media.put_out_strangers(there, self.hall.holding.joins)
        is_time = loop_time - self._seen_at >= SEEN_SECONDS
        self._seen_at = loop_time if is_time else self._seen_at
        missed = set()
        for caller in self.people_in:
            join = str(caller.join)
            if join in there:
                if is_time:
                    caller.seen(InboxEvent.Source.POLL)
                    caller.seen(InboxEvent.Source.SIGNALING)
            elif join in self._missed_once:
                self.hall.start(caller.mending.again("line", Kind.LEFT))
            else:
                missed.add(join)
        self._missed_once = missed
