"""What an evening on which everything goes wrong leaves behind: the time each person was there."""

import pytest

from stepdown.live.tests.conftest import LiveGroup
from tests.copies import Copy
from tests.scenario import DEATHS, HAPPENINGS, Evening, course

PATIENTS, SECONDS = 10, 65.0


def test_in_the_course_of_the_evening_all_that_can_go_wrong_does():
    acts = course(seed=1, patients=PATIENTS, seconds=SECONDS)
    assert {act.what for act in acts} == {*HAPPENINGS, *DEATHS, "comes", "wakes"}
    assert acts == course(seed=1, patients=PATIENTS, seconds=SECONDS)


@pytest.mark.browser
@pytest.mark.long
def test_attendance_is_within_five_seconds_of_what_happened(product: Copy, group: LiveGroup):
    evening = Evening(product, group, patients=PATIENTS)
    outcomes = evening.play(course(seed=1, patients=PATIENTS, seconds=SECONDS), SECONDS)
    assert all(outcome.there for outcome in outcomes)
    assert all(outcome.is_shown for outcome in outcomes)
    assert [f"{who}: {one}" for who, one in enumerate(outcomes) if not one.is_close] == []
