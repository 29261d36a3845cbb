"""A media server that somebody else runs is used only while an agreement covers it."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from uuid import uuid4

import pytest

from stepdown.live import elsewhere
from stepdown.live.domain.placing import place
from stepdown.live.domain.stays import Kind
from stepdown.live.media.named import Named
from stepdown.live.server import hall as halls
from stepdown.live.server.hall import Hall
from stepdown.live.server.room import LiveRoom
from stepdown.live.server.servers import Servers
from stepdown.people.tests.factories import StaffFactory
from stepdown.privacy.services_vendors import end
from stepdown.privacy.tests.factories import agreed_with

NEAR = Named("media-near", "/run/stepdown/near.sock", "a", "b")
FAR = Named("media-far", "wss://media.example.com/", "a", "b")


class Answers:
    """A media server that is always there."""

    is_ready = True

    def __init__(self, name: str) -> None:
        self.name = name

    async def run(self, on_ready: Callable[[], Awaitable[None]], on_gone: Callable[[], Awaitable[None]]) -> None:
        await on_ready()


@pytest.mark.django_db
def test_those_of_others_are_barred_until_an_agreement_covers_them_and_from_its_end(settings):
    """RULE PRIV-24."""
    settings.MEDIA_SERVERS = [NEAR, FAR]
    assert elsewhere.barred_servers() == {"media-far"}
    row = agreed_with("media")
    assert elsewhere.barred_servers() == set()
    end(agreement=row, why="They were bought.", by=StaffFactory())
    assert elsewhere.barred_servers() == {"media-far"}


def test_ours_are_never_asked_about(settings):
    settings.MEDIA_SERVERS = [NEAR]
    assert elsewhere.barred_servers() == set()


def test_one_that_is_barred_gets_no_room_and_is_as_if_it_did_not_answer():
    """RULE PRIV-24."""
    servers = Servers([Answers(FAR.name), Answers(NEAR.name)])
    far = servers.named(FAR.name)
    assert far.bar(True)
    assert (far.is_ready, far.bar(True)) == (False, False)
    assert servers.is_ready
    assert place([server.standing(without=None) for server in servers]) == NEAR.name
    assert far.bar(False)
    assert (far.is_ready, far.away) == (True, None)


async def test_who_is_on_one_that_is_barred_goes_on_elsewhere(settings, tmp_path, monkeypatch):
    settings.HELD_LINES = tmp_path / "lines.json"
    monkeypatch.setattr(halls, "POLL_SECONDS", 0)
    monkeypatch.setattr(elsewhere, "barred_servers", lambda: {FAR.name})
    hall = Hall(Servers([Answers(FAR.name), Answers(NEAR.name)]))
    told: dict[str, asyncio.Future[tuple[object, ...]]] = {}

    def person(on: str) -> SimpleNamespace:
        told[on] = asyncio.get_running_loop().create_future()

        async def again(*why: object) -> None:
            told[on].set_result(why)

        mending = SimpleNamespace(again=again)
        return SimpleNamespace(server=hall.servers.named(on), mending=mending, held=lambda: None)

    hall.room(uuid4())
    monkeypatch.setattr(LiveRoom, "people_in", [person(FAR.name), person(NEAR.name)])
    hall.start(hall._keep_to_agreements())
    assert await asyncio.wait_for(told[FAR.name], 10) == ("media_server", Kind.SERVER_DIED)
    assert not told[NEAR.name].done()
    monkeypatch.undo()  # nobody is let go of who is no caller
    await hall.close()


async def test_a_process_that_runs_notices_the_end_and_the_beginning_by_itself(settings, tmp_path, monkeypatch):
    settings.HELD_LINES = tmp_path / "lines.json"
    barred: set[str] = set()
    monkeypatch.setattr(halls, "POLL_SECONDS", 0)
    monkeypatch.setattr(elsewhere, "barred_servers", lambda: set(barred))
    hall = Hall(Servers([Answers(FAR.name)]))
    hall.start(hall._keep_to_agreements())
    far = hall.servers.named(FAR.name)

    async def becomes(is_ready: bool) -> None:
        while far.is_ready is not is_ready:
            await asyncio.sleep(0)

    barred.add(FAR.name)
    await asyncio.wait_for(becomes(False), 10)
    barred.clear()
    await asyncio.wait_for(becomes(True), 10)
    await hall.close()
