"""A check-in round: everyone once, also who came late or was away."""

from hypothesis import given
from hypothesis import strategies as st

from stepdown.live.domain.rounds import advance, skip

people = st.lists(st.integers(0, 20), unique=True, max_size=12)


def test_one_after_the_other_and_then_it_is_over():
    assert advance("abc", 0, "abc") == (["a", "b", "c"], 1)
    assert advance("abc", 1, "abc") == (["a", "b", "c"], 2)
    assert advance("abc", 2, "abc") is None


def test_who_is_away_comes_after_those_present():
    assert advance("abc", 0, "ac") == (["a", "c", "b"], 1)
    assert advance("acb", 1, "ac") is None
    assert advance("acb", 1, "abc") == (["a", "c", "b"], 2)


def test_who_came_late_is_added_at_the_end():
    assert advance("ab", 0, "abc") == (["a", "b", "c"], 1)


def test_who_is_skipped_speaks_after_all_others():
    assert skip("abc", 0, "abc") == (["b", "c", "a"], 0)
    assert skip("abcd", 1, "abc") == (["a", "c", "b", "d"], 1)


def test_the_only_one_left_keeps_the_turn_when_skipped():
    assert skip("ab", 1, "ab") == (["a", "b"], 1)


@given(order=people.filter(bool), present=people)
def test_everyone_present_has_exactly_one_turn(order, present):
    turn, spoke = 0, [order[0]]
    while moved := advance(order, turn, present):
        order, turn = moved
        spoke.append(order[turn])
    assert len(spoke) == len(set(spoke))
    assert set(present) <= set(spoke)
