"""What the room's browser tests share: a crowd of light people, and a group whose session is on."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from stepdown.live import services, tickets
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.media import named
from stepdown.live.media.janus import JanusServer
from stepdown.live.media.named import Named
from stepdown.live.tests.factories import patient_at_door
from stepdown.people.models import Patient, Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory
from tests.copies import Copy

T = TypeVar("T")
TOLD = 4_000  # characters of the live process's log that a failing test shows


@pytest.fixture
def crowd(product: Copy) -> Iterator[Crowd]:
    crowd = Crowd(url=f"ws://127.0.0.1:{product.live_port}/live/", origin=product.url)
    yield crowd
    crowd.close()
    print(product.log("live")[-TOLD:])  # shown when the test failed
    assert [out_of_place(person.said) for person in crowd.people if out_of_place(person.said)] == []


def out_of_place(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was said to a page of a join before it was told that it is in as that join: the page could do nothing with
    it, and would not be told again."""
    me, found = None, []
    for message in said:
        match message["t"]:
            case "in":
                me = message["you"]
            case "again":
                me = None
            case "offer" if me is None:
                found.append(message)
            case "roster" if me not in [person["join"] for person in message["people"]]:
                found.append(message)
            case "public_keys" if me not in message["keys"]:
                found.append(message)
    return found


class LiveGroup:
    """A session that is on, and how its people come to the door."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.session: Session = SessionFactory()

    def leader(self, **options: Any) -> LightPerson:
        """The session's leader, in the room."""
        person = self.crowd.comes(lambda: tickets.issue(session=self.session, staff=self.session.leader), **options)
        self.crowd.until(lambda: person.join, "the leader is in")
        return person

    def director(self, **options: Any) -> LightPerson:
        """A clinical director, in the room."""
        director = StaffFactory(roles=[Role.DIRECTOR])
        person = self.crowd.comes(lambda: tickets.issue(session=self.session, staff=director), **options)
        self.crowd.until(lambda: person.join, "the director is in")
        return person

    def patient(self, *, let_in: bool = True, **options: Any) -> tuple[Patient, LightPerson]:
        """A patient at the door; in the room, when let in and a leader is there or comes."""
        patient = patient_at_door(self.session)
        if let_in:
            services.let_in(session=self.session, patient=patient, by=self.session.leader)
        return patient, self.comes(patient, **options)

    def comes(self, patient: Patient, **options: Any) -> LightPerson:
        """The patient opens the room, on one more device."""
        return self.crowd.comes(lambda: tickets.issue(session=self.session, patient=patient), **options)


@pytest.fixture
def group(crowd: Crowd) -> LiveGroup:
    return LiveGroup(crowd)


def await_lines(product: Copy, crowd: Crowd, joins: list[str | None]) -> None:
    """Until the live process has written down what its successor needs for these joins, also to go on receiving."""
    file = product.home / "lines.json"
    crowd.until(lambda: settled(file) >= set(joins), "the lines are kept")


def settled(file: Path) -> set[str]:
    """Joins in the file whose line is between no two states."""
    return {line["join"] for line in json.loads(file.read_text())["lines"] if line["peer"]["received"]}


def named_by(product: Copy) -> Named:
    """The first media server that its live process knows of."""
    raw = Path(f"/proc/{product.pid('live')}/environ").read_bytes().decode().split("\0")
    env = dict(line.split("=", 1) for line in raw if "=" in line)
    return named.read(env["STEPDOWN_MEDIA_SERVERS_HERE"])[0]


def media_of(product: Copy) -> JanusServer:
    """The product's media server, with the secrets of its live process."""
    return JanusServer(named_by(product))


async def who_is_in(media: JanusServer, room: str) -> set[str]:
    """Asks the media server itself."""
    return await answered(media, lambda: media.who_is_in(room))


async def answered(media: JanusServer, ask: Callable[[], Awaitable[T]]) -> T:
    """What it answers over a control line of its own."""
    ready = asyncio.Event()

    async def on_ready() -> None:
        ready.set()

    running = asyncio.create_task(media.run(on_ready, on_ready))
    try:
        await asyncio.wait_for(ready.wait(), 5)
        return await ask()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
