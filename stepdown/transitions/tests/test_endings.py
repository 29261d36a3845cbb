"""Reasons to end an episode, and the days of levels."""

from datetime import date

import pytest

from stepdown.admissions.models import Episode
from stepdown.transitions.domain.days import first_day_after, share_of_way
from stepdown.transitions.domain.endings import TEDS_CODE, WHEN, teds_code


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("completed", 1),
        ("left_against_advice", 2),
        ("no_contact", 2),
        ("administrative_discharge", 3),
        ("transferred", 4),
        ("incarcerated", 5),
        ("deceased", 6),
        ("other", 7),
    ],
)
def test_each_ending_has_its_teds_code(status, code):
    assert teds_code(status) == code


def test_every_ending_and_no_other_status_has_a_code_and_a_hint():
    assert set(TEDS_CODE) == set(WHEN) == set(Episode.ENDED)


def test_a_return_to_use_is_no_reason_to_end_care():
    said = " ".join([*TEDS_CODE, *WHEN.values(), *(str(Episode.Status(s).label) for s in TEDS_CODE)]).lower()
    assert " use" not in said


def test_an_open_status_has_no_code():
    with pytest.raises(KeyError):
        teds_code("active")


def test_the_next_level_begins_on_the_day_wanted():
    assert first_day_after(date(2026, 1, 5), date(2026, 3, 30)) == date(2026, 3, 30)


def test_a_stay_keeps_at_least_one_day_of_its_own():
    assert first_day_after(date(2026, 1, 5), date(2026, 1, 5)) == date(2026, 1, 6)
    assert first_day_after(date(2026, 1, 5), date(2026, 1, 1)) == date(2026, 1, 6)


@pytest.mark.parametrize(
    ("ends", "share"), [(date(2026, 1, 15), 0.5), (date(2026, 1, 9), 1.0), (None, 0.5), (date(2026, 1, 5), 1.0)]
)
def test_the_share_of_the_way_stays_between_none_and_all(ends, share):
    assert share_of_way(date(2026, 1, 5), ends, date(2026, 1, 10)) == share


def test_the_share_of_a_way_without_a_first_day_is_half_until_it_ends():
    assert share_of_way(None, date(2026, 1, 15), date(2026, 1, 14)) == 0.5
    assert share_of_way(None, date(2026, 1, 15), date(2026, 1, 15)) == 1.0
