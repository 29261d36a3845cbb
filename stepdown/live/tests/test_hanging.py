"""A media server that hangs keeps nobody waiting for what is done without it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from stepdown.live import queries
from stepdown.live.domain import standby
from stepdown.live.media import janus
from stepdown.live.media.janus import JanusServer
from stepdown.live.media.named import Named
from stepdown.live.server import store
from stepdown.live.server.hall import Hall
from stepdown.live.server.room import LiveRoom
from stepdown.live.server.servers import Server, Servers
from stepdown.live.tests.test_sorting import Arriving, tables


class Hanging(Arriving):
    """Whom the media server does not let go of."""

    async def go_out(self, *_: object) -> None:
        await asyncio.Event().wait()


@pytest.fixture
def room(settings, tmp_path) -> Iterator[LiveRoom]:
    settings.HELD_LINES = tmp_path / "lines.json"
    return Hall(Servers([])).room(uuid4())


async def comes_true(what: Callable[[], object]) -> None:
    async with asyncio.timeout(3):
        while not what():
            await asyncio.sleep(0.01)


async def test_who_is_signed_out_on_one_keeps_no_change_from_the_rooms(room, monkeypatch):
    people = [Hanging(room, uuid4()) for _ in range(2)]
    for one in people:
        room.callers[one.key] = one

    async def changes() -> AsyncIterator[UUID | str]:
        for one in people:
            yield one.ticket.browser
        yield room.session

    monkeypatch.setattr(store, "changes", changes)
    monkeypatch.setattr(store, "read_session", lambda session: tables(people[0].key, guest=False))
    room.hall.start(room.hall._follow())
    await comes_true(lambda: room.snapshot)
    await comes_true(lambda: all("signed_out" in one.heard for one in people))


@pytest.mark.parametrize("why", ["sent out", "moved", "ended"])
async def test_who_is_taken_out_keeps_no_pause_from_the_room(room, monkeypatch, why):
    people = [Hanging(room, uuid4()) for _ in range(2)]
    for one in people:
        room.callers[one.key] = one
        one.join = None if why == "moved" else uuid4()
    before = replace(store.throw_away(), expected=frozenset(room.callers), leaders=frozenset())
    out = replace(before, starts_at=timezone.now() if why == "moved" else before.starts_at, is_ended=why == "ended")
    paused = replace(out, decided=queries.Decided(pause=True), is_ended=False)
    readings = [out, paused]
    monkeypatch.setattr(store, "read_session", lambda session: readings.pop(0))
    monkeypatch.setattr(store, "knock", lambda ticket: timezone.now())
    room.snapshot = before
    for _ in range(2):
        room.hall.start(room.refresh())
    await comes_true(lambda: room.is_paused)
    assert all(one.is_over for one in people)


class HangingWire:
    """A line to a media server that answers until the line ends, and not that it is closed."""

    def __init__(self, *_: object) -> None:
        self.closed = asyncio.Event()
        self.is_closing = False

    async def open(self) -> None:
        return

    async def attach(self, _: str) -> int:
        return 1

    async def close(self) -> None:
        if not self.is_closing:
            self.is_closing = True
            await asyncio.Event().wait()


async def test_it_is_away_from_when_it_hangs_and_not_from_its_last_death(monkeypatch):
    wires: list[HangingWire] = []

    def connects(*_: object) -> HangingWire:
        wires.append(HangingWire())
        return wires[-1]

    async def told(_: Server) -> None:
        return

    monkeypatch.setattr(janus, "Wire", connects)
    server = Server(JanusServer(Named(name="media-1", address="/nowhere", api_secret="a", room_key="r")))
    server._away_since -= 2 * standby.PATIENCE_SECONDS
    running = asyncio.create_task(server.run(told, told))
    await comes_true(lambda: server.is_ready)
    wires[0].closed.set()
    await comes_true(lambda: wires[0].is_closing)
    away = server.away
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert away is not None
    assert not standby.is_due(away)
