from datetime import UTC, datetime, timedelta

import pytest

from stepdown.placement.domain.runs import GAP, Sat, present_run

START = datetime(2026, 3, 2, 15, tzinfo=UTC)


def sat(level, first, last=None):
    """From week `first` to week `last`."""
    return Sat(level, START + timedelta(weeks=first), None if last is None else START + timedelta(weeks=last))


def test_one_seat_is_a_run():
    assert present_run([sat("2.1", 0)]) == [sat("2.1", 0)]


@pytest.mark.parametrize("gap", [timedelta(0), GAP])
def test_a_prolongation_or_a_move_goes_on_with_the_run(gap):
    after = Sat("2.1", START + timedelta(weeks=12) + gap, None)
    assert present_run([sat("2.1", 0, 12), after]) == [sat("2.1", 0, 12), after]


def test_after_more_than_the_gap_another_run_begins():
    after = Sat("2.1", START + timedelta(weeks=12) + GAP + timedelta(hours=1), None)
    assert present_run([sat("2.1", 0, 12), after]) == [after]


def test_who_comes_back_from_another_level_begins_another_run():
    seats = [sat("2.1", 0, 12), sat("1", 12, 13), sat("2.1", 13, 20), sat("2.1", 20)]
    assert present_run(seats) == seats[2:]
