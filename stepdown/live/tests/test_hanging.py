"""A media server that hangs keeps nobody waiting for what is done without it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from uuid import UUID, uuid4

import pytest

from stepdown.live.server import store
from stepdown.live.server.hall import Hall
from stepdown.live.server.room import LiveRoom
from stepdown.live.server.servers import Servers
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
