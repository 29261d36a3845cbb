"""What the people of one room are told, and when: each change once, to whom it concerns."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from weakref import WeakKeyDictionary

from django.utils import timezone

from stepdown.live.server.roster import Entry, Roster
from stepdown.live.server.store import Snapshot
from stepdown.live.visits import kept_from

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller
    from stepdown.live.server.room import LiveRoom

ANSWER_LASTS = timedelta(minutes=5)  # "I am with you in a moment" is not true for ever
ROSTER_BATCH_SECONDS, ROSTER_LATEST_SECONDS = 0.03, 1.0


def _door(snapshot: Snapshot) -> dict[str, bool]:
    """What those who wait are told of the door, and whether nobody is there to open it."""
    return {"opened": snapshot.is_open, "locked": snapshot.decided.lock, "leader_away": snapshot.leader_away}


def _waits_for(snapshot: Snapshot, people: Iterable[Entry]) -> list[str]:
    """Names of those to come in the check-in round, when all of them are away; else empty, also while somebody is here
    who has no place in it yet."""
    here = {one["round"] for one in people if one["side"] is None and one["role"] == "patient"}
    to_come = range(len(snapshot.order) if snapshot.turn is None else snapshot.turn, len(snapshot.order))
    has_next = None in here or any(index + 1 in here for index in to_come)
    return [] if has_next else [snapshot.order_names[index] for index in to_come]


class Telling:
    """One for each room."""

    def __init__(self, room: "LiveRoom") -> None:
        self._room = room
        self._roster = Roster()
        self._roster_is_due = False
        self._told_waiting: tuple[int, ...] = ()
        self._weak: set[UUID] = set()  # people of whom nothing arrives, as everyone was told
        self._told_standby: WeakKeyDictionary[Caller, str] = WeakKeyDictionary()

    def changed(self, before: Snapshot | None, now: Snapshot) -> None:
        """The tables say something else than before; None: this is the first that we know of them."""
        if before is not None:
            if before.break_until != now.break_until:
                # Who is to be in a side room is told when they are back, who waits when they are let in.
                let_in = [one for one in self._room.callers.values() if self._room.is_admitted(one)]
                self._pause_of(now, [one for one in let_in if self._room.sides.wanted(one) is None])
            self._decided(before, now)
            self._words(before, now)
            self._sides(before, now)
            self._turned(before, now)
            if before.video_away != now.video_away:
                for caller in self._room.callers.values():
                    self.standby(caller, now)
                for leader in self._room.leaders:
                    leader.say("waiting_room")
            if before.topic != now.topic:
                for caller in self._room.callers.values():
                    self._topic(caller, now)
            if before.visits != now.visits:
                for caller in self._room.callers.values():
                    caller.say("waiting_room" if caller.is_leader else "visits")
        door_changed = before is not None and (_door(before), before.guests) != (_door(now), now.guests)
        self.waiting(always=door_changed)

    def newcomer(self, caller: "Caller", now: Snapshot) -> None:
        """All that lasts, to someone who has just come in: what was decided, the topic, a break unless they are in a
        side room, a private word that waits for its answer or has just had it."""
        self._decisions(caller, now)
        self._topic(caller, now)
        if self._room.is_admitted(caller) and caller.side is None:
            self._pause_of(now, [caller])
        word = now.words.get(caller.key)
        if word is not None and (word.answered_at is None or timezone.now() - word.answered_at < ANSWER_LASTS):
            self._word(caller, now)
        self._room.sides.ask(caller)
        self._room.sides.tell_pairs(caller)

    def standby(self, caller: "Caller", now: Snapshot) -> None:
        """That no media server answers, or does again; once, and to nobody who only waits at the door."""
        if now.video_away == self._told_standby.get(caller) or not self._room.is_admitted(caller):
            return
        caller.say("standby", on=now.video_away is not None, address=now.video_away or "")
        if now.video_away is None:
            del self._told_standby[caller]
        else:
            self._told_standby[caller] = now.video_away

    def left(self, caller: "Caller") -> None:
        """They said that they leave, or were sent out: nobody waits for them."""
        self._roster.left(caller.key)

    def overdue(self, now: datetime) -> None:
        """To be called every second: whose line is weak by now, and who has been lost for too long to be told of."""
        weak = {caller.key for caller in self._room.people_in if caller.line.is_weak(now)}
        if weak != self._weak or self._roster.is_due(now):
            self._weak = weak
            self.roster()

    def roster(self) -> None:
        """Who is in, to everyone in; changes of one moment are told together."""
        if not self._roster_is_due:
            self._roster_is_due = True
            self._room.hall.start(self._tell_roster())

    async def _tell_roster(self) -> None:
        await asyncio.sleep(ROSTER_BATCH_SECONDS)
        self._roster_is_due = False
        # Names are read from the tables, so what happened is written before it is told.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._room.hall.inbox.drain(), ROSTER_LATEST_SECONDS)
        snapshot = self._room.snapshot
        order = snapshot.order if snapshot else ()
        present = {
            caller.key: {
                "join": str(caller.join),
                "role": caller.role,
                "mic": caller.line.mic,
                "camera": caller.line.camera,
                "sound_only": caller.sound_only,
                "round": order.index(caller.key) + 1 if caller.key in order else None,
                "line": "weak" if caller.key in self._weak else "",
                **self._room.sides.of(caller),
                **self._room.together.of(caller),
            }
            for caller in self._room.people_in
        }
        moving = [caller.key for caller in self._room.callers.values() if caller.is_moving]
        people = self._roster.told(present, timezone.now(), moving)
        turn = snapshot.turn if snapshot else None
        waits_for = _waits_for(snapshot, people) if snapshot else []
        for caller in self._room.people_in:
            seen = self._room.sides.as_seen(people, caller)
            leads = (
                {} if turn is None or not caller.is_leader else {"turn_of": str(order[turn]), "waits_for": waits_for}
            )
            caller.say("roster", people=seen, turn=None if turn is None else turn + 1, **leads)
        self._room.encryption.tell()

    def _pause_of(self, now: Snapshot, callers: "Iterable[Caller]") -> None:
        """A break, or its end."""
        until = now.break_until.isoformat() if now.break_until else None
        for caller in list(callers):
            caller.say("break", until=until)

    def _decided(self, before: Snapshot, now: Snapshot) -> None:
        if (before.decided, before.leader_away) != (now.decided, now.leader_away):
            # Who waits is told once they are let in; of the door itself, `waiting` tells them.
            for caller in self._room.callers.values():
                if self._room.has_place(caller):
                    self._decisions(caller, now)
            for leader in self._room.leaders:
                leader.say("waiting_room")
        if (before.order, before.turn) != (now.order, now.turn):
            self.roster()

    def _topic(self, caller: "Caller", now: Snapshot) -> None:
        """What the session works on; a page that shows another one asks for itself anew."""
        caller.say("topic", topic=now.topic)

    def _decisions(self, caller: "Caller", now: Snapshot) -> None:
        """What the leaders decided for everyone, and whether none of them is there."""
        caller.say("room", **asdict(now.decided), leader_away=now.leader_away)

    def _words(self, before: Snapshot, now: Snapshot) -> None:
        """Leaders: a private word came or was answered. Its patient: where it stands. Nobody else learns of it."""
        if before.words != now.words:
            for leader in self._room.leaders:
                leader.say("waiting_room")
            for caller in self._room.callers.values():
                if before.words.get(caller.key) != now.words.get(caller.key):
                    self._word(caller, now)

    def _sides(self, before: Snapshot, now: Snapshot) -> None:
        """Patients: asked to a side room, or not. Leaders: where everyone is, and that someone would rather stay."""
        if before.sides == now.sides:
            return
        for caller in self._room.callers.values():
            if before.sides.asked(caller.key) != now.sides.asked(caller.key):
                self._room.sides.ask(caller)
            if before.sides.until != now.sides.until:
                self._room.sides.tell_pairs(caller)
        for leader in self._room.leaders:
            leader.say("waiting_room")
            for room in before.sides.rooms:
                if room.id in now.sides.declined and room.by == leader.key:
                    leader.say("aside_declined", to=room.kind)
        self.roster()

    def _turned(self, before: Snapshot, now: Snapshot) -> None:
        """Those in a talk at the door: that they go back to the group from it, or to the waiting room after all."""
        for caller in self._room.people_in:
            if caller.side and self._room.sides.kind(caller.side, before) != self._room.sides.kind(caller.side, now):
                caller.say("side", **self._room.sides.told(caller))

    def _word(self, caller: "Caller", now: Snapshot) -> None:
        word = now.words.get(caller.key)
        if word is not None:
            by = self._room.callers.get(word.by) if word.by else None
            caller.say("word", word=word.kind, answer=word.answer, who=str(by.join) if by and by.join else "")

    def waiting(self, *, always: bool = False) -> None:
        """Who waits, and at which place, when that has changed. Only patients stand in a row; who came on another page,
        or on the same one anew, also hears whether they are asked to a talk."""
        room, snapshot = self._room, self._room.snapshot
        if snapshot is None:  # nobody was told yet that they wait
            return
        waiting = sorted(
            (key for key, caller in room.callers.items() if room.stands_at_door(caller)),
            key=lambda key: room.knocked.get(key, timezone.now()),
        )
        sockets = tuple(id(room.callers[key]) for key in waiting)
        if sockets != self._told_waiting or always:
            told, self._told_waiting = self._told_waiting, sockets
            row = [key for key in waiting if room.callers[key].role == "patient"]
            for key in waiting:
                place = row.index(key) + 1 if key in row else None
                guests = kept_from(snapshot.guests, key) if key in row and snapshot.is_open else []
                room.callers[key].say("waiting", place=place, guests=guests, **_door(snapshot))
                if key in row and id(room.callers[key]) not in told:
                    room.sides.ask(room.callers[key])
            for leader in room.leaders:
                leader.say("waiting_room")
