"""The ASGI application of the live process: `/live/` for browsers, a secret path for the media server, `/health`."""

import asyncio
import hmac
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import django
import structlog

from stepdown.kernel.memory import loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepdown.config.settings")
with loading():
    django.setup()

from django.conf import settings  # after set-up, as everything below reads models
from django.db import InterfaceError, OperationalError  # as above
from django.http.request import validate_host  # as above
from django.utils.module_loading import import_string  # as above

from stepdown.live.domain import messages  # as above
from stepdown.live.domain.refusals import COME_AGAIN, Reason, Refused  # as above
from stepdown.live.links import PATH  # as above
from stepdown.live.server.caller import ENTER_SECONDS, Caller  # as above
from stepdown.live.server.comings import Comings  # as above
from stepdown.live.server.hall import Hall  # as above
from stepdown.live.server.outgoing import BROKEN, REFUSED, TRY_AGAIN  # as above
from stepdown.live.server.servers import Servers  # as above
from stepdown.live.server.store import in_database, read_entry  # as above
from stepdown.live.tickets import read  # as above

log = structlog.get_logger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
EVENTS_PROTOCOL = "janus-event-handlers"
RESTARTS = 1012  # our own server closes with it when it ends. Source: RFC 6455, IANA registry
LOOPBACK = ("127.0.0.1", "::1")


class Application:
    """Holds the one Hall of the process between start-up and shut-down."""

    def __init__(self) -> None:
        self.hall: Hall | None = None
        self._comings = Comings()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, send)
        elif scope["type"] == "websocket" and self.hall is not None:
            await receive()  # websocket.connect
            if scope["path"] == PATH and is_from_here(scope):
                await send({"type": "websocket.accept"})
                await Visit(self.hall, self._comings, receive, send).run()
            elif is_media_server(scope):
                await send({"type": "websocket.accept", "subprotocol": EVENTS_PROTOCOL})
                await self._take_events(self.hall, receive)
            else:
                await send({"type": "websocket.close", "code": REFUSED})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()  # lifespan.startup
        backend = import_string(settings.MEDIA_BACKEND)
        hall = Hall(Servers([backend(named) for named in settings.MEDIA_SERVERS]))
        try:
            await hall.open()
        except Exception as error:  # told in words, or the server would go on without us
            log.exception("the live process cannot start")
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        self.hall = hall
        await send({"type": "lifespan.startup.complete"})
        await receive()  # lifespan.shutdown
        await self.hall.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, send: Send) -> None:
        status, body = 404, b""
        if scope["path"] == "/health" and self.hall is not None:
            status, body = 200, json.dumps(self.hall.health()).encode()
        elif scope["path"] == PATH:  # a page that waits to come back asks whether anybody is there
            status = 204
        headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _take_events(self, hall: Hall, receive: Receive) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            try:
                told = json.loads(message.get("text") or message.get("bytes") or b"[]")
            except ValueError:
                log.warning("an event of the media server cannot be read")
                continue
            for event in told if isinstance(told, list) else [told]:
                hall.take_event(event)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def is_from_here(scope: Scope) -> bool:
    """Whether the page that opens the socket is one of ours: browsers say so themselves, and cannot be made to lie."""
    try:
        origin = urlsplit(_header(scope, b"origin"))
    except ValueError:  # no address at all
        return False
    ours = urlsplit(settings.PUBLIC_URL)
    host = origin.hostname or ""
    return origin.scheme == ours.scheme and (host == ours.hostname or validate_host(host, settings.ALLOWED_HOSTS))


def is_media_server(scope: Scope) -> bool:
    """The media server shows no password, so it comes from this machine and knows a path that cannot be guessed."""
    secret = settings.MEDIA_EVENTS_PATH
    client = scope.get("client")
    return (
        bool(secret)
        and hmac.compare_digest(scope["path"].encode(), f"/{secret}".encode())
        and client is not None
        and client[0] in LOOPBACK
        and EVENTS_PROTOCOL in scope.get("subprotocols", [])
    )


def is_our_restart(disconnect: dict[str, Any]) -> bool:
    """Whether our own server ends. Browsers cannot close with its code, other programs can: what the other side closed
    has its reason, also an empty one, and what our server closes for its end has none. Source: uvicorn."""
    return disconnect.get("code") == RESTARTS and "reason" not in disconnect


class Visit:
    """One browser's socket from `enter` to its close."""

    def __init__(self, hall: Hall, comings: Comings, receive: Receive, send: Send) -> None:
        self._hall, self._comings, self._receive, self._send = hall, comings, receive, send
        self._ids: dict[str, str] = {}  # what is known of it, for the log

    async def run(self) -> None:
        try:
            caller = await asyncio.wait_for(self._enter(), ENTER_SECONDS)
        except TimeoutError:
            await self._refuse(Refused("Nothing was said for too long.", Reason.SILENT))
            return
        except Refused as refused:
            await self._refuse(refused)
            return
        except (OperationalError, InterfaceError):  # the database is away; the page tries again
            await self._refuse(Refused("Something went wrong with us.", Reason.FAILED))
            return
        if caller is None:
            return
        try:
            await caller.room.enter(caller)
            await self._listen(caller)
        finally:
            await caller.room.leave(caller)
            await caller.stop_writing()

    async def _enter(self) -> Caller | None:
        first = await self._receive()
        if first["type"] == "websocket.disconnect":
            return None
        message = messages.read(first.get("text"), is_leader=False)
        if message["t"] != "enter":
            raise Refused("First show your ticket.", Reason.OUT_OF_ORDER)
        ticket = read(message["ticket"])
        self._ids = {"session": str(ticket.session), "person": str(ticket.person)}
        self._hall.use(ticket)
        self._comings.count(ticket.person)
        if not self._hall.servers.is_set_up:
            raise Refused("Video is not set up on this installation.", Reason.NO_VIDEO)
        entry = await in_database(read_entry, ticket)
        if not entry.decision:
            raise Refused(entry.decision.reason, Reason.NOT_ALLOWED)
        room = self._hall.room(ticket.session)
        if ticket.server:
            room.media.pin(ticket.server)
        return Caller(
            ticket=ticket,
            role=entry.role,
            device=message.get("device", {}),
            room=room,
            send=self._send,
            was=message.get("was"),
            page=message.get("page", ""),
            again=message.get("again", False),
        )

    async def _listen(self, caller: Caller) -> None:
        while not caller.is_over:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                if is_our_restart(message):
                    await caller.let_go()
                return
            try:
                await caller.hearing.hear(message.get("text"))
            except Refused as refused:
                caller.say("sorry", **self._sorry(refused))
                caller.hang_up(BROKEN)
            except Exception:  # a mistake of ours ends one person's socket, and they come in again
                log.exception("a message was not understood", **self._ids)
                caller.say("sorry", **self._sorry(Refused("Something went wrong with us.", Reason.FAILED)))
                caller.hang_up(TRY_AGAIN)

    def _sorry(self, refused: Refused) -> dict[str, Any]:
        log.warning("refused", reason=refused.reason.value, **self._ids)
        return {"why": str(refused), "reason": refused.reason, "again": refused.reason in COME_AGAIN}

    async def _refuse(self, refused: Refused) -> None:
        sorry = {"t": "sorry", **self._sorry(refused)}
        await self._send({"type": "websocket.send", "text": json.dumps(sorry)})
        await self._send({"type": "websocket.close", "code": REFUSED})


application = Application()
