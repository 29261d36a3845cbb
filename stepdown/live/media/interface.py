"""What the room needs of a media server, so that another one is a setting and not a rewrite.

Rooms and people are known to it by opaque ids only: a session's id and a join's id.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

Jsep = dict[str, str]  # {"type": "offer" | "answer", "sdp": …}
Candidate = dict[str, Any] | None  # as browsers give it; None: there are no more
Held = dict[str, Any]  # plain JSON; what a later process needs to go on with a line. Whoever holds it holds the line


class MediaFailed(Exception):
    """The media server did not do what it was asked; `str()` is technical and holds no names."""


class MediaGone(MediaFailed):
    """The media server, or this person's line to it, is no longer there."""


async def _ignore(*_: Any) -> None:
    """The default for what happens on the other side."""


def _go_on() -> None:
    """The default for whoever keeps nothing."""


@dataclass
class Happenings:
    """What a peer tells, as it happens. Each is awaited before the next one of the same peer is told.

    offer(jsep, feeds): a new description of all there is to see and hear; feeds maps its mids to join ids.
    talking(join, on): began or stopped to speak. lost(): the person has no line any more, or was put out; told once.
    changing(): what `Peer.held` gave is true no more. Called before the change is asked for, and not awaited.
    """

    offer: Callable[[Jsep, dict[str, str]], Awaitable[None]] = _ignore
    talking: Callable[[str, bool], Awaitable[None]] = _ignore
    lost: Callable[[], Awaitable[None]] = _ignore
    changing: Callable[[], None] = _go_on


class Peer(Protocol):
    """One person in one room: what they send, and all that they see and hear; newcomers are added by themselves."""

    async def publish(self, offer: Jsep) -> Jsep:
        """Sends, or changes what is sent. Returns the answer. Raises MediaFailed."""

    async def answer(self, answer: Jsep) -> None:
        """The person's answer to the last offer. Raises MediaFailed."""

    async def trickle(self, direction: str, candidate: Candidate) -> None:
        """A network address of the person; direction is "out" or "in". Raises MediaFailed."""

    async def unseen(self, joins: set[str]) -> None:
        """Pictures of these people are not passed on to this person, all others are; also of who comes later.
        Raises MediaFailed."""

    def held(self) -> Held | None:
        """What `MediaServer.resume` needs; None while the line is between two states that nobody could go on from."""

    async def let_go(self) -> None:
        """Lets go of the line without ending it: sound and picture go on until `resume`, or for half a minute."""

    async def close(self) -> None:
        """Takes the person out. Never raises; does nothing the second time."""


class MediaServer(Protocol):
    """One media server with its rooms."""

    name: str
    is_ready: bool

    async def run(self, on_ready: Callable[[], Awaitable[None]], on_gone: Callable[[], Awaitable[None]]) -> None:
        """Keeps the line to the server until cancelled. `on_ready` is called at first and whenever it is back,
        `on_gone` at each of its deaths; it is looked for again once that has returned."""

    async def make_room(self, room: str) -> None:
        """Makes the room, or leaves it as it is. Raises MediaFailed."""

    async def destroy_room(self, room: str) -> None:
        """Puts everyone out and removes the room. Raises MediaFailed."""

    async def who_is_in(self, room: str) -> set[str]:
        """Join ids; empty when there is no such room. Raises MediaFailed."""

    async def put_out(self, room: str, join: str) -> None:
        """Puts one person out at once, with all that they see and hear. Raises MediaFailed."""

    async def mute(self, room: str, join: str, mid: str, *, on: bool) -> None:
        """Lets nobody hear that line of the person, or lets them hear it again. Raises MediaFailed."""

    async def join(self, room: str, join: str, happenings: Happenings) -> Peer:
        """Brings one person in under that id. Raises MediaFailed."""

    async def resume(self, room: str, join: str, held: Held, happenings: Happenings) -> tuple[Peer, bool]:
        """Goes on with a line that an earlier process let go of or died with: what the person sends, and perhaps what
        they receive. Returns whether that goes on too; else it is offered anew. Raises MediaFailed when all is over."""
