"""Criteria of the step down. Source: level-of-care rules, section 7."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.transitions.domain.criteria import DIMENSIONS, Facts, Finding, step_down_criteria, weeks_attended

READY = Facts(
    weeks_attended=10,
    minutes_attended=4_000,
    minutes_a_week=480,
    ratings={"d1": 0, "d2": 1, "d3": 1, "d4": 3, "d5": 1, "d6": 0},
    rated_on=date(2026, 3, 2),
)
MONDAY = date(2026, 1, 5)


def findings(facts: Facts) -> list[str]:
    return [c.finding for c in step_down_criteria(facts)]


def test_someone_ready_meets_everything_that_is_recorded():
    assert findings(READY) == ["met"] * 6 + ["not_recorded"] * 2


def test_ten_weeks_are_enough_and_nine_are_not():
    assert findings(replace(READY, weeks_attended=9))[0] == Finding.NOT_MET
    assert step_down_criteria(replace(READY, weeks_attended=9))[0].known == "9 weeks; 66 of 80 hours."


def test_the_hours_of_ten_weeks_stand_for_the_weeks():
    assert findings(replace(READY, weeks_attended=9, minutes_attended=4_800))[0] == Finding.MET


def test_no_known_week_length_proves_nothing_by_hours():
    assert findings(replace(READY, weeks_attended=0, minutes_attended=0, minutes_a_week=0))[0] == Finding.NOT_MET


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_rating_of_two_does_not_meet_its_criterion(dimension):
    assert findings(replace(READY, ratings={**READY.ratings, dimension: 2})).count(Finding.NOT_MET) == 1


def test_readiness_to_change_is_no_criterion():
    assert Finding.NOT_MET not in findings(replace(READY, ratings={**READY.ratings, "d4": 4}))


def test_what_was_never_rated_is_not_recorded_rather_than_met():
    criteria = step_down_criteria(replace(READY, ratings={}, rated_on=None))
    assert [c.finding for c in criteria[1:6]] == [Finding.NOT_RECORDED] * 5
    assert {c.known for c in criteria[1:6]} == {"Not rated yet."}


def test_a_rating_says_its_day():
    assert step_down_criteria(READY)[1].known == "0, rated Mar 2, 2026."


def meetings(*weeks: str) -> list[tuple[date, bool]]:
    """ "x-x" is a week of three meetings, the second missed."""
    return [
        (MONDAY + timedelta(days=7 * week + 2 * i), mark == "x")
        for week, marks in enumerate(weeks)
        for i, mark in enumerate(marks)
    ]


@pytest.mark.parametrize(
    ("weeks", "count"),
    [((), 0), (("xxx",), 1), (("x--",), 0), (("xx-",), 1), (("x-",), 1), (("---", "xxx", "x--", "xx-"), 2)],
)
def test_a_week_counts_with_half_of_its_meetings(weeks, count):
    assert weeks_attended(meetings(*weeks), MONDAY) == count


@given(st.lists(st.tuples(st.dates(MONDAY, date(2026, 4, 5)), st.booleans()), max_size=40), st.randoms())
def test_weeks_do_not_depend_on_the_order_of_meetings(days, random):
    expected = weeks_attended(days, MONDAY)
    random.shuffle(days)
    assert weeks_attended(days, MONDAY) == expected <= 13
