"""What is said to one browser: in order, without waiting for it, and the last words before its socket closes."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

DONE, TRY_AGAIN, BROKEN, REFUSED, SILENT = 1000, 1013, 4400, 4403, 4408  # with which a socket is closed
LAST_WORDS_SECONDS = 2.0
UNSENT_LIMIT = 500  # messages that wait for a browser which does not take them
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Outgoing:
    """The writing half of one socket; `send` takes ASGI messages."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._is_hanging_up = False
        self._unsent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def say(self, kind: str, fields: Mapping[str, Any]) -> bool:
        """Never waits; False when the browser has taken nothing for long."""
        if self._unsent.qsize() >= UNSENT_LIMIT:
            return False
        self._unsent.put_nowait({"type": "websocket.send", "text": json.dumps({"t": kind, **fields})})
        return True

    def hang_up(self, code: int) -> None:
        """Closes the socket after what was said, once."""
        if not self._is_hanging_up:
            self._is_hanging_up = True
            self._unsent.put_nowait({"type": "websocket.close", "code": code})

    async def _write(self) -> None:
        while True:
            message = await self._unsent.get()
            try:
                await self._send(message)
            except Exception:  # the socket is gone; its reader learns that by itself
                return
            if message["type"] == "websocket.close":
                return

    async def stop(self) -> None:
        """Lets the last words out, if there are any and the socket still takes them."""
        if self._is_hanging_up:
            await asyncio.wait([self._writer], timeout=LAST_WORDS_SECONDS)
        self._writer.cancel()
