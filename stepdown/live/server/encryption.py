"""What the pages of an encrypted room tell each other: public keys, and sender keys that only their receiver can read.

Nothing of it is kept in tables or logged, and nothing here could open a picture or a sound. Source: docs/adr/0010.
"""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from stepdown.live.server.holding import HeldLine

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller
    from stepdown.live.server.room import LiveRoom


class Encryption:
    """One for each room; in a room that is not encrypted it does nothing."""

    def __init__(self, room: "LiveRoom") -> None:
        self._room = room
        self._keys: WeakKeyDictionary[Caller, str] = WeakKeyDictionary()
        self._before: WeakKeyDictionary[Caller, HeldLine] = WeakKeyDictionary()
        self._told: WeakKeyDictionary[Caller, tuple[str, dict[str, str]]] = WeakKeyDictionary()

    def key_of(self, caller: "Caller") -> str:
        """The public key of this person's page; empty until it tells one."""
        return self._keys.get(caller, "")

    def comes_back(self, caller: "Caller", held: HeldLine) -> None:
        """A page is about to go on with the line it had before a restart."""
        self._keys[caller], self._before[caller] = held.public_key, held

    def hear(self, caller: "Caller", message: dict[str, Any]) -> None:
        """One message of messages.ENCRYPTION. Who is not in the same room, main or side, gets none of it."""
        if caller.join is None or not self._room.is_encrypted:
            return
        match message["t"]:
            case "public_key":
                self._keys[caller] = message["key"]
                self.tell()
            case "sender_key":
                for one in self._room.beside(caller):
                    if (wrapped := message["to"].get(str(one.join))) is not None:
                        one.say("sender_key", who=str(caller.join), wrapped=wrapped)
            case "key_wanted":
                for one in self._room.beside(caller):
                    if str(one.join) == message["who"]:
                        one.say("key_wanted", who=str(caller.join))

    def tell(self) -> None:
        """The public keys in each person's room, to whoever was last told others."""
        if not self._room.is_encrypted:
            return
        for caller in self._room.people_in:
            keys = self._waited_for(caller.media_room)
            keys |= {str(one.join): self.key_of(one) for one in self._room.beside(caller) if self.key_of(one)}
            told = (str(caller.join), keys)
            if self.key_of(caller) and self._told.get(caller) != told:
                self._told[caller] = told
                caller.say("public_keys", keys=keys)

    def _waited_for(self, room: str) -> dict[str, str]:
        """{join: public key} of those whose pictures go on after a restart while they come back: they count as there,
        so that nobody takes a new key because of them."""
        coming = [held for caller, held in self._before.items() if caller.join is None and not caller.is_over]
        return {
            held.join: held.public_key
            for held in [*self._room.hall.holding.held_in(room), *coming]
            if held.public_key and held.room == room
        }
