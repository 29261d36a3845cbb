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
    assert advance("acb", 1, "abc") == (["a", "c", "b"], 2)


def test_the_round_waits_for_who_is_away_when_all_others_have_spoken():
    assert advance("acb", 1, "ac") == (["a", "c", "b"], 2)
    assert advance("acb", 2, "ac") == (["a", "c", "b"], 2)
    assert advance("acb", 2, "abc") is None


def test_who_is_back_speaks_before_who_is_still_away():
    assert advance("abc", 1, "ac") == (["a", "c", "b"], 1)


def test_who_comes_late_speaks_while_the_round_waits():
    assert advance("ab", 1, "ac") == (["a", "c", "b"], 1)


def test_who_came_late_is_added_at_the_end():
    assert advance("ab", 0, "abc") == (["a", "b", "c"], 1)


def test_who_is_skipped_speaks_after_all_others():
    assert skip("abc", 0, "abc") == (["b", "c", "a"], 0)
    assert skip("abcd", 1, "abc") == (["a", "c", "b", "d"], 1)


def test_the_only_one_left_keeps_the_turn_when_skipped():
    assert skip("ab", 1, "ab") == (["a", "b"], 1)


@given(order=people.filter(bool), present=people)
def test_everyone_present_has_exactly_one_turn_and_who_is_away_is_still_to_come(order, present):
    everyone, turn, spoke = {*order, *present}, 0, []
    for _ in range(len(everyone) + 1):
        if order[turn] in present:
            spoke.append(order[turn])
        if not (moved := advance(order, turn, present)):
            break
        order, turn = moved
    assert sorted(spoke) == sorted(present)
    assert set(order[turn + 1 if moved is None else turn :]) == everyone - set(present)
