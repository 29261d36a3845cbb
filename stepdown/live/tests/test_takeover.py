"""Several media servers: rooms are spread over them, and one takes over what another cannot carry on."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from stepdown.live import queries
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.media.janus import JanusServer
from stepdown.live.models import Room
from stepdown.live.tests.conftest import LiveGroup, await_lines, named_by, who_is_in
from tests.browser import copy_on
from tests.copies import Copy

pytestmark = pytest.mark.browser

CHILDREN = {"media-1": "janus", "media-2": "janus-2"}


@pytest.fixture(scope="module")
def copy_with_two(browser_database: str) -> Iterator[Copy]:
    with copy_on(browser_database, STEPDOWN_MEDIA_COUNT="2") as copy:
        yield copy


@pytest.fixture
def product(copy_with_two: Copy, django_db_blocker: Any) -> Iterator[Copy]:
    """In place of the product that all tests share: one with two media servers."""
    with django_db_blocker.unblock():
        yield copy_with_two


def server_of(group: LiveGroup) -> str:
    return Room.objects.get(session=group.session).server


def in_room(crowd: Crowd, group: LiveGroup, patients: int = 1) -> list[LightPerson]:
    """A leader and patients of the group, who all see each other."""
    everyone = [group.leader(comes_back=True), *(group.patient(comes_back=True)[1] for _ in range(patients))]
    crowd.until_all_see_all(everyone)
    return everyone


def test_one_is_killed_and_the_other_takes_over(product: Copy, crowd: Crowd):
    struck, spared = LiveGroup(crowd), LiveGroup(crowd)
    patient, person = struck.patient(comes_back=True)
    people = [struck.leader(comes_back=True), person]
    crowd.until_all_see_all(people)
    others = in_room(crowd, spared)
    assert {server_of(struck), server_of(spared)} == set(CHILDREN)
    killed = server_of(struck)
    waited = [len(one.heard("waiting")) for one in people]
    joins, joins_of_others = [one.join for one in people], [one.join for one in others]

    product.kill_for_good(CHILDREN[killed])

    crowd.until(lambda: all(one.join not in (None, *joins) for one in people), "everyone is in again")
    crowd.until_all_see_all(people)
    assert server_of(struck) == server_of(spared)
    assert [message["why"] for one in people for message in one.heard("again")] == ["media_server"] * 2
    assert [len(one.heard("waiting")) for one in people] == waited
    first, last = queries.stays(struck.session)[patient.pk]
    assert timedelta(0) <= last.start - first.end < timedelta(seconds=5)
    assert [one.join for one in others] == joins_of_others
    assert not [one for one in others if one.heard("again")]

    product.mend(CHILDREN[killed])

    crowd.until(lambda: product.health()["servers"][killed]["ready"], "it is there again")
    after = LiveGroup(crowd)
    in_room(crowd, after)
    assert server_of(after) == killed
    assert server_of(struck) != killed
    assert len([message for one in people for message in one.heard("again")]) == 2


def test_after_a_restart_of_the_live_process_each_room_is_found_where_it_is(product: Copy, crowd: Crowd):
    groups = [LiveGroup(crowd), LiveGroup(crowd)]
    rooms = [in_room(crowd, group) for group in groups]
    servers = [server_of(group) for group in groups]
    assert set(servers) == set(CHILDREN)
    joins = [[one.join for one in people] for people in rooms]
    await_lines(product, crowd, [join for found in joins for join in found])

    product.kill("live")

    for people in rooms:
        crowd.until(lambda: [len(one.heard("in")) for one in people] == [2, 2], "both are in again")  # noqa: B023  # asked at once
    assert [[one.join for one in people] for people in rooms] == joins
    assert {"sends"} <= {word for people in rooms for one in people for word in one.heard("in")[-1]["goes_on"]}
    assert [server_of(group) for group in groups] == servers


def test_the_room_check_asks_each_media_server(product: Copy):
    told = product.manage("room_check").splitlines()
    for name in CHILDREN:
        assert f"works       media server {name} takes two people into a room" in told


def test_a_media_server_is_reached_by_an_address_as_well_as_by_a_path(product: Copy, crowd: Crowd):
    here = named_by(product)

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(here.address)
        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))

    async def asks() -> set[str]:
        async with await asyncio.start_server(connected, "127.0.0.1", 0) as far:
            port = far.sockets[0].getsockname()[1]
            return await who_is_in(JanusServer(replace(here, address=f"ws://127.0.0.1:{port}/")), "no such room")

    assert crowd.run(asks()) == set()
