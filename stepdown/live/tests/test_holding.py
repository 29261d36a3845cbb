"""Lines that outlive the live process."""

import json
import os
import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from stepdown.live.server.holding import BACK_SECONDS, HOLD_SECONDS, HeldLine, Holding
from stepdown.live.server.line import Line

SESSION, PERSON = uuid4(), uuid4()
NOW = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)


def line(**changed: object) -> HeldLine:
    as_it_is = {
        "server": "media-1", "session": str(SESSION), "join": str(uuid4()), "person": str(PERSON),
        "peer": {"session": 7}, "arrived": NOW - timedelta(minutes=7, microseconds=1), "seen": NOW,
        "line": Line(mic=True, mids={"0": "audio"}, receiving={"0": True}),
        "silenced": [], "unseen": [], "sound_only": False, "room": str(SESSION),
    }  # fmt: skip
    return HeldLine(**(as_it_is | changed))  # type: ignore[arg-type]  # plain values by name


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lines.json"


def after(*lines: HeldLine, file: Path, now: list[float] | None = None) -> Holding:
    """What the process after the one that had these lines holds."""
    Holding(file).write(lines)
    clock = now or [0.0]
    next_one = Holding(file, clock=lambda: clock[0])
    next_one.load()
    return next_one


def test_a_line_is_given_back_to_its_person_once(file):
    mine = line()
    holding = after(mine, file=file)
    assert holding.take(join=mine.join, person=PERSON, session=SESSION) == mine
    assert holding.take(join=mine.join, person=PERSON, session=SESSION) is None


@pytest.mark.parametrize("wrong", [{"person": uuid4()}, {"session": uuid4()}, {"join": str(uuid4())}, {"join": None}])
def test_nobody_takes_the_line_of_another_person_or_room(file, wrong):
    mine = line()
    holding = after(mine, file=file)
    assert holding.take(**({"join": mine.join, "person": PERSON, "session": SESSION} | wrong)) is None
    assert holding.joins == {mine.join}


def test_who_does_not_come_back_in_time_is_told_once(file):
    now = [100.0]
    mine = line()
    holding = after(mine, file=file, now=now)
    now[0] += HOLD_SECONDS / 2
    assert holding.lapsed() == []
    now[0] += HOLD_SECONDS / 2
    assert holding.lapsed() == [mine]
    assert holding.lapsed() == []
    assert holding.take(join=mine.join, person=PERSON, session=SESSION) is None


@pytest.mark.parametrize(
    ("age", "not_yet", "late"),
    [
        pytest.param(18, 8, 10, id="counted from the last word of the process before"),
        pytest.param(300, BACK_SECONDS - 0.1, BACK_SECONDS, id="time to come back is given in any case"),
        pytest.param(-300, HOLD_SECONDS - 0.1, HOLD_SECONDS, id="a clock that was set back"),
    ],
)
def test_a_process_that_was_long_in_coming_waits_less(file, age, not_yet, late):
    Holding(file).write([line()])
    os.utime(file, (time.time() - age,) * 2)
    now = [100.0]
    holding = Holding(file, clock=lambda: now[0])
    holding.load()
    now[0] = 100.0 + not_yet
    assert holding.lapsed() == []
    now[0] = 100.0 + late
    assert len(holding.lapsed()) == 1


def test_what_is_still_held_outlives_a_second_crash(file):
    mine, late = line(), line()
    first = after(mine, late, file=file)
    first.take(join=mine.join, person=PERSON, session=SESSION)
    first.write([mine])
    second = Holding(file)
    second.load()
    assert second.joins == {mine.join, late.join}


def test_since_when_nobody_leads_outlives_every_crash_until_its_room_asks_for_it(file):
    Holding(file).write([], [(SESSION, NOW)])
    for _ in range(2):
        holding = Holding(file)
        holding.load()
        holding.write([])
    assert holding.alone_since(uuid4()) is None
    assert holding.alone_since(SESSION) == NOW
    assert holding.alone_since(SESSION) is None


def test_since_when_nobody_led_is_forgotten_where_nobody_comes_back(file):
    Holding(file).write([], [(SESSION, NOW)])
    now = [100.0]
    holding = Holding(file, clock=lambda: now[0])
    holding.load()
    now[0] += HOLD_SECONDS
    holding.write([])
    assert json.loads(file.read_text())["alone_since"] == {}
    assert holding.alone_since(SESSION) is None


def test_what_the_media_server_tells_meanwhile_is_kept(file):
    mine = line()
    holding = after(mine, file=file)
    holding.receives(UUID(mine.join), "0", on=False, at=NOW)
    holding.receives(uuid4(), "0", on=True, at=NOW)
    back = holding.take(join=mine.join, person=PERSON, session=SESSION)
    assert back is not None
    assert (back.line.receiving, back.line.dead_since) == ({"0": False}, NOW)


def test_since_when_a_line_is_dead_outlives_a_crash(file):
    dead = Line(
        mic=True,
        mids={"0": "audio"},
        receiving={"0": False},
        patience=timedelta(seconds=40),
        dead_since=NOW,
        counts=True,
        inbound=7,
        moved_at=NOW + timedelta(seconds=1),
        inbound_stuck_since=NOW + timedelta(seconds=1),
    )
    mine = line(line=dead)
    back = after(mine, file=file).take(join=mine.join, person=PERSON, session=SESSION)
    assert back is not None
    assert back.line == dead


def test_what_a_process_before_did_not_know_yet_costs_nobody_their_line():
    plain = Line(patience=timedelta(seconds=40), inbound=7).plain()
    del plain["counts"], plain["moved_at"]
    assert Line.of(plain) == Line(patience=timedelta(seconds=40), inbound=7)


def test_when_they_arrived_is_known_to_the_microsecond_and_else_no_later_than_they_were_seen(file):
    plain = line().plain()
    assert HeldLine.of(json.loads(json.dumps(plain))).arrived == NOW - timedelta(minutes=7, microseconds=1)
    del plain["arrived"]
    assert HeldLine.of(plain).arrived == NOW


def test_who_comes_in_anew_is_waited_for_no_more(file):
    mine, of_another, elsewhere = line(), line(person=str(uuid4())), line(session=str(uuid4()))
    holding = after(mine, of_another, elsewhere, file=file)
    assert holding.give_up(person=PERSON, session=SESSION) == [mine]
    assert holding.give_up(person=PERSON, session=SESSION) == []
    assert holding.joins == {of_another.join, elsewhere.join}


@pytest.mark.parametrize("text", ["", "{", "null", "7", "[7]", '{"lines": [{"join": "x"}]}', "\x00"])
def test_a_file_that_cannot_be_read_holds_nothing(file, text):
    file.write_text(text)
    holding = Holding(file)
    holding.load()
    assert holding.joins == set()


def test_without_a_file_nothing_is_held(file):
    holding = Holding(file)
    holding.load()
    assert holding.joins == set()


def test_the_file_is_for_its_owner_alone_and_names_nobody(file):
    Holding(file).write([line()])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (kept,) = json.loads(file.read_text())["lines"]
    assert set(kept) == set(HeldLine.__dataclass_fields__)


def test_a_file_that_cannot_be_written_stops_no_room_and_leaves_nothing_that_is_past(file):
    holding = Holding(file)
    holding.write([line()])
    file.with_suffix(".new").mkdir()
    holding.write([line()])
    assert not file.exists()


def test_a_folder_that_is_not_there_stops_no_room(tmp_path):
    Holding(tmp_path / "gone" / "lines.json").write([line()])
    assert not (tmp_path / "gone").exists()
