"""On which day a drug test falls: the gaps are held, nobody can foretell it, and its mean is what was asked."""

import secrets
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stepdown.chart.domain.drug_tests import collect_by, falls, notice_at, one_in, panels

LAST = date(2026, 3, 2)
CENTRAL = ZoneInfo("America/Chicago")
gaps = st.tuples(st.integers(1, 30), st.integers(1, 30)).map(lambda g: (g[0], g[0] + g[1]))


def day(number):
    return LAST + timedelta(days=number)


def drawn(asked, below=secrets.randbelow, is_open=lambda on: True):
    """After how many days the next test falls."""
    return next(n for n in range(1, 200) if falls(day(n), LAST, asked, below, is_open))


@given(gaps)
def test_a_test_never_falls_before_the_least_nor_after_the_most_days(asked):
    assert asked[0] <= drawn(asked) <= asked[1]


@given(gaps, st.integers(0, 60))
def test_each_day_that_may_have_a_test_keeps_a_chance_whatever_came_before(asked, number):
    chance = one_in(day(number), LAST, asked)
    assert (chance > 0) == (number >= asked[0])
    assert number >= asked[1] or chance == 0 or chance > 1


@given(gaps)
def test_when_the_last_one_is_done_all_days_have_the_same_chance(asked):
    """The chance to come to a day without a test, times its own chance, is the same for each."""
    still, chances = 1.0, []
    for number in range(asked[0], asked[1] + 1):
        own = 1 / one_in(day(number), LAST, asked)
        chances.append(still * own)
        still *= 1 - own
    assert still == 0
    assert max(chances) - min(chances) < 1e-9


def test_the_mean_is_the_middle_of_the_gaps():
    times = 20_000
    random = Random(7)
    mean = sum(drawn((2, 7), random.randrange) for _ in range(times)) / times
    assert mean == pytest.approx(4.5, abs=0.05)
    counts = Counter(drawn((2, 7), random.randrange) for _ in range(times))
    assert all(count == pytest.approx(times / 6, rel=0.1) for count in counts.values())


@given(gaps, st.sets(st.integers(1, 60), max_size=20))
def test_no_test_falls_while_the_center_is_closed_and_the_gaps_hold_where_it_is_open_at_all(asked, closed):
    def is_open(on):
        return (on - LAST).days not in closed

    number = drawn(asked, is_open=is_open)
    assert number not in closed
    assert number >= asked[0]
    assume(any(n not in closed for n in range(asked[0], asked[1] + 1)))
    assert number <= asked[1]


def test_a_day_on_which_nobody_asked_chance_leaves_the_next_one_certain():
    assert one_in(day(9), LAST, (2, 7)) == 1


@given(gaps)
def test_tests_before_tell_nothing_of_the_next(asked):
    """The chance depends on the days since the last one alone."""
    other = LAST + timedelta(days=400)
    for number in range(1, asked[1] + 3):
        assert one_in(day(number), LAST, asked) == one_in(other + timedelta(days=number), other, asked)


@given(st.integers(0, 359))
def test_a_notice_comes_between_eight_and_two_by_the_patients_clock(minute):
    at = notice_at(LAST, CENTRAL, lambda n: minute)
    assert time(8) <= at.astimezone(CENTRAL).time() < time(14)
    assert at.astimezone(CENTRAL).date() == LAST
    assert at > datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("way", "told", "due"),
    [
        ("oral", datetime(2026, 3, 2, 9, tzinfo=CENTRAL), datetime(2026, 3, 2, 17, tzinfo=CENTRAL)),
        ("oral", datetime(2026, 3, 2, 14, tzinfo=CENTRAL), datetime(2026, 3, 3, 10, tzinfo=CENTRAL)),
        ("breath", datetime(2026, 3, 3, 1, tzinfo=CENTRAL), datetime(2026, 3, 3, 10, tzinfo=CENTRAL)),
    ],
)
def test_nobody_has_to_give_a_test_in_the_night(way, told, due):
    assert collect_by(way, told.astimezone(UTC), CENTRAL) == due


def test_what_is_looked_for_always_and_what_sometimes():
    assert panels(["etg"], ["cocaine", "benzos"], lambda n: 0) == ["etg"]
    assert panels(["etg"], ["cocaine", "benzos"], lambda n: 1) == ["etg", "cocaine", "benzos"]
