"""The plan of one session."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.live.domain.agenda import Segment, plan


def test_three_hours_with_two_breaks():
    assert plan(180, [(60, 10), (120, 10)]) == [
        Segment("check_in", 0, 15),
        Segment("process", 15, 60),
        Segment("break", 60, 70),
        Segment("skills", 70, 120),
        Segment("break", 120, 130),
        Segment("practice", 130, 165),
        Segment("check_out", 165, 180),
    ]


def test_an_hour_and_a_half_without_break():
    assert [part.kind for part in plan(90, [])] == ["check_in", "process", "check_out"]


def test_a_short_meeting_has_one_part():
    assert plan(30, []) == [Segment("process", 0, 30)]


def test_a_session_without_length_is_refused():
    with pytest.raises(ValueError, match="has a length"):
        plan(0, [])


@given(st.integers(1, 400), st.lists(st.tuples(st.integers(0, 400), st.integers(1, 60)), max_size=5))
def test_parts_follow_each_other_without_gaps(minutes, breaks):
    parts = plan(minutes, breaks)
    assert parts[0].start == 0
    assert parts[-1].end == minutes
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert all(part.minutes > 0 for part in parts)
