"""What must hold for any stays, any breaks, any order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stepdown.attendance.domain.minutes import (
    available_minutes,
    clinical_minutes,
    presence,
    reckon,
    status_from_minutes,
    status_from_stays,
)
from stepdown.kernel.spans import Span

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


@st.composite
def some_span(draw) -> Span:
    start = draw(st.integers(0, 6 * 3600))
    return Span(NOON + timedelta(seconds=start), NOON + timedelta(seconds=start + draw(st.integers(0, 4 * 3600))))


some_spans = st.lists(some_span(), max_size=8)


@given(some_spans, some_span(), some_spans, st.randoms())
def test_the_order_of_stays_and_breaks_does_not_matter(stays, session, breaks, random):
    expected = reckon(stays, session, breaks)
    random.shuffle(stays)
    random.shuffle(breaks)
    assert reckon(stays, session, breaks) == expected


@given(some_spans, some_span(), some_spans)
def test_counting_the_same_stays_twice_changes_nothing(stays, session, breaks):
    assert reckon(stays * 2, session, breaks * 2) == reckon(stays, session, breaks)


@given(some_spans, some_span(), some_spans)
def test_computing_again_from_what_was_kept_gives_the_same(stays, session, breaks):
    kept = reckon(stays, session, breaks)
    assert reckon(kept.stays, session, breaks) == kept


@given(some_spans, some_span(), some_spans)
def test_never_negative_and_never_more_than_the_session_less_its_breaks(stays, session, breaks):
    assert 0 <= clinical_minutes(stays, session, breaks) <= available_minutes(session, breaks)


@given(some_spans, some_span(), some_spans)
def test_a_device_inside_the_time_of_another_adds_nothing(stays, session, breaks):
    inside = [Span(s.start + s.length / 4, s.end - s.length / 4) for s in stays]
    assert clinical_minutes(stays + inside, session, breaks) == clinical_minutes(stays, session, breaks)


@given(some_spans, some_span(), some_span(), some_spans)
def test_one_more_stay_never_takes_minutes_away(stays, more, session, breaks):
    assert clinical_minutes([*stays, more], session, breaks) >= clinical_minutes(stays, session, breaks)


@given(some_spans, some_span(), some_span(), some_spans)
def test_one_more_break_never_adds_minutes(stays, more, session, breaks):
    assert clinical_minutes(stays, session, [*breaks, more]) <= clinical_minutes(stays, session, breaks)


@given(some_spans, some_span())
def test_presence_is_sorted_apart_by_two_minutes_and_inside_the_session(stays, session):
    there = presence(stays, session)
    assert all(session.start <= s.start < s.end <= session.end for s in there)
    assert all(b.start - a.end >= timedelta(minutes=2) for a, b in pairwise(there))


@given(some_spans, some_span(), some_spans)
def test_missed_is_exactly_no_whole_minute(stays, session, breaks):
    minutes = clinical_minutes(stays, session, breaks)
    assert (status_from_stays(stays, session, breaks) == "no_show") == (minutes == 0)
    assert (status_from_minutes(minutes, available_minutes(session, breaks)) == "no_show") == (minutes == 0)
