"""What people in the room do with each other that is of the moment. Nothing of it is kept, and nothing is logged."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from stepdown.live.domain.hands import Hands

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller
    from stepdown.live.server.room import LiveRoom


class Together:
    """One for each room: raised hands and whose turn it is."""

    def __init__(self, room: "LiveRoom") -> None:
        self._room = room
        self._hands = Hands()

    def hear(self, caller: "Caller", message: dict[str, Any]) -> None:
        """One message of messages.TOGETHER; from someone who waits at the door it means nothing."""
        if not self._room.is_admitted(caller):
            return
        match message["t"]:
            case "hand":  # also while their line is made anew
                self._hand(caller, message)

    def lead(self, message: dict[str, Any]) -> None:
        """One message of messages.LEAD_TOGETHER from a leader; about someone who is gone it means nothing."""
        someone = self._room.with_join(message["who"])
        if someone is None:
            return
        match message["t"]:
            case "hand_down":
                self.left(someone)
            case "give_turn":
                self.left(someone)
                for caller in self._room.people_in:
                    caller.say("turn", who=message["who"])

    def _hand(self, caller: "Caller", message: dict[str, Any]) -> None:
        if not message["up"]:
            self.left(caller)
            return
        since = datetime.fromtimestamp(message["since"] / 1000, UTC) if "since" in message else None
        if self._hands.up(caller.key, timezone.now(), since):
            self.greet(caller)
            self._room.tell_roster()

    def left(self, caller: "Caller") -> None:
        """Lowers the hand of someone who says so, has left, or has the turn."""
        if self._hands.down(caller.key):
            caller.say("hand", since=None)
            self._room.tell_roster()

    def greet(self, caller: "Caller") -> None:
        """Tells someone who comes in, perhaps again, that their hand is up."""
        if (since := self.of(caller)["hand"]) is not None:
            caller.say("hand", since=since)

    def of(self, caller: "Caller") -> dict[str, Any]:
        """What the roster tells of one person: since when the hand is up, in milliseconds, or null."""
        since = self._hands.since(caller.key)
        return {"hand": int(since.timestamp() * 1000) if since else None}
