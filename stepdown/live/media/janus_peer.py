"""One person's line to Janus: a publisher handle, and one subscriber handle for everyone else in the room.

A subscriber takes one change at a time, and the browser must answer each before the next: newcomers of the same
moment are taken together. Who was put out by force is not taken out of what others receive by the media server: we ask
for it. Source: janus_videoroom.c, `skipped_autoupdate`; seen on release 1.1.2.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

import structlog

from stepdown.live.media.interface import Candidate, Happenings, Held, Jsep, MediaFailed, MediaGone
from stepdown.live.media.wire import JanusError, Message, Wire

log = structlog.get_logger(__name__)

BATCH_SECONDS = 0.03
ANSWER_SECONDS = 20.0  # a browser that does not answer an offer for so long has lost its way
RETRY_SECONDS = 0.2
Asks = Callable[[], Awaitable[set[str]]]
Line = tuple[str, str]  # whose, and the mid they send it under


class JanusPeer:
    """One person in one room, under the id of their join; the opaque ids of its handles name it in the event stream."""

    def __init__(self, *, room: str, pin: str, join: str, happenings: Happenings) -> None:
        self._room, self._pin, self._join = room, pin, join
        self._happenings = happenings
        self._wire: Wire | None = None
        self._publisher = self._subscriber = self._private_id = 0
        self._is_sending = self._is_closed = False
        self._publishing = self._asking = 0  # changes under way of what is sent and what is received
        self._sent: dict[str, set[str]] = {}  # join -> mids of all that others send
        self._unheard: set[str] = set()  # joins that send, we were not told what
        self._taken: set[Line] = set()
        self._offered: dict[str, str] = {}  # mid of what this person receives -> whose it is
        self._unseen: set[str] = set()
        self._pictures: dict[str, str] = {}  # mid of a picture this person receives -> whose it is
        self._passed: dict[str, tuple[str, bool]] = {}  # mid -> (whose, passed on), as the media server was told last
        self._passing = asyncio.Lock()
        self._changed = asyncio.Event()
        self._offers = 0  # made so far
        self._settled = asyncio.Event()  # no offer waits for its answer
        self._settled.set()
        self._queue: asyncio.Queue[tuple[int, Message]] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, address: str, api_secret: str) -> None:
        """Comes into the room, without sending or seeing anything yet. Raises MediaFailed."""
        self._wire = Wire(address, api_secret, lambda handle, message: self._queue.put_nowait((handle, message)))
        await self._wire.open()
        self._publisher = await self._wire.attach(f"out:{self._join}")
        body = {"request": "join", "ptype": "publisher", "room": self._room, "pin": self._pin, "id": self._join}
        joined = (await self._wire.room(self._publisher, body))["plugindata"]["data"]
        self._private_id = joined["private_id"]
        self._note_publishers(joined.get("publishers", []))
        self._begin()

    async def resume(self, address: str, api_secret: str, held: Held, publishing: Asks) -> bool:
        """Goes on where another process stopped; `publishing()`: who sends in the room then. Raises MediaFailed.

        What the person sends goes on; whose offer had not come yet comes in anew, as their page offers only once.
        Returns whether what they receive goes on too: an offer that nobody heard, because somebody left meanwhile or a
        change was under way, would be waited for for ever, and all is subscribed to anew.
        """
        self._wire = Wire(address, api_secret, lambda handle, message: self._queue.put_nowait((handle, message)))
        await self._wire.open(held["session"])
        self._publisher, self._private_id = held["publisher"], held["private_id"]
        self._is_sending = held["is_sending"]
        if not self._is_sending:
            raise MediaGone("this person had sent nothing yet")
        # Asked only now: what happens after the claim is told to us again.
        there = await publishing()
        if self._join not in there:
            raise MediaGone("this person's line ended meanwhile")
        self._sent = {join: set(mids) for join, mids in held["sent"].items() if join in there}
        self._unheard = there - self._sent.keys() - {self._join}  # who came while nobody had claimed the session
        self._unseen = set(held["unseen"])
        received = held["received"]
        goes_on = received is not None and {join for join, _ in received["taken"]} <= there
        if goes_on:
            self._subscriber = received["subscriber"]
            self._taken = {(join, mid) for join, mid in received["taken"]}
            self._offered = received["offered"]
            self._pictures = received["pictures"]
            self._passed = {mid: (join, on) for mid, (join, on) in received["passed"].items()}
        elif held["subscriber"]:
            with suppress(MediaFailed):
                await self._wire.ask({"janus": "detach", "handle_id": held["subscriber"]})
        self._changed.set()
        self._begin()
        return goes_on

    def held(self) -> Held | None:
        if self._wire is None or self._is_closed or self._publishing:
            return None
        is_settled = self._settled.is_set() and not self._asking
        return {
            "session": self._wire.session,
            "publisher": self._publisher,
            "subscriber": self._subscriber,
            "private_id": self._private_id,
            "is_sending": self._is_sending,
            "sent": {join: sorted(mids) for join, mids in self._sent.items()},
            "unseen": sorted(self._unseen),
            "received": self._received() if is_settled else None,
        }

    def _received(self) -> Held:
        return {
            "subscriber": self._subscriber,
            "taken": sorted(self._taken),
            "offered": self._offered,
            "pictures": self._pictures,
            "passed": self._passed,
        }

    @contextmanager
    def _between(self) -> Iterator[None]:
        """Nobody could go on receiving from here: what is asked for may be done or not."""
        self._asking += 1
        self._happenings.changing()
        try:
            yield
        finally:
            self._asking -= 1

    def _begin(self) -> None:
        self._tasks = [
            asyncio.create_task(self._tell()),
            asyncio.create_task(self._watch()),
            asyncio.create_task(self._notice_end()),
        ]

    async def publish(self, offer: Jsep) -> Jsep:
        assert self._wire is not None
        body = {"request": "configure" if self._is_sending else "publish"}
        self._publishing += 1
        self._happenings.changing()
        try:
            answer = await self._wire.room(self._publisher, body, jsep=dict(offer))
        finally:
            self._publishing -= 1
        self._is_sending = True
        jsep = answer.get("jsep")
        if not jsep:
            raise MediaFailed("the media server gave no answer to an offer")
        return {"type": jsep["type"], "sdp": jsep["sdp"]}

    async def answer(self, answer: Jsep) -> None:
        assert self._wire is not None
        if self._subscriber and not self._settled.is_set():
            answered = self._offers
            await self._wire.room(self._subscriber, {"request": "start"}, jsep=dict(answer))
            if answered == self._offers:  # no next offer has come with the word that this answer was taken
                self._settled.set()
                await self._pass_pictures()

    async def unseen(self, joins: set[str]) -> None:
        self._unseen = joins
        if self._settled.is_set():
            await self._pass_pictures()

    async def _pass_pictures(self) -> None:
        """A stopped picture costs nothing; when it goes on, the media server asks its sender for a whole frame."""
        async with self._passing:
            want = {mid: (join, join not in self._unseen) for mid, join in self._pictures.items()}
            # A line that is used again for someone else may still be stopped; a fresh one is passed on by itself.
            change = {mid: on for mid, (join, on) in want.items() if self._passed.get(mid, (join, True)) != (join, on)}
            if change and self._wire is not None:
                streams = [{"mid": mid, "send": on} for mid, on in change.items()]
                with self._between():
                    await self._wire.room(self._subscriber, {"request": "configure", "streams": streams})
            self._passed = want

    async def trickle(self, direction: str, candidate: Candidate) -> None:
        assert self._wire is not None
        handle = self._publisher if direction == "out" else self._subscriber
        if handle:
            found = {"completed": True} if candidate is None else candidate
            await self._wire.ask({"janus": "trickle", "handle_id": handle, "candidate": found})

    async def close(self) -> None:
        if self._stop() and self._wire is not None:
            await self._wire.close()

    async def let_go(self) -> None:
        if self._stop() and self._wire is not None:
            await self._wire.let_go()

    def _stop(self) -> bool:
        """Listens no more; whether it did until now."""
        if self._is_closed:
            return False
        self._is_closed = True
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        return True

    async def _notice_end(self) -> None:
        assert self._wire is not None
        await self._wire.closed.wait()
        await self._lost()

    async def _lost(self) -> None:
        if not self._is_closed:
            await self.close()
            await self._happenings.lost()

    async def _tell(self) -> None:
        while not self._is_closed:
            handle, message = await self._queue.get()
            try:
                await self._take(handle, message)
            except Exception:
                log.exception("event of the media server not told", join=self._join)

    async def _take(self, handle: int, message: Message) -> None:
        if message.get("janus") in ("hangup", "detached", "timeout"):
            if handle in (0, self._publisher, self._subscriber):  # 0: the whole session; others were given up by us
                await self._lost()
            return
        data = message.get("plugindata", {}).get("data", {})
        match data.get("videoroom"):
            case "event" if handle == self._publisher:
                await self._take_event(data)
            case "talking" | "stopped-talking" as kind if handle == self._publisher:
                await self._happenings.talking(str(data["id"]), kind == "talking")
            case "attached" | "updated" if handle == self._subscriber:
                await self._offer(message)

    async def _take_event(self, data: Message) -> None:
        if data.get("leaving") == "ok" or data.get("kicked") == self._join:
            await self._lost()
        self._note_publishers(data.get("publishers", []))
        for kind in ("leaving", "unpublished", "kicked"):
            gone = data.get(kind)
            if gone and gone != "ok":
                self._sent.pop(str(gone), None)
                self._unheard.discard(str(gone))
                self._taken = {line for line in self._taken if line[0] != str(gone)}
                self._changed.set()

    def _note_publishers(self, publishers: list[Message]) -> None:
        for publisher in publishers:
            streams = publisher.get("streams", [])
            self._sent[str(publisher["id"])] = {str(s["mid"]) for s in streams if not s.get("disabled")}
            self._unheard.discard(str(publisher["id"]))
            self._changed.set()
            self._happenings.changing()

    def _missing(self) -> list[dict[str, str]]:
        lines = {(join, mid) for join, mids in self._sent.items() for mid in mids}
        told = [{"feed": join, "mid": mid} for join, mid in sorted(lines - self._taken)]
        return told + [{"feed": join} for join in sorted(self._unheard)]  # all that they send

    def _stale(self) -> list[dict[str, str]]:
        return [{"sub_mid": mid} for mid, join in sorted(self._offered.items()) if join not in self._sent]

    async def _watch(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(BATCH_SECONDS)
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self._settled.wait()
            except TimeoutError:
                log.warning("offer not answered", join=self._join)
                await self._lost()
                return
            self._changed.clear()
            missing, stale = self._missing(), self._stale()
            if not missing and not stale:
                continue
            try:
                with self._between():
                    await self._subscribe(missing, stale)
            except JanusError as error:  # someone left in the meantime; the news of it is under way
                log.info("subscription refused", join=self._join, code=error.code)
                await asyncio.sleep(RETRY_SECONDS)
                self._changed.set()
            except MediaFailed:
                await self._lost()
                return

    async def _subscribe(self, missing: list[dict[str, str]], stale: list[dict[str, str]]) -> None:
        assert self._wire is not None
        if not self._subscriber:
            handle = await self._wire.attach(f"in:{self._join}")
            body: Message = {"request": "join", "ptype": "subscriber", "room": self._room, "pin": self._pin}
            body |= {"private_id": self._private_id, "streams": missing}
            try:
                message = await self._wire.room(handle, body)
            except JanusError:
                with suppress(MediaFailed):
                    await self._wire.ask({"janus": "detach", "handle_id": handle})
                raise
            self._subscriber = handle
        else:
            change = {"subscribe": missing, "unsubscribe": stale}
            body = {"request": "update"} | {kind: streams for kind, streams in change.items() if streams}
            message = await self._wire.room(self._subscriber, body)
        self._taken |= {(stream["feed"], stream["mid"]) for stream in missing if "mid" in stream}
        self._note_unheard(message, {stream["feed"] for stream in missing if "mid" not in stream})
        await self._offer(message)

    def _note_unheard(self, message: Message, asked: set[str]) -> None:
        """What those send who were subscribed to without knowing it; who left meanwhile is not among them any more."""
        streams = message["plugindata"]["data"].get("streams", [])
        found = {(str(s["feed_id"]), str(s["feed_mid"])) for s in streams if s.get("feed_id") in asked}
        self._taken |= found
        for join in asked & self._unheard:
            self._sent[join] = {mid for whose, mid in found if whose == join}
        self._unheard -= asked

    async def _offer(self, message: Message) -> None:
        streams = message["plugindata"]["data"].get("streams", [])
        jsep = message.get("jsep")
        if not jsep:
            return
        feeds = {str(s["mid"]): str(s["feed_id"]) for s in streams if s.get("feed_id") and s.get("active", True)}
        videos = {str(s["mid"]) for s in streams if s.get("type") == "video"}
        self._offered = feeds
        self._pictures = {mid: join for mid, join in feeds.items() if mid in videos}
        self._offers += 1
        self._settled.clear()
        self._changed.set()  # so that an answer that never comes is noticed
        self._happenings.changing()
        await self._happenings.offer({"type": jsep["type"], "sdp": jsep["sdp"]}, feeds)
