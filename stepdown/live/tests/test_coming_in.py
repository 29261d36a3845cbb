"""What a person's coming in, and their way from one room to another, leave for the inbox."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from stepdown.kernel.spans import Span
from stepdown.live import queries, services
from stepdown.live.domain.stays import Event, Kind, fold
from stepdown.live.media.interface import Happenings, MediaFailed
from stepdown.live.server import caller as callers
from stepdown.live.server import store
from stepdown.live.server.caller import Caller
from stepdown.live.server.hall import Hall
from stepdown.live.server.room import LiveRoom
from stepdown.live.server.servers import Servers
from stepdown.live.tests.factories import JoinFactory
from stepdown.live.tests.test_sorting import tables

SECOND = timedelta(seconds=1)


class Answers:
    """A media server that takes everyone."""

    name = "media-1"
    is_ready = True

    async def join(self, room: str, join: str, happenings: Happenings) -> SimpleNamespace:
        return SimpleNamespace(close=self.close, held=lambda: None)

    async def close(self) -> None:
        """Of one person's line."""


@pytest.fixture
def media() -> Answers:
    return Answers()


@pytest.fixture
def room(settings, tmp_path, monkeypatch, media) -> Iterator[LiveRoom]:
    settings.HELD_LINES = tmp_path / "lines.json"
    monkeypatch.setattr(callers, "start_join", lambda ticket, side: SimpleNamespace(pk=uuid4()))
    monkeypatch.setattr(callers, "relays", lambda join: [])
    room = Hall(Servers([media])).room(uuid4())

    async def settle(known: object) -> object:
        return room.hall.servers.named(media.name)

    monkeypatch.setattr(room.media, "settle", settle)
    return room


def patient_of(room: LiveRoom) -> Caller:
    """A patient who was let in, and sends neither sound nor picture."""

    async def send(message: dict[str, Any]) -> None:
        """Nobody listens."""

    ticket = SimpleNamespace(person=uuid4(), visit=None, session=room.session, browser="")
    patient = Caller(ticket=ticket, role="patient", device={}, room=room, send=send)
    room.snapshot = tables(patient.key, guest=False)
    return patient


def stays(room: LiveRoom) -> list[Span]:
    """When the one person of the inbox was in the room."""
    told = [room.hall.inbox._queue.get_nowait() for _ in range(room.hall.inbox._queue.qsize())]
    return fold([Event(one.join, "", Kind(one.kind), one.at) for one in told], until=timezone.now()).get("", [])


async def moved(patient: Caller, *, heard_at: datetime, dead_since: datetime | None = None) -> None:
    """Into another room, having been in the first for a minute."""
    await patient.come_in()
    patient.witness(Kind.ARRIVED, timezone.now() - 60 * SECOND)
    patient.heard_at, patient.line.dead_since = heard_at, dead_since
    await patient.leave_for_another_room()
    await patient.come_in()


async def test_who_has_fallen_silent_was_there_until_they_were_heard_last_also_when_they_are_moved(room):
    patient = patient_of(room)
    heard_at = timezone.now() - 9 * SECOND
    await moved(patient, heard_at=heard_at)
    await patient.go_out()
    await patient.stop_writing()
    (stay,) = stays(room)
    assert stay.end == heard_at


@pytest.mark.parametrize("seconds", [4, 9])
async def test_who_is_moved_is_there_all_the_while_even_if_their_sign_of_life_is_late(room, seconds):
    patient = patient_of(room)
    await moved(patient, heard_at=timezone.now() - seconds * SECOND)
    patient.heard()
    heard_at = patient.heard_at
    await patient.go_out()
    await patient.stop_writing()
    found = stays(room)
    away = [second.start - first.end for first, second in pairwise(found)]
    assert sum(away, timedelta()) < SECOND
    assert found[-1].end >= heard_at


async def test_whose_line_was_dead_when_they_were_moved_was_not_there_then(room):
    patient = patient_of(room)
    lost_at = timezone.now() - 9 * SECOND
    await moved(patient, heard_at=lost_at, dead_since=lost_at)
    patient.heard()
    await patient.go_out()
    await patient.stop_writing()
    first, second = stays(room)
    assert second.start - first.end > 8 * SECOND


@pytest.mark.parametrize(("is_killed", "kind"), [(True, Kind.SERVER_DIED), (False, Kind.LEFT)])
async def test_a_coming_in_that_was_not_answered_is_ended_as_it_began(room, media, monkeypatch, is_killed, kind):
    asked_at, ended = timezone.now(), asyncio.get_running_loop().create_future()

    async def join(*_: object) -> None:
        media.is_ready = not is_killed
        raise MediaFailed

    def end(*told: object) -> None:
        ended.get_loop().call_soon_threadsafe(ended.set_result, told)

    monkeypatch.setattr(media, "join", join)
    monkeypatch.setattr(callers, "TOLD_SECONDS", 0)
    monkeypatch.setattr(callers, "end_unanswered", end)
    patient = patient_of(room)
    await patient.come_in()
    _, told, at = await asyncio.wait_for(ended, 3)
    await patient.stop_writing()
    assert patient.join is None
    assert told == kind
    assert asked_at <= at <= timezone.now()


@pytest.mark.django_db
def test_who_came_in_without_an_answer_was_never_there():
    asked_at = timezone.now()
    told, untold = JoinFactory(), JoinFactory()
    services.record([services.Sighting("media", "media-1", Kind.ARRIVED, asked_at + SECOND, told.pk)])
    for join in (told, untold):
        store.end_unanswered(join.pk, Kind.SERVER_DIED, asked_at)
    assert not queries.open_joins().exists()
    assert queries.stays(told.session, asked_at + 60 * SECOND) == {}
    assert not untold.inbox.exists()
