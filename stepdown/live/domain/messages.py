"""What a browser may say to the live process. Anything else is refused with a sentence."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from stepdown.live.domain.refusals import Reason, Refused

MESSAGE_LIMIT = 300 * 1024  # characters; an answer for a full room of browsers is about a fifth of it
# Messages at once, and on average. A join trickles about 20; over 100 on a computer that is in ten networks, with
# relays reached from each; and a line may have to be made anew at once.
BURST, PER_SECOND = 300, 15

COMINGS_AT_ONCE, COMINGS_PER_SECOND = 8, 0.5  # of one person, on all devices
CANDIDATE = frozenset({"candidate", "sdpMid", "sdpMLineIndex", "usernameFragment"})  # of RTCIceCandidate.toJSON
COUNT_LIMIT = 2**53  # up to which browsers count in whole numbers; endless and no number are beyond it
PEOPLE_LIMIT = 32  # in one room, at the very most
LINE_LIMIT = 500  # characters of one line in the group's chat
LINES_AT_ONCE, LINES_PER_SECOND = 5, 0.5
NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, halves of signs, ends of lines and paragraphs
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # would turn the direction of a line
REACTIONS = ("with_you", "me_too", "thank_you", "take_time")
REACTIONS_AT_ONCE, REACTIONS_PER_SECOND = 2, 0.25
PUBLIC_KEY = re.compile(r"[A-Za-z0-9+/]{87}=")  # the 65 bytes of a point on P-256, as base64
WRAPPED_KEY = re.compile(r"[A-Za-z0-9+/]{83}=")  # 62 bytes that only its receiver can read; see static/live/ciphers.js


Check = Callable[[Any], bool]


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _id(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _ids(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= PEOPLE_LIMIT and all(_id(one) for one in value)


def _minutes(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 60


def _ticket(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 1000


def _jsep(kind: str) -> Check:
    return lambda value: (
        isinstance(value, dict)
        and value.get("type") == kind
        and isinstance(value.get("sdp"), str)
        and set(value) <= {"type", "sdp"}
    )


def _candidate(value: Any) -> bool:
    if value is None:
        return True
    if not isinstance(value, dict) or not set(value) <= CANDIDATE:
        return False
    return isinstance(value.get("candidate"), str) and all(
        part is None
        or (isinstance(part, int) and 0 <= part < 1000)
        or (isinstance(part, str) and len(part) <= 500 and part.isascii() and part.isprintable())
        for part in value.values()
    )


def _flags(value: Any) -> bool:
    return isinstance(value, dict) and len(value) <= 4 and all(isinstance(part, bool) for part in value.values())


def _counts(value: Any) -> bool:
    return value is None or (
        isinstance(value, dict)
        and len(value) <= 8
        and all(isinstance(part, int | float) and abs(part) <= COUNT_LIMIT for part in value.values())
    )


def _moment(value: Any) -> bool:
    """Milliseconds since 1970, as browsers count; up to the year 2100."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 4_102_444_800_000


def _device(value: Any) -> bool:
    return value in ("mic", "camera")


def _reaction(value: Any) -> bool:
    return value in REACTIONS


def _line(value: Any) -> bool:
    """One line of plain text that says something; also of signs that this Python does not know yet, as a new emoji."""
    return (
        isinstance(value, str)
        and len(value.strip()) > 0
        and len(value) <= LINE_LIMIT
        and not any(unicodedata.category(sign) in NO_TEXT or sign in TURNS for sign in value)
    )


def _public_key(value: Any) -> bool:
    return isinstance(value, str) and PUBLIC_KEY.fullmatch(value) is not None


def _wrapped_keys(value: Any) -> bool:
    """{join: wrapped key}."""
    return (
        isinstance(value, dict)
        and 0 < len(value) <= PEOPLE_LIMIT
        and all(_id(join) for join in value)
        and all(isinstance(key, str) and WRAPPED_KEY.fullmatch(key) for key in value.values())
    )


