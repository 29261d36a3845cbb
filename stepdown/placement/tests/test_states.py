from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stepdown.placement.domain.chairs import free_chairs, free_from, week_of, weeks_later
from stepdown.placement.domain.states import NEXT, SeatState, diagram, state_of

NOW = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("seat", "state"),
    [
        ({}, "held"),
        ({"held_until": NOW}, "lapsed"),
        ({"released_why": "lapsed"}, "lapsed"),
        ({"released_why": "declined", "held_until": NOW}, "declined"),
        ({"released_why": "withdrawn"}, "withdrawn"),
        ({"accepted_at": NOW, "held_until": NOW - HOUR}, "accepted"),
        ({"accepted_at": NOW, "ends_at": NOW + HOUR}, "accepted"),
        ({"accepted_at": NOW, "ends_at": NOW}, "ended"),
    ],
)
def test_what_a_seat_is(seat, state):
    facts = {"held_until": NOW + HOUR, "accepted_at": None, "released_why": "", "ends_at": None} | seat
    assert state_of(now=NOW, **facts) == state


def test_a_seat_given_back_never_comes_back():
    for state in (SeatState.LAPSED, SeatState.DECLINED, SeatState.WITHDRAWN, SeatState.ENDED):
        assert not NEXT[state]


def test_the_readme_shows_the_table():
    readme = Path(__file__).parents[1] / "README.md"
    assert f"```mermaid\n{diagram()}\n```" in readme.read_text(encoding="utf-8")


def test_a_chair_is_free_only_for_the_whole_time():
    taken = {1: [(NOW, NOW + HOUR)], 2: [(NOW + 3 * HOUR, None)], 3: []}
    assert free_chairs(taken, (NOW + HOUR, NOW + 2 * HOUR)) == [1, 2, 3]
    assert free_chairs(taken, (NOW + HOUR, None)) == [1, 3]
    assert free_chairs(taken, (NOW, NOW + 4 * HOUR)) == [3]


def test_a_full_group_is_free_from_the_first_end():
    assert free_from({1: [(NOW, NOW + 2 * HOUR)], 2: [(NOW, NOW + HOUR)]}, NOW) == NOW + HOUR
    assert free_from({1: [(NOW, None)]}, NOW) is None


def test_weeks_are_counted_from_one_and_none_before_the_first_session():
    assert [week_of(NOW, NOW + timedelta(days=n), UTC) for n in (-1, 0, 6, 7)] == [0, 1, 1, 2]


def test_weeks_are_counted_by_the_days_in_the_groups_zone_when_the_clocks_go_forward():
    chicago = ZoneInfo("America/Chicago")
    days = [datetime(2026, 3, day, 18, tzinfo=chicago) for day in (2, 4, 5, 9, 11, 12, 16, 18, 19)]
    assert [week_of(days[0], day, chicago) for day in days] == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_weeks_later_is_the_same_clock_across_a_change_of_clocks():
    six_pm = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)
    assert weeks_later(six_pm, 1, ZoneInfo("America/Chicago")) == datetime(2026, 3, 11, 23, 0, tzinfo=UTC)
