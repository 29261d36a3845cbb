"""What a reading of the session's tables does to whom: who may be in comes in, who may not is told why."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from stepdown.live.server import store
from stepdown.live.server.caller import Caller
from stepdown.live.server.hall import Hall
from stepdown.live.server.outgoing import DONE, SILENT
from stepdown.live.server.room import LiveRoom
from stepdown.live.server.servers import Servers
from stepdown.live.sides import Side, Sides
from stepdown.live.visits import GuestIn

GUEST = GuestIn("Sam Invented", frozenset())


class Arriving(Caller):
    """A patient's browser: notes what it is told, and comes in without a media server."""

    def __init__(self, room: LiveRoom, patient: UUID) -> None:
        async def send(message: dict[str, Any]) -> None:
            self.heard += [json.loads(message["text"])["t"]] if "text" in message else []

        self.heard: list[str] = []
        ticket = SimpleNamespace(person=patient, visit=None, session=room.session, browser=f"device:{patient}")
        super().__init__(ticket=ticket, role="patient", device={}, room=room, send=send)

    async def come_in(self) -> None:
        self.say("in")
        self.join = uuid4()

    async def go_out(self, *_: object) -> None:
        self.join = None


@pytest.fixture
def room(settings, tmp_path, monkeypatch) -> Iterator[LiveRoom]:
    settings.HELD_LINES = tmp_path / "lines.json"
    monkeypatch.setattr(store, "knock", lambda ticket: timezone.now())
    monkeypatch.setattr(store, "signed_out", lambda browsers: set())
    return Hall(Servers([])).room(uuid4())


def tables(patient: UUID, *, guest: bool) -> store.Snapshot:
    """The patient was let in; with a guest whom they have not agreed to, they are kept out."""
    let_in = frozenset({patient})
    said = {"kept_out": let_in, "guests": (GUEST,)} if guest else {"admitted": let_in}
    return replace(store.throw_away(), expected=let_in, leaders=frozenset(), **said)


async def test_who_comes_while_the_tables_are_read_is_not_sorted_by_what_they_said_before(room, monkeypatch):
    patient, is_read, is_here = uuid4(), threading.Event(), threading.Event()
    readings = [tables(patient, guest=False), tables(patient, guest=True)]

    def read(session: UUID) -> store.Snapshot:
        found = readings.pop(0)
        is_read.set()
        assert is_here.wait(10)
        return found

    monkeypatch.setattr(store, "read_session", read)
    first = asyncio.create_task(room.refresh())
    await asyncio.to_thread(is_read.wait, 10)
    arriving = Arriving(room, patient)
    second = asyncio.create_task(room.enter(arriving))
    await asyncio.sleep(0)  # until they are among the callers
    assert room.callers == {patient: arriving}
    is_here.set()
    await asyncio.gather(first, second)
    await arriving.stop_writing()
    assert "in" not in arriving.heard
    assert arriving.is_waiting


async def test_whom_a_guest_keeps_out_comes_back_to_the_door_instead_of_being_sent_out(room, monkeypatch):
    patient = uuid4()
    readings = [tables(patient, guest=False), tables(patient, guest=True)]
    monkeypatch.setattr(store, "read_session", lambda session: readings.pop(0))
    inside = Arriving(room, patient)
    await room.enter(inside)
    while inside.join is None:
        await asyncio.sleep(0)
    await room.refresh()
    await inside.stop_writing()
    assert inside.join is None
    assert "again" in inside.heard
    assert "sent_out" not in inside.heard


async def test_when_somebody_else_leads_the_pages_that_wait_are_loaded_anew_and_no_other(room, monkeypatch):
    waiting, inside = Arriving(room, uuid4()), Arriving(room, uuid4())
    old = replace(
        store.throw_away(),
        expected=frozenset({waiting.key, inside.key}),
        admitted=frozenset({inside.key}),
        leader=uuid4(),
    )
    readings = [old, old, old, replace(old, leader=uuid4())]
    monkeypatch.setattr(store, "read_session", lambda session: readings.pop(0))
    for one in (waiting, inside):
        await room.enter(one)
    while inside.join is None:
        await asyncio.sleep(0)
    await room.refresh()
    assert not any(one.is_over for one in (waiting, inside))
    await room.refresh()
    for one in (waiting, inside):
        await one.stop_writing()
    assert waiting.is_over
    assert "anew" in waiting.heard
    assert "anew" not in inside.heard
    assert inside.join


