"""One WebSocket to Janus: requests by transaction, acknowledgements, events by handle.

Source: Janus documentation, "JSON-based API" and "WebSockets interface".
"""

import asyncio
import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect, unix_connect
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.typing import Subprotocol

from stepdown.live.media.interface import MediaFailed, MediaGone

ANSWER_SECONDS = 10.0
KEEPALIVE_SECONDS = 10.0  # a session without a word ends after 30
CLOSE_SECONDS = 1.0
Message = dict[str, Any]


class JanusError(MediaFailed):
    """Janus refused; `code` is its number. Its words are left out, as they quote what a browser sent."""

    def __init__(self, code: int) -> None:
        super().__init__(f"media server refused ({code})")
        self.code = code


class Wire:
    """A socket with one Janus session on it. `address`: path of its Unix socket, or its ws:// or wss://.
    `events` gets (handle id, message) for what nobody asked for."""

    def __init__(self, address: str, api_secret: str, events: Callable[[int, Message], None]) -> None:
        self._address = address
        self._secret = api_secret
        self._events = events
        self._socket: ClientConnection | None = None
        self._session = 0
        self._numbers = itertools.count(1)
        self._waiting: dict[str, tuple[asyncio.Future[Message], bool]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.closed = asyncio.Event()

    @property
    def session(self) -> int:
        """Number of the session; whoever knows it and the API secret can claim it."""
        return self._session

    async def open(self, claimed: int = 0) -> None:
        """Connects and makes a session, or claims one whose socket is gone. Raises MediaFailed."""
        try:
            self._socket = await self._connect()
        except (OSError, WebSocketException, InvalidHandshake, TimeoutError) as error:
            raise MediaGone("the media server does not answer") from error
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._keep_alive())]
        try:
            if claimed:
                await self.ask({"janus": "claim", "session_id": claimed})
                self._session = claimed
            else:
                self._session = (await self.ask({"janus": "create"}))["data"]["id"]
        except MediaFailed:
            await self.close()
            raise

    async def _connect(self) -> ClientConnection:
        options: dict[str, Any] = {
            "subprotocols": [Subprotocol("janus-protocol")],
            "compression": None,
            "max_size": 4 * 1024 * 1024,
            "ping_interval": None,
            "open_timeout": ANSWER_SECONDS,
        }
        if self._address.startswith("/"):
            return await unix_connect(self._address, uri="ws://media/", **options)
        return await connect(self._address, proxy=None, **options)

    async def attach(self, opaque_id: str) -> int:
        """A handle of the video room. `opaque_id` comes back in the media server's events."""
        answer = await self.ask({"janus": "attach", "plugin": "janus.plugin.videoroom", "opaque_id": opaque_id})
        handle: int = answer["data"]["id"]
        return handle

    async def room(self, handle: int, body: Message, jsep: Message | None = None) -> Message:
        """Asks the video room; returns the whole event, whose plugindata.data is its answer. Raises JanusError."""
        message: Message = {"janus": "message", "handle_id": handle, "body": body}
        if jsep is not None:
            message["jsep"] = jsep
        answer = await self.ask(message, waits_for_event=True)
        data = answer.get("plugindata", {}).get("data", {})
        if "error_code" in data:
            raise JanusError(data["error_code"])
        return answer

    async def ask(self, message: Message, *, waits_for_event: bool = False) -> Message:
        """Sends and returns the answer; an acknowledgement is not one when an event follows. Raises MediaFailed."""
        number = str(next(self._numbers))
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting[number] = (future, waits_for_event)
        try:
            await self._send({**message, "transaction": number})
            answer = await asyncio.wait_for(future, ANSWER_SECONDS)
        except TimeoutError as error:
            raise MediaFailed("the media server did not answer in time") from error
        finally:
            self._waiting.pop(number, None)
            if future.done() and not future.cancelled():
                future.exception()  # heard, when the line ended while we were sending; else it is logged as a fault
        if answer.get("janus") == "error":
            raise JanusError(answer["error"]["code"])
        return answer

    async def _send(self, message: Message) -> None:
        if self._session:
            message["session_id"] = self._session
        if self._secret:
            message["apisecret"] = self._secret
        if self._socket is None or self.closed.is_set():
            raise MediaGone("the line to the media server is closed")
        try:
            await self._socket.send(json.dumps(message))
        except WebSocketException as error:
            raise MediaGone("the line to the media server is closed") from error

    async def _read(self) -> None:
        assert self._socket is not None
        try:
            async for text in self._socket:
                self._take(json.loads(text))
        except WebSocketException:
            pass
        finally:
            self._end()

    def _take(self, message: Message) -> None:
        future, waits_for_event = self._waiting.get(message.get("transaction", ""), (None, False))
        kind = message.get("janus")
        if future is not None and not (kind == "ack" and waits_for_event):
            if not future.done():
                future.set_result(message)
        elif kind not in ("ack", "success"):
            self._events(message.get("sender", 0), message)

    async def _keep_alive(self) -> None:
        while True:
            await asyncio.sleep(KEEPALIVE_SECONDS)
            try:
                await self.ask({"janus": "keepalive"})
            except MediaFailed:  # it is there and does nothing any more
                self._end()
                return

    def _end(self) -> None:
        self.closed.set()
        for future, _ in self._waiting.values():
            if not future.done():
                future.set_exception(MediaGone("the line to the media server is closed"))

    async def close(self) -> None:
        """Ends the session, with every handle on it, and the socket. Never raises."""
        if self._session and not self.closed.is_set():
            with suppress(MediaFailed, TimeoutError):
                # Without this the session would wait to be claimed, and the person would stay in the room.
                await asyncio.wait_for(self.ask({"janus": "destroy"}), CLOSE_SECONDS)
        await self.let_go()

    async def let_go(self) -> None:
        """Ends the socket alone: the session waits to be claimed. Never raises."""
        for task in self._tasks[1:]:
            task.cancel()
        if self._socket is not None:
            with suppress(WebSocketException, OSError, TimeoutError):
                await asyncio.wait_for(self._socket.close(), CLOSE_SECONDS)
            self._socket.transport.abort()
        self._end()
