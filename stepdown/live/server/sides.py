"""Side rooms of one session: people are moved to where the tables want them, and nobody stays alone in one.

Each side room is a room of its own on the media server. Who moves is out of one before they come into the other, under
a new join; so nothing of them can reach anybody who is not in the same room.
"""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from stepdown.live import services_pairs, services_sides
from stepdown.live.domain import sides as domain
from stepdown.live.server.roster import Entry
from stepdown.live.server.store import Snapshot, in_database
from stepdown.live.sides import Side
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller
    from stepdown.live.server.room import LiveRoom


AT_DOOR, WORD = "door", "word"


class Sides:
    """One for each session's room. `known`: side rooms that may be on the media server, with their kinds; `_met`: talks
    in which both have been, as far as this process knows."""

    def __init__(self, room: "LiveRoom") -> None:
        self._room = room
        self._lonely: dict[UUID, datetime] = {}
        self._met: set[UUID] = set()
        self.known: dict[UUID, str] = {}

    def wanted(self, caller: "Caller") -> UUID | None:
        """The side room this person is to be in; None: the main room."""
        side = self._room.snapshot.sides.of(caller.key) if self._room.snapshot else None
        return self._know(side) if side else None

    def _know(self, side: Side) -> UUID:
        self.known[side.id] = side.kind
        self._room.media.sides.add(str(side.id))
        return side.id

    def talks_at_door(self, caller: "Caller") -> bool:
        """Whether this patient, who may not be let in yet, is to be in a side room with a leader."""
        snapshot = self._room.snapshot
        side = snapshot.sides.at_door(caller.key) if snapshot else None
        return side is not None and side.is_open

    def was_at_door(self, caller: "Caller") -> bool:
        """Whether this patient is in a talk at the door still, though it may be over."""
        return caller.join is not None and not caller.is_leader and self._is_at_door(caller.side)

    def _is_at_door(self, side: UUID | None) -> bool:
        return side is not None and self.known.get(side) == AT_DOOR

    def told(self, caller: "Caller") -> dict[str, Any]:
        """What a coming in tells of the side room: its kind, or null."""
        return {"side": {"kind": self.kind(caller.side, self._room.snapshot)} if caller.side else None}

    def kind(self, side: UUID, snapshot: Snapshot | None) -> str:
        """As what those in it are told of it: from a talk at the door with somebody who is let in, as when no guest
        keeps them out any more, both go to the group."""
        if snapshot is None or not self._is_at_door(side):
            return self.known[side]
        let_in = (room.id for room in snapshot.sides.rooms if snapshot.admitted.intersection(room.patients))
        return WORD if side in let_in else AT_DOOR

    def tell_pairs(self, caller: "Caller") -> None:
        """Until when the group is in pairs, or null."""
        until = self._room.snapshot.sides.until if self._room.snapshot and self._room.is_admitted(caller) else None
        caller.say("pairs", until=until.isoformat() if until else None)

    def tell_all_pairs(self, leader: "Caller", text: str) -> None:
        """A line of a leader to everyone who is in a pair; kept nowhere, as every line. Source: RULE PRIV-39."""
        for caller in self._room.people_in:
            if caller is leader or (caller.side is not None and self.known.get(caller.side) == "pair"):
                caller.say("pairs_told", who=str(leader.join), text=text.strip())

    def follow(self) -> None:
        """Starts to move everyone who is not where the tables want them."""
        for side in self._room.snapshot.sides.rooms if self._room.snapshot else ():
            if side.is_open:
                self._know(side)
        for caller in self._room.people_in:
            if caller.side != self.wanted(caller) and not caller.is_moving:
                self._room.hall.start(self._move(caller))

    async def _move(self, caller: "Caller") -> None:
        """Out of one room, and only then into the other, or back to waiting at the door. When the media server cannot
        now, the sweep tries again."""
        caller.is_moving = True
        try:
            await caller.leave_for_another_room()
            await self._room.bring_in(caller)
        finally:
            caller.is_moving = False
        if not self._room.has_place(caller):
            self._room.tell.left(caller)
            await self._room.refresh()

    def left(self, caller: "Caller") -> None:
        """Who leaves or is sent out ends a private word at once. In a pair they have their place until it is over."""
        rooms = self._room.snapshot.sides.rooms if self._room.snapshot else ()
        if any(caller.key in side.people and side.kind != "pair" for side in rooms):
            who = {"staff": Staff(pk=caller.key)} if caller.is_leader else {"patient": Patient(pk=caller.key)}
            back = partial(services_sides.go_back, session=Session(pk=self._room.session), lost=True, **who)
            self._room.hall.start(in_database(back))

    async def watch(self, now: datetime) -> None:
        """Once a second: moves whom nothing else moved, says where two have met, ends side rooms where someone is alone
        or would be, removes ended ones; and the group is in pairs no longer than there is one."""
        self.follow()
        snapshot = self._room.snapshot
        rooms = snapshot.sides.rooms if snapshot else ()
        until = snapshot.sides.until if snapshot else None
        if until is not None and (now >= until or not any(side.kind == "pair" for side in rooms)):
            await in_database(services_pairs.end_pairs, session=Session(pk=self._room.session), only_due=True)
        await self._say_who_met(rooms)
        self._lonely = {
            side.id: since
            for side in rooms
            if (since := domain.lonely_since(self._there(side), self._lonely.get(side.id), now))
        }
        for side in rooms:
            if domain.is_too_long(side.kind, self._lonely.get(side.id), now):
                await in_database(services_sides.end_lonely, session=Session(pk=self._room.session), side_room=side.id)
        for gone in self.known.keys() - {side.id for side in rooms if side.is_open}:
            # Also of who is just on the way into it.
            if not any(caller.side == gone for caller in self._room.callers.values()):
                del self.known[gone]
                await self._room.media.remove_side(str(gone))

    async def _say_who_met(self, rooms: tuple[Side, ...]) -> None:
        """Of talks in which both are and have been heard of: a join alone is made also for whose line is lost."""
        self._met &= {side.id for side in rooms}
        for side in rooms:
            here = [one for one in self._room.people_in if one.side == side.id and one.heard_at > one.arrived_at]
            if side.is_open and side.kind != "pair" and len(here) > 1 and side.id not in self._met:
                session = Session(pk=self._room.session)
                await in_database(services_sides.both_are_there, session=session, side_room=side.id)
                self._met.add(side.id)

    def _there(self, side: Side) -> int:
        """How many are in it; while the patient is only asked, how many could be, as the leader may have no line."""
        if side.is_open:
            return sum(caller.side == side.id for caller in self._room.people_in)
        return len(side.patients) + (side.by in self._room.callers)

    def of(self, caller: "Caller") -> dict[str, Any]:
        """For the roster: which side room they are in, and whether it is a patient who is talked with at the door."""
        return {"side": caller.side, "at_door": self.was_at_door(caller)}

    def as_seen(self, entries: list[Entry], viewer: "Caller") -> list[Entry]:
        """The roster as this person is told it: of who is elsewhere no more than where that is, and of who talks at the
        door nothing. Who talks there is told of nobody else."""
        is_let_in = self._room.is_admitted(viewer)
        told = [one for one in entries if one["side"] == viewer.side or (is_let_in and not one["at_door"])]
        return [self._as_seen(one, viewer) for one in told]

    def _as_seen(self, entry: Entry, viewer: "Caller") -> Entry:
        side = entry["side"]
        seen = {name: value for name, value in entry.items() if name not in ("side", "at_door")} | {"away": ""}
        if side != viewer.side:
            seen |= {"mic": False, "camera": False, "sound_only": False}
            seen["away"] = "word" if self._is_at_door(side) else self.known.get(side, "main")
        return seen

    def ask(self, caller: "Caller") -> None:
        """Tells a patient whether, and by whom, they are asked to a side room."""
        snapshot = self._room.snapshot
        side = snapshot.sides.asked(caller.key) if snapshot else None
        by = self._room.callers.get(side.by) if side else None
        who = str(by.join) if by and by.join else None
        caller.say("aside", asked=side is not None, to=side.kind if side else None, who=who)
