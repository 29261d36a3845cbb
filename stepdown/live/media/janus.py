"""Janus behind the interface: one control line for rooms, and a line of its own for each person.

Source: Janus documentation, "VideoRoom plugin"; measured on release 1.1.2. Two habits of it shape this file: a kick
ends the publisher only, unless rooms are made with `require_pvtid`; and a room without a secret belongs to everybody.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from django.utils.crypto import salted_hmac

from stepdown.live.media.interface import (
    Happenings,
    Held,
    MediaFailed,
    MediaGone,
    Peer,
)
from stepdown.live.media.janus_peer import JanusPeer
from stepdown.live.media.named import Named
from stepdown.live.media.wire import JanusError, Message, Wire

NO_SUCH_ROOM, ROOM_EXISTS, NO_SUCH_PERSON = 426, 427, 428
RETRY_SECONDS = 0.05
PEOPLE_LIMIT = 32  # the group's size is the app's business; this only bounds a mistake
BITS_PER_SECOND = 512_000  # for each person's sound and picture


class JanusServer:
    """One Janus."""

    def __init__(self, named: Named) -> None:
        self.name = named.name
        self.is_ready = False
        self._address = named.address
        self._api_secret = named.api_secret
        self._room_key = named.room_key
        self._control: Wire | None = None
        self._handle = 0
        self._rooms: set[str] = set()

    async def run(self, on_ready: Callable[[], Awaitable[None]], on_gone: Callable[[], Awaitable[None]]) -> None:
        """Keeps the control line; a death is noticed when its socket closes."""
        try:
            while True:
                await self._connect()
                await on_ready()
                assert self._control is not None
                await self._control.closed.wait()
                self.is_ready = False
                self._rooms.clear()
                await on_gone()  # first: to close the line to one that hangs takes its time
                await self._control.close()
        finally:
            self.is_ready = False
            if self._control is not None:
                await self._control.close()

    async def _connect(self) -> None:
        while True:
            self._control = Wire(self._address, self._api_secret, lambda *_: None)
            try:
                await self._control.open()
                self._handle = await self._control.attach("control")
            except MediaFailed:
                await self._control.close()
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self.is_ready = True
                return

    async def _ask(self, body: Message) -> Message:
        if self._control is None or not self.is_ready:
            raise MediaGone("the media server is away")
        answer = await self._control.room(self._handle, body)
        data: Message = answer["plugindata"]["data"]
        return data

    async def make_room(self, room: str) -> None:
        with suppress_codes(ROOM_EXISTS):
            await self._ask(
                {
                    "request": "create",
                    "room": room,
                    "admin_key": self._room_key,
                    "secret": secret_of(room),
                    "pin": pin_of(room),
                    "is_private": True,
                    "require_pvtid": True,
                    "permanent": False,
                    "record": False,
                    "lock_record": True,
                    "publishers": PEOPLE_LIMIT,
                    "bitrate": BITS_PER_SECOND,
                    "audiocodec": "opus",
                    "videocodec": "vp8",
                    "opus_fec": True,
                    # Who speaks, by the mean of 0.2 seconds. Over a longer time the pauses of speech outweigh it; and
                    # half a second of silence takes ten, since a browser then sends a packet in 0.4 (usedtx=1).
                    "audiolevel_event": True,
                    "audio_active_packets": 10,
                    "audio_level_average": 55,
                }
            )
        self._rooms.add(room)

    async def destroy_room(self, room: str) -> None:
        # Janus had races when a room goes while people are in it: first everybody, then the room.
        for join in await self.who_is_in(room):
            await self.put_out(room, join)
        for _ in range(50):
            if not await self.who_is_in(room):
                break
            await asyncio.sleep(0.02)
        with suppress_codes(NO_SUCH_ROOM):
            await self._ask({"request": "destroy", "room": room, "secret": secret_of(room), "permanent": False})
        self._rooms.discard(room)

    async def who_is_in(self, room: str) -> set[str]:
        return {str(person["id"]) for person in await self._participants(room)}

    async def _participants(self, room: str) -> list[Message]:
        try:
            data = await self._ask({"request": "listparticipants", "room": room})
        except JanusError as error:
            if error.code != NO_SUCH_ROOM:
                raise
            return []
        found: list[Message] = data["participants"]
        return found

    async def put_out(self, room: str, join: str) -> None:
        with suppress_codes(NO_SUCH_ROOM, NO_SUCH_PERSON):
            await self._ask({"request": "kick", "room": room, "secret": secret_of(room), "id": join})

    async def mute(self, room: str, join: str, mid: str, *, on: bool) -> None:
        body = {"request": "moderate", "room": room, "secret": secret_of(room), "id": join, "mid": mid, "mute": on}
        with suppress_codes(NO_SUCH_ROOM, NO_SUCH_PERSON):
            await self._ask(body)

    async def join(self, room: str, join: str, happenings: Happenings) -> Peer:
        if not self.is_ready:
            raise MediaGone("the media server is away")
        if room not in self._rooms:
            await self.make_room(room)
        peer = JanusPeer(room=room, pin=pin_of(room), join=join, happenings=happenings)
        try:
            await peer.open(self._address, self._api_secret)
        except MediaFailed:
            await peer.close()
            raise
        return peer

    async def resume(self, room: str, join: str, held: Held, happenings: Happenings) -> tuple[Peer, bool]:
        async def publishing() -> set[str]:
            return {str(person["id"]) for person in await self._participants(room) if person["publisher"]}

        peer = JanusPeer(room=room, pin=pin_of(room), join=join, happenings=happenings)
        try:
            receives_on = await peer.resume(self._address, self._api_secret, held, publishing)
        except MediaFailed:
            await peer.close()
            raise
        return peer, receives_on


def secret_of(room: str) -> str:
    """Whoever knows it may change the room. Derived, so that it is stored nowhere."""
    return salted_hmac("stepdown.live.room-secret", room, algorithm="sha256").hexdigest()


def pin_of(room: str) -> str:
    """Needed to come in."""
    return salted_hmac("stepdown.live.room-pin", room, algorithm="sha256").hexdigest()


class suppress_codes(suppress):  # noqa: N801  # reads as a sentence, like its parent
    """Lets these refusals of Janus pass: what was asked for is already so."""

    def __init__(self, *codes: int) -> None:
        super().__init__(JanusError)
        self._codes = codes

    def __exit__(self, kind, error, trace) -> bool:
        return isinstance(error, JanusError) and error.code in self._codes
