"""Times that media servers tell, by our clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from stepdown.kernel.spans import Span
from stepdown.live.domain.stays import Event, Kind, fold
from stepdown.live.server.clocks import LATELY, STEADY, Clocks
from stepdown.live.server.hall import Hall
from stepdown.live.server.servers import Servers
from stepdown.live.server.witness import read

BEGIN = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
SERVER = "media-far"
Clock = Callable[[float, float], datetime]


class Ours:
    """Our clock, in seconds from its begin."""

    seconds = 0.0

    def __call__(self) -> datetime:
        return at(self.seconds)


def at(seconds: float) -> datetime:
    return BEGIN + timedelta(seconds=seconds)


@pytest.fixture
def hears() -> Clock:
    """At the second `now`, of the second `told`; gives what that counts as."""
    ours = Ours()
    clocks = Clocks(ours)

    def hears(now: float, told: float) -> datetime:
        ours.seconds = now
        return clocks.right(SERVER, at(told))

    return hears


def test_what_comes_at_once_counts_as_it_is_told(hears):
    assert [hears(second, second - 0.01) for second in (0, 60, 3600)] == [at(-0.01), at(59.99), at(3599.99)]


def test_nothing_happens_after_it_is_heard_of(hears):
    assert hears(0, 90) == at(0)


def test_a_clock_that_is_steadily_behind_is_set_right(hears):
    hears(0, -90)
    later = STEADY.total_seconds()
    assert hears(later, later - 90.2) == at(later - 0.2)
    assert hears(7200, 7200 - 95) == at(7200 - 5), "this one came late as well"


def test_what_waited_for_us_counts_as_it_is_told(hears):
    waited = [hears(0, -9), hears(0, -4), hears(0, -0.01)]
    assert waited == [at(-9), at(-4), at(-0.01)]
    later = STEADY.total_seconds()
    assert hears(later, later - 9) == at(later - 9), "some came at once, so the clock is right"


def test_one_that_was_quiet_for_an_hour_and_is_late_then_has_no_wrong_clock(hears):
    hears(0, -0.01)
    assert hears(3600, 3600 - 30) == at(3570)


def test_a_clock_that_was_put_wrong_meanwhile_is_found_out(hears):
    step = LATELY.total_seconds() + 1
    hears(0, 0)
    for count in (1, 2, 3):
        right = hears(count * step, count * step - 90)
    assert right == at(3 * step)


def test_one_that_was_put_right_counts_as_it_is_told_at_once(hears):
    hears(0, -90)
    assert hears(30, 30) == at(30)
    assert hears(31, 31 - 4) == at(27)


def test_a_time_that_no_clock_has_breaks_nothing():
    for year in (1, 9999):
        Clocks().right(SERVER, datetime(year, 1, 1, tzinfo=UTC))


def test_it_is_logged_once(hears, capsys):
    for second in (0, 20, 40):
        hears(second, second - 90)
    assert capsys.readouterr().out.count("the clock of a media server is wrong") == 1


@pytest.mark.parametrize("wrong", [-90, 0, 90])
def test_an_evening_is_as_long_as_it_was_by_whatever_clock(wrong):
    ours, join = Ours(), uuid4()
    clocks, seen = Clocks(ours), []

    def told(second: float, what: str) -> None:
        ours.seconds = second
        inner = {"plugin": "janus.plugin.videoroom", "data": {"event": what, "room": "r", "id": str(join)}}
        stamp = at(second + wrong).timestamp() * 1_000_000
        seen.extend(read({"emitter": SERVER, "type": 64, "timestamp": stamp, "event": inner}, clocks))

    told(0, "published")  # of somebody before
    told(3600, "joined")
    told(3 * 3600, "leaving")
    own = [Event(join, "p", Kind.ARRIVED, at(3600)), Event(join, "p", Kind.LEFT, at(3 * 3600))]
    events = [*own, *(Event(one.join, "p", Kind(one.kind), one.at) for one in seen)]
    assert fold(events, at(4 * 3600)) == {"p": [Span(at(3600), at(3 * 3600))]}


async def test_what_the_inbox_gets_is_by_our_clock(settings, tmp_path):
    settings.HELD_LINES = tmp_path / "lines.json"
    hall = Hall(Servers([]))
    ahead = timezone.now() + timedelta(seconds=90)
    inner = {"plugin": "janus.plugin.videoroom", "data": {"event": "joined", "room": "r", "id": str(uuid4())}}
    hall.take_event({"emitter": SERVER, "type": 64, "timestamp": ahead.timestamp() * 1_000_000, "event": inner})
    assert hall.inbox._queue.get_nowait().at <= timezone.now()