def _direction(value: Any) -> bool:
    return value in ("out", "in")


# kind -> (needed fields, fields that may be there)
FOR_ALL: Mapping[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "enter": ({"ticket": _ticket}, {"device": _flags, "was": _id, "page": _id, "again": _flag}),
    "publish": ({"jsep": _jsep("offer")}, {}),
    "answer": ({"jsep": _jsep("answer")}, {}),
    "trickle": ({"pc": _direction, "candidate": _candidate}, {}),
    "media": ({"mic": _flag, "camera": _flag}, {"sound_only": _flag}),
    "unseen": ({"who": _ids}, {}),
    "beat": ({}, {"media": _counts}),
    "leave": ({}, {"may_return": _flag}),
    "hand": ({"up": _flag}, {"since": _moment}),
    "reply": ({"what": _device, "yes": _flag}, {}),
    "react": ({"word": _reaction}, {}),
    "chat": ({"text": _line}, {}),
    "public_key": ({"key": _public_key}, {}),
    "sender_key": ({"to": _wrapped_keys}, {}),
    "key_wanted": ({"who": _id}, {}),
}
ENCRYPTION = frozenset({"public_key", "sender_key", "key_wanted"})
TOGETHER = frozenset({"hand", "reply", "react", "chat"})  # of the moment, between people in the room
FOR_LEADERS: Mapping[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "let_in": ({"patient": _id}, {}),
    "let_in_all": ({}, {}),
    "mute": ({"who": _id}, {}),
    "send_out": ({"patient": _id}, {}),
    "break_start": ({"minutes": _minutes}, {}),
    "break_end": ({}, {}),
    "end": ({}, {}),
    "hand_down": ({"who": _id}, {}),
    "give_turn": ({"who": _id}, {}),
    "ask": ({"who": _id, "what": _device}, {}),
    "tell_pairs": ({"text": _line}, {}),
}
LEAD_TOGETHER = frozenset({"hand_down", "give_turn", "ask"})


def read(text: str | None, *, is_leader: bool) -> dict[str, Any]:
    """The message as a dict whose `t` and fields are as listed above. Raises Refused."""
    if text is None:
        raise Refused("Messages are text.")
    if len(text) > MESSAGE_LIMIT:
        raise Refused("This message is too long.", Reason.TOO_LONG)
    try:
        message: dict[str, Any] = json.loads(text)
    except (ValueError, RecursionError):  # a million brackets deep
        raise Refused("This message cannot be read.") from None
    kind = message.get("t") if isinstance(message, dict) else None
    if not isinstance(kind, str):
        raise Refused("This message cannot be read.")
    if kind in FOR_LEADERS and not is_leader:
        raise Refused("Only a leader of this group can do that.", Reason.NOT_LEADER)
    fields = FOR_ALL.get(kind) or FOR_LEADERS.get(kind)
    if fields is None:
        raise Refused("This kind of message is not known.")
    needed, possible = fields
    given = set(message) - {"t"}
    if not set(needed) <= given <= set(needed) | set(possible):
        raise Refused("This message has too few or too many parts.")
    if not all((needed.get(name) or possible[name])(message[name]) for name in given):
        raise Refused("A part of this message is not as it should be.")
    return message


class Allowance:
    """How many messages of a kind one browser may still send now. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float], *, at_once: float = BURST, per_second: float = PER_SECOND) -> None:
        self._clock = clock
        self._most, self._per_second = float(at_once), per_second
        self._left = self._most
        self._at = clock()

    def take(self) -> bool:
        """Takes one; False when there is none."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    @property
    def is_full(self) -> bool:
        """Whether nothing was taken for so long that there is no need to remember it."""
        return self._left + (self._clock() - self._at) * self._per_second >= self._most

    def spend(self) -> None:
        """Takes one. Raises Refused when there is none."""
        if not self.take():
            raise Refused("Too many messages at once.", Reason.TOO_MANY)
