"""Who may open a socket to the live process at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
import uvicorn
from websockets.asyncio.client import connect

from stepdown.live.server.app import Application, Visit, is_from_here, is_media_server
from tests.copies import free_port

SECRET = "a-path-nobody-can-guess"


def scope(path: str = "/live/", **more: object) -> dict[str, object]:
    return {"path": path, "headers": [], "client": ("127.0.0.1", 5), "subprotocols": [], **more}


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("https://127.0.0.1:8000", False),
        ("http://elsewhere.example", False),
        ("http://127.0.0.1.elsewhere.example", False),
        ("http://[", False),
        ("null", False),
        ("", False),
    ],
)
def test_browsers_come_from_our_own_pages(settings, origin, is_ours):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["127.0.0.1", "localhost"]
    assert is_from_here(scope(headers=[(b"origin", origin.encode())])) is is_ours


def test_a_socket_without_an_origin_is_no_browser_of_ours():
    assert not is_from_here(scope())


@pytest.mark.parametrize(
    ("change", "is_it"),
    [
        ({}, True),
        ({"path": "/live/"}, False),
        ({"path": f"/{SECRET}x"}, False),
        ({"client": ("192.0.2.1", 5)}, False),
        ({"client": None}, False),
        ({"subprotocols": []}, False),
    ],
)
def test_the_media_server_comes_from_this_machine_by_its_secret_path(settings, change, is_it):
    settings.MEDIA_EVENTS_PATH = SECRET
    asked = scope(f"/{SECRET}", subprotocols=["janus-event-handlers"]) | change
    assert is_media_server(asked) is is_it


def test_without_a_secret_path_there_is_no_way_in_for_a_media_server(settings):
    settings.MEDIA_EVENTS_PATH = ""
    assert not is_media_server(scope("/", subprotocols=["janus-event-handlers"]))


async def test_pages_are_not_served_here():
    sent = []

    async def send(message):
        sent.append(message)

    await Application()({"type": "http", "path": "/"}, None, send)
    assert sent[0]["status"] == 404


async def test_a_page_that_asks_whether_anybody_is_there_is_told_yes_and_no_more():
    sent = []

    async def send(message):
        sent.append(message)

    await Application()({"type": "http", "path": "/live/"}, None, send)
    assert [sent[0]["status"], sent[1]["body"]] == [204, b""]


class Listened(SimpleNamespace):
    """Whoever is listened to until the socket is gone."""

    is_over = False
    is_let_go = False

    async def let_go(self) -> None:
        self.is_let_go = True


@asynccontextmanager
async def listening(port: int) -> AsyncIterator[tuple[uvicorn.Server, "asyncio.Queue[Listened]"]]:
    """Our web server, and of whom it has heard the last."""
    gone: asyncio.Queue[Listened] = asyncio.Queue()

    async def application(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        caller = Listened()
        await Visit(None, None, receive, send)._listen(caller)
        gone.put_nowait(caller)

    server = uvicorn.Server(uvicorn.Config(application, port=port, lifespan="off", log_level="warning"))
    serving = asyncio.create_task(server._serve())
    async with asyncio.timeout(10):
        while not server.started:
            await asyncio.sleep(0.01)
        yield server, gone
        server.should_exit = True
        await serving


async def test_a_line_is_kept_when_our_server_ends_and_not_when_a_client_says_so():
    port = free_port()
    async with listening(port) as (server, gone):
        async with connect(f"ws://127.0.0.1:{port}/", proxy=None) as client:
            await client.close(1012)
        assert not (await gone.get()).is_let_go, "the client's own"
        async with connect(f"ws://127.0.0.1:{port}/", proxy=None):
            server.should_exit = True
            assert (await gone.get()).is_let_go, "the server's"
