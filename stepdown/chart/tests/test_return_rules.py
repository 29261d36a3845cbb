"""By when a return to use is answered."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from stepdown.chart.domain.return_to_use import due_at

CENTRAL = ZoneInfo("America/Chicago")


def at(day, hour=9):
    return datetime(2026, 3, day, hour, tzinfo=CENTRAL)


@pytest.mark.parametrize(
    ("told", "due"),
    [
        (at(2), at(4)),  # Monday to Wednesday
        (at(5), at(9)),  # Thursday to Monday
        (at(6), at(10)),  # Friday to Tuesday, the night the clocks change between
        (at(7), at(10)),  # Saturday to Tuesday
    ],
)
def test_two_working_days_pass_over_the_weekend(told, due):
    assert due_at(told, CENTRAL) == due


def test_a_closed_day_is_no_working_day():
    assert due_at(at(2), CENTRAL, lambda on: on == date(2026, 3, 3)) == at(5)


def test_the_day_is_that_of_the_patients_zone():
    """Nine in the evening of Thursday is Friday in UTC already."""
    assert due_at(datetime(2026, 3, 6, 3, tzinfo=UTC), CENTRAL) == at(9, 21)
