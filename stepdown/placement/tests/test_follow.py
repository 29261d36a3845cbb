from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stepdown.placement.domain.follow import begins
from stepdown.placement.domain.follow import ends as ends_with


def on(day, hour=18):
    return datetime(2026, 3, day, hour, tzinfo=UTC)


# Mondays, Wednesdays and Thursdays of two weeks.
STARTS = [on(day) for day in (2, 4, 5, 9, 11, 12)]
STAY = {start: start for start in STARTS}


def moved(old, new):
    return STAY | {old: new}


def ends(start, end, moves, **more):
    return ends_with(start, end, moves, length=timedelta(hours=3), **more)


def test_a_seat_begins_with_its_first_session_wherever_that_goes():
    assert begins(on(4), None, moved(on(4), on(4, 17))) == on(4, 17)
    assert begins(on(4), None, moved(on(4), on(4, 19))) == on(4, 19)
    assert begins(on(4), None, moved(on(4), on(3))) == on(3)


def test_a_first_session_that_goes_behind_the_next_one_is_no_longer_the_first():
    assert begins(on(4), None, moved(on(4), on(6))) == on(5)


def test_a_first_session_that_is_called_off_leaves_the_next_one():
    assert begins(on(4), None, moved(on(4), None)) == on(5)


def test_a_first_session_that_goes_before_one_the_seat_never_had_is_not_taken_along():
    assert begins(on(4), None, moved(on(4), on(1))) == on(5)


def test_a_seat_stays_where_it_is_when_no_session_of_its_own_is_left():
    assert begins(on(12), None, moved(on(12), None)) == on(12)


def test_other_sessions_move_no_beginning():
    assert begins(on(9), None, moved(on(4), on(6))) == on(9)
    assert begins(on(4), None, moved(on(9), on(10))) == on(4)


def test_a_seat_does_not_get_the_session_after_its_end_when_that_comes_earlier():
    assert ends(on(2), on(9), moved(on(9), on(9, 17))) == on(9, 17)
    assert ends(on(2), on(9), moved(on(9), on(9, 19))) == on(9)


def test_an_end_stays_behind_a_session_of_its_own():
    assert ends(on(2), on(9), moved(on(9), on(5, 10))) == on(9)


def test_a_seat_lasts_until_its_last_session_is_over_wherever_that_goes():
    assert ends(on(2), on(4, 21), moved(on(4), on(4, 22))) == on(5, 1)
    assert ends(on(2), on(4, 21), moved(on(4), on(5, 16))) == on(5), "but not into the session after it"
    assert ends(on(2), on(5, 21), moved(on(5), on(7)), until=on(7, 20)) == on(7, 20)


def test_a_seat_cannot_last_until_a_last_session_behind_the_one_after_it_or_the_next_seat():
    assert ends(on(2), on(4, 21), moved(on(4), on(6))) is None
    assert ends(on(2), on(5, 21), moved(on(5), on(7)), until=on(7)) is None


@given(
    first=st.integers(0, 5), length=st.integers(1, 6), which=st.integers(0, 5), hours=st.integers(-5, 5).filter(bool)
)
def test_a_move_within_the_day_changes_no_roster(first, length, which, hours):
    start = STARTS[first]
    last = first + length
    end = STARTS[last] if last < len(STARTS) else on(16)
    old = STARTS[which]
    moves = moved(old, old + timedelta(hours=hours))
    new = begins(start, end, moves), ends(start, end, moves)
    assert [s for s in STARTS if start <= s < end] == [s for s in STARTS if new[0] <= moves[s] < new[1]]