async def test_who_was_signed_out_before_they_were_in_the_room_does_not_come_in(room, monkeypatch):
    patient = uuid4()
    monkeypatch.setattr(store, "read_session", lambda session: tables(patient, guest=False))
    monkeypatch.setattr(store, "signed_out", lambda browsers: browsers)  # after their ticket was read
    arriving = Arriving(room, patient)
    await room.enter(arriving)
    await asyncio.sleep(0)
    await arriving.stop_writing()
    assert arriving.heard == ["signed_out"]


async def test_who_was_sent_out_is_not_put_back_into_the_waiting_row(room, monkeypatch):
    patient, knocks = uuid4(), []
    let_in, out = tables(patient, guest=False), replace(tables(patient, guest=False), admitted=frozenset())
    readings = [let_in, out, out]
    monkeypatch.setattr(store, "read_session", lambda session: readings.pop(0))
    monkeypatch.setattr(store, "knock", lambda ticket: knocks.append(ticket.person))
    inside = Arriving(room, patient)
    await room.enter(inside)
    while inside.join is None:
        await asyncio.sleep(0)
    for _ in (out, out):  # and their socket is not closed yet
        await room.refresh()
    await inside.stop_writing()
    assert inside.heard.count("sent_out") == 1
    assert knocks == []


async def test_whose_browser_takes_nothing_any_more_is_put_out_all_the_same(room, monkeypatch):
    patient = uuid4()
    let_in = tables(patient, guest=False)
    readings = [let_in, replace(let_in, admitted=frozenset())]
    monkeypatch.setattr(store, "read_session", lambda session: readings.pop(0))
    inside = Arriving(room, patient)
    await room.enter(inside)
    while inside.join is None:
        await asyncio.sleep(0)
    inside.hang_up(SILENT)  # while their picture and sound go on
    await room.refresh()
    await inside.stop_writing()
    assert inside.join is None


async def test_who_waits_on_another_page_hears_there_what_they_are_asked(room, monkeypatch):
    patient, leader = uuid4(), uuid4()
    talk = Side(uuid4(), "door", is_open=False, by=leader, patients=(patient,), staff=(leader,))
    asked = replace(store.throw_away(), expected=frozenset({patient}), sides=Sides((talk,)))
    monkeypatch.setattr(store, "read_session", lambda session: asked)
    for page in ("the phone", "the laptop"):
        waits = Arriving(room, patient)
        await room.enter(waits)
        waits.hang_up(DONE)  # after what was said
        await waits.stop_writing()
        assert "aside" in waits.heard, page


async def test_who_goes_while_they_knock_does_not_stay_in_the_waiting_row(room, monkeypatch):
    patient, is_knocking, is_gone, done = uuid4(), threading.Event(), threading.Event(), []
    waits = replace(store.throw_away(), expected=frozenset({patient}))
    monkeypatch.setattr(store, "read_session", lambda session: waits)

    def knock(ticket: object) -> None:
        is_knocking.set()
        assert is_gone.wait(10)
        done.append("knock")

    monkeypatch.setattr(store, "knock", knock)
    monkeypatch.setattr(store, "stop_knocking", lambda ticket: done.append("stop_knocking"))
    outside = Arriving(room, patient)
    entering = asyncio.create_task(room.enter(outside))
    await asyncio.to_thread(is_knocking.wait, 10)
    await room.leave(outside)
    is_gone.set()
    await entering
    await outside.stop_writing()
    assert done == ["stop_knocking", "knock", "stop_knocking"]


@pytest.mark.parametrize(
    ("minutes", "told"), [(None, True), (4, True), (6, False)], ids=["unanswered", "answered just now", "long answered"]
)
async def test_who_comes_in_again_is_told_no_answer_of_long_ago(room, monkeypatch, minutes, told):
    patient = uuid4()
    at = None if minutes is None else timezone.now() - timedelta(minutes=minutes)
    word = store.Word("help", "" if at is None else "coming", None, at)
    tables_now = replace(tables(patient, guest=False), words={patient: word})
    monkeypatch.setattr(store, "read_session", lambda session: tables_now)
    arriving = Arriving(room, patient)
    await room.enter(arriving)
    while arriving.join is None:
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    await arriving.stop_writing()
    assert ("word" in arriving.heard) == told
