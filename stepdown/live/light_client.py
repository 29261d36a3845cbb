"""Light people for the room: the real protocol and real WebRTC without a browser, about a fiftieth of its cost.

They send a prepared clip (VP8, Opus) and count what arrives by whom it is from, without decrypting or decoding it.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pylibsrtp
from aiortc import RTCConfiguration, RTCIceServer, RTCIceTransportPolicy, RTCPeerConnection, RTCSessionDescription
from aiortc.exceptions import InvalidStateError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.protocol import State
from websockets.typing import Origin

from stepdown.live.clips import Clip

Message = dict[str, Any]
BEAT_SECONDS = 5.0
LAST_WORDS = frozenset({"moved", "sent_out", "signed_out", "ended"})  # after which a page does not come back by itself


class _Counter:
    """Stands where packets would be decrypted, and counts them by their source instead."""

    def __init__(self, real: Any, packets: dict[int, int], frames: dict[int, int]) -> None:
        self._real, self._packets, self._frames = real, packets, frames

    def unprotect(self, data: bytes) -> bytes:
        source = int.from_bytes(data[8:12], "big")
        self._packets[source] += 1
        self._frames[source] += data[1] >> 7  # the marker ends a frame of video
        raise pylibsrtp.Error(0)

    def unprotect_rtcp(self, data: bytes) -> bytes:
        return self._real.unprotect_rtcp(data)


async def _nothing(*_: Any) -> None:
    """Receivers would start a thread for each decoder."""


class LightPerson:
    """One person in the room. `ticket` makes a fresh ticket; `comes_back` does what the page does after a lost socket.

    After `start`: `said` holds every message from the server, `join` the own join while in, `feeds` {mid: join} of
    all that is received; `packets_from(join)` and `frames_from(join)` count since the beginning.
    """

    def __init__(
        self, *, url: str, origin: str, ticket: Callable[[], str], mic: bool = True, camera: bool = True,
        comes_back: bool = False, data_channel: bool = False, relay: str = "",
    ) -> None:  # fmt: skip
        self.url, self.origin, self._ticket = url, Origin(origin), ticket
        self.mic, self.camera, self.comes_back = mic, camera, comes_back
        self.data_channel = data_channel  # asks for what the room does not have
        self.relay = relay  # address of the one way that is open, as browsers are told of it; empty: every way is
        self.said: list[Message] = []
        self.moments: list[tuple[datetime, str]] = []  # when they were "in", "resumed" on the same line, "out", "dark"
        self.join: str | None = None
        self._page, self._has_entered = str(uuid4()), False
        self._was: str | None = None  # the last join, whose sound and picture may go on without the socket
        self.feeds: dict[str, str] = {}
        self.close_code: int | None = None
        self.is_turned_away = False  # the socket did not open at all
        self.is_silent = False  # no heartbeat any more, as when a phone is frozen
        self._awake = asyncio.Event()
        self._awake.set()
        self.out: RTCPeerConnection | None = None
        self._in: RTCPeerConnection | None = None
        self._socket: ClientConnection | None = None
        self._packets: dict[int, int] = defaultdict(int)
        self._frames: dict[int, int] = defaultdict(int)
        self._source_of: dict[int, str] = {}
        self._pictures: set[int] = set()  # sources that are of a picture
        self._tasks: list[asyncio.Task[None]] = []
        self.is_stopped = False

    @property
    def is_connected(self) -> bool:
        return self._socket is not None and self._socket.state is State.OPEN

    async def start(self) -> None:
        """Opens the socket and shows the ticket; what follows happens by itself."""
        self._tasks = [asyncio.create_task(self._live()), asyncio.create_task(self._beat())]

    async def stop(self) -> None:
        """Leaves as a closed tab does."""
        self.is_stopped = True
        self._awake.set()
        if self._socket is not None:
            await self._socket.close()
        living, beating = self._tasks
        beating.cancel()
        await living

    async def say(self, kind: str, **fields: Any) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps({"t": kind, **fields}))

    async def say_text(self, text: str) -> None:
        """Whatever it is, also what breaks the protocol."""
        assert self._socket is not None
        await self._socket.send(text)

    async def say_if_open(self, kind: str, **fields: Any) -> None:
        """For whoever may just be closed: what they were told last is still read."""
        with suppress(ConnectionClosed):
            await self.say(kind, **fields)

    async def cut(self) -> None:
        """The socket breaks without a word."""
        assert self._socket is not None
        self._socket.transport.abort()

    def lose_line(self) -> None:
        """No packet of ours reaches the media server any more, while the socket lives on."""
        assert self.out is not None
        for sender in self.out.getSenders():
            ice: Any = sender.transport.transport
            ice._send = ice._connection.send = _nothing

    def is_out(self, word: str = "out") -> None:
        """Not in the room any more, as far as this side can tell; "dark": until a new line is made."""
        self._was = self.join or self._was
        self.join = None
        self.moments.append((datetime.now(UTC), word))

    async def go_dark(self) -> None:
        """The network swallows sound and picture, and the socket lives on."""
        self.lose_line()
        self.is_out("dark")

    async def freeze(self, after: float) -> None:
        """As when a phone hangs, so many seconds after its last sign of life: it sends and does nothing any more."""
        await self.say_if_open("beat")
        await asyncio.sleep(after)
        self.is_silent, self.comes_back = True, False
        await self.go_dark()

    async def crash(self) -> None:
        """As when the browser is killed: the socket breaks, and nothing more is sent."""
        self.comes_back = False
        await self.go_dark()
        await self.cut()

    def comes_later(self) -> None:
        """As when the page is slow: a socket that breaks is opened again only after `comes_now`."""
        self._awake.clear()

    async def comes_now(self) -> None:
        self._awake.set()

    async def sleep(self) -> None:
        """As when the laptop is closed: it sends and does nothing, until it wakes."""
        self.is_silent = True
        self._awake.clear()
        await self.go_dark()

    async def wake(self) -> None:
        """As when it is opened again: the page sees how late it is, and comes back by itself."""
        self.is_silent = False
        self._awake.set()
        await self.cut()

    def heard(self, kind: str) -> list[Message]:
        return [message for message in self.said if message["t"] == kind]

    # Whoever counts may do so from another thread than that in which packets arrive: a list is taken in one step.

    def packets_from(self, join: str) -> int:
        return sum(count for source, count in list(self._packets.items()) if self._source_of.get(source) == join)

    def sounds_from(self, join: str) -> int:
        return sum(
            count
            for source, count in list(self._packets.items())
            if self._source_of.get(source) == join and source not in self._pictures
        )

    def frames_from(self, join: str) -> int:
        return sum(
            count
            for source, count in list(self._frames.items())
            if self._source_of.get(source) == join and source in self._pictures
        )

    def _told_of(self, join: str | None) -> Message:
        """What the last roster tells of that person; empty when they are not in."""
        rosters = self.heard("roster")
        people = rosters[-1]["people"] if rosters else []
        return next((person for person in people if person["join"] == join), {})

    def mic_of(self, join: str | None) -> bool | None:
        """Whether that person's microphone is on, as last told; None when they are not in."""
        return self._told_of(join).get("mic")

    def line_of(self, join: str | None) -> str | None:
        """How that person's line is, as last told: "", "weak" or "lost"; None when they are not in."""
        return self._told_of(join).get("line")

    def stand(self) -> str:
        """For whoever looks for a fault: the join, how the socket ended, and what was heard last, but no beats."""
        last = [message for message in self.said if message["t"] not in ("beat", "offer", "published")][-6:]
        living = self._tasks[0]
        ended = f"ended by {living.exception()!r}" if living.done() and not living.cancelled() else "goes on"
        lines = [pc and (pc.connectionState, pc.signalingState) for pc in (self.out, self._in)]
        return (
            f"join {self.join}, was {self._was}, closed {self.close_code}, {ended}, sends and receives {lines}, feeds"
            f" {sorted(self.feeds.values())}, last moments {self.moments[-4:]}, heard {last}"
        )

    @property
    def is_open(self) -> bool:
        """Whether the socket has been opened at all."""
        return self._socket is not None

    @property
    def is_sending(self) -> bool:
        """Whether the line for what they send is up."""
        return self.out is not None and self.out.connectionState == "connected"

    @property
    def packets(self) -> int:
        return sum(self._packets.values())

    async def _live(self) -> None:
        while not self.is_stopped:
            try:
                async with connect(self.url, origin=self.origin, compression=None, max_size=None) as self._socket:
                    ticket = await asyncio.get_running_loop().run_in_executor(None, self._ticket)
                    was = {"was": self._was} if self._was and self._in else {}
                    page = {"page": self._page, "again": self._has_entered}
                    device = {"audio": self.mic, "video": self.camera}
                    await self.say("enter", ticket=ticket, device=device, **page, **was)
                    self._has_entered = True
                    async for text in self._socket:
                        await self._hear(json.loads(text))
                self.close_code = self._socket.close_code
            except InvalidStatus:
                self.is_turned_away = True
            except (ConnectionClosed, OSError):
                pass
            except InvalidStateError:  # the line was closed while it was answered
                assert self._socket is not None
                await self._socket.close()
            self.is_out()
            if self._socket is not None:
                self.close_code = self._socket.close_code
            await self._awake.wait()
            is_over = self.close_code == 1000 or (self.said and self.said[-1]["t"] in LAST_WORDS)
            if not self.comes_back or is_over:
                await self._close_media()
                return
            await asyncio.sleep(0.2)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            if self._socket is not None and not self.is_silent:
                with suppress(ConnectionClosed):
                    await self.say("beat")

    async def _hear(self, message: Message) -> None:
        self.said.append(message)
        if self.is_silent:
            return
        match message["t"]:
            case "in":
                self.join = message["you"]
                self.moments.append((datetime.now(UTC), "resumed" if message["goes_on"] else "in"))
                await self._close_media(but=message["goes_on"])
                if message["goes_on"]:
                    return
                if self.mic or self.camera:
                    await self._publish()
            case "published":
                assert self.out is not None
                await self.out.setRemoteDescription(RTCSessionDescription(**message["jsep"]))
            case "offer":
                await self._answer(message)
            case "muted":  # what a page does, so that the server knows that it was heard
                await self.say_if_open("media", mic=False, camera=self.camera)
            case "again" | "moved" | "sent_out" | "signed_out" | "ended":
                self.is_out()
                await self._close_media()

    def _ways(self) -> RTCConfiguration:
        if not self.relay:
            return RTCConfiguration(iceServers=[])
        told = next(server for server in self.heard("in")[-1]["ice"] if self.relay in server["urls"])
        server = RTCIceServer(urls=self.relay, username=told["username"], credential=told["credential"])
        return RTCConfiguration(iceServers=[server], iceTransportPolicy=RTCIceTransportPolicy.RELAY)

    async def _publish(self) -> None:
        self.out = RTCPeerConnection(self._ways())
        for kind, is_on in (("audio", self.mic), ("video", self.camera)):
            if is_on:
                self.out.addTransceiver(Clip(kind), direction="sendonly")
        if self.data_channel:
            self.out.createDataChannel("JanusDataChannel")
        await self.out.setLocalDescription(await self.out.createOffer())
        await self.say_if_open("publish", jsep={"type": "offer", "sdp": self.out.localDescription.sdp})
        await self.say_if_open("media", mic=self.mic, camera=self.camera)

    async def _answer(self, message: Message) -> None:
        self.feeds = message["feeds"]
        if self._in is None:
            self._in = RTCPeerConnection(self._ways())
            self._in.on("connectionstatechange", self._count)
        pc = self._in
        sdp = message["jsep"]["sdp"]
        self._note_sources(sdp)
        await pc.setRemoteDescription(RTCSessionDescription(**message["jsep"]))
        for transceiver in pc.getTransceivers():
            receiver: Any = transceiver.receiver
            receiver.receive = _nothing
        await pc.setLocalDescription(await pc.createAnswer())
        await self.say_if_open("answer", jsep={"type": "answer", "sdp": pc.localDescription.sdp})
        self._count()

    def _note_sources(self, sdp: str) -> None:
        mid = kind = ""
        sources: list[int] = []
        for line in [*sdp.splitlines(), "m="]:
            if line.startswith("m="):
                for source in sources:
                    if mid in self.feeds:
                        self._source_of[source] = self.feeds[mid]
                    if kind == "video":
                        self._pictures.add(source)
                mid, kind, sources = "", line[len("m=") :].split(" ")[0], []
            elif line.startswith("a=mid:"):
                mid = line[len("a=mid:") :]
            elif line.startswith("a=ssrc:"):
                sources.append(int(line[len("a=ssrc:") :].split(" ")[0]))

    def _count(self) -> None:
        if self._in is not None and self._in.connectionState == "connected":
            for transceiver in self._in.getTransceivers():
                dtls: Any = transceiver.receiver.transport
                if dtls._rx_srtp and not isinstance(dtls._rx_srtp, _Counter):
                    dtls._rx_srtp = _Counter(dtls._rx_srtp, self._packets, self._frames)

    async def lose_media(self) -> None:
        """Both lines are closed, as by a tab that goes; the socket stays."""
        await self._close_media()

    async def _close_media(self, but: Sequence[str] = ()) -> None:
        old = []
        if "sends" not in but:
            old.append(self.out)
            self.out = None
        if "receives" not in but:
            old.append(self._in)
            self._in, self.feeds = None, {}
        for pc in old:
            if pc is not None:
                await pc.close()
