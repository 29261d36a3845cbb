"""What people in the room do with each other that is of the moment. Nothing of it is kept, and nothing is logged."""

import time
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from stepdown.live.domain import messages
from stepdown.live.domain.hands import Hands, moment
from stepdown.live.domain.messages import Allowance

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller
    from stepdown.live.server.room import LiveRoom


def _lines() -> Allowance:
    return Allowance(time.monotonic, at_once=messages.LINES_AT_ONCE, per_second=messages.LINES_PER_SECOND)


def _reactions() -> Allowance:
    return Allowance(time.monotonic, at_once=messages.REACTIONS_AT_ONCE, per_second=messages.REACTIONS_PER_SECOND)


class Together:
    """One for each room: raised hands and turns, what leaders ask of one person, reactions, lines of the chat."""

    def __init__(self, room: "LiveRoom") -> None:
        self._room = room
        self._hands = Hands()
        self._lines: defaultdict[UUID, Allowance] = defaultdict(_lines)
        self._reactions: defaultdict[UUID, Allowance] = defaultdict(_reactions)

    def hear(self, caller: "Caller", message: dict[str, Any]) -> None:
        """One message of messages.TOGETHER; from someone who waits at the door it means nothing, but that a line of the
        chat is given back; and from who is talked with there a raised hand means nothing."""
        if not self._room.has_place(caller):
            if message["t"] == "chat":
                caller.say("unsaid", why="closed")
            return
        match message["t"]:
            case "hand" if self._room.is_admitted(caller):  # also while their line is made anew
                self._hand(caller, message)
            case "reply":
                for leader in self._room.leaders:
                    leader.say("replied", who=str(caller.join), what=message["what"], yes=message["yes"])
            case "react":
                self._react(caller, message["word"])
            case "chat":
                self._chat(caller, message["text"])

    def lead(self, leader: "Caller", message: dict[str, Any]) -> None:
        """One message of messages.LEAD_TOGETHER from a leader; about someone who is gone it means nothing."""
        someone = self._room.with_join(message["who"])
        if someone is None:
            return
        match message["t"]:
            case "hand_down":
                self.left(someone)
            case "give_turn":
                self.left(someone)
                self._tell_beside(someone, "turn", who=message["who"])
            case "ask":
                someone.say("asked", what=message["what"], who=str(leader.join))

    def _tell_beside(self, someone: "Caller", kind: str, **fields: Any) -> None:
        """To everyone in the same room as this person: what is said in a side room stays in it."""
        for caller in self._room.beside(someone):
            caller.say(kind, **fields)

    def _react(self, caller: "Caller", word: str) -> None:
        """A reaction too many is left out without a word; the page offers none so soon."""
        if caller.join and not self._room.is_paused and self._reactions[caller.key].take():
            self._tell_beside(caller, "reaction", who=str(caller.join), word=word)

    def _chat(self, caller: "Caller", text: str) -> None:
        """Passed on to those who are in now, and forgotten. Source: RULE PRIV-39."""
        if not (caller.join and self._room.is_chat_open):
            caller.say("unsaid", why="closed")
        elif not self._lines[caller.key].take():
            caller.say("unsaid", why="slow")
        else:
            self._tell_beside(caller, "chat", who=str(caller.join), text=text.strip())

    def _hand(self, caller: "Caller", message: dict[str, Any]) -> None:
        """Always answered, so that the page knows that it was heard."""
        since = datetime.fromtimestamp(message["since"] / 1000, UTC) if "since" in message else None
        if message["up"]:
            has_changed = self._hands.up(caller.key, timezone.now(), since)
        else:
            has_changed = self._hands.down(caller.key)
        caller.say("hand", since=self.of(caller)["hand"])
        if has_changed:
            self._room.tell.roster()

    def left(self, caller: "Caller") -> None:
        """Lowers the hand of someone who has left or has the turn."""
        if self._hands.down(caller.key):
            caller.say("hand", since=None)
            self._room.tell.roster()

    def of(self, caller: "Caller") -> dict[str, Any]:
        """What the roster tells of one person: since when the hand is up, in milliseconds, or null."""
        since = self._hands.since(caller.key)
        return {"hand": moment(since) if since else None}
