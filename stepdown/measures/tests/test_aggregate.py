import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.measures.domain.aggregate import FEWEST, Answers, Mean, Rate, counts, hidden, means, rates

TABLES = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 40))


@pytest.mark.parametrize(
    ("people", "shown", "total"),
    [
        ({"a": 11, "b": 40}, {"a": 11, "b": 40}, 51),
        ({"a": 0, "b": 40}, {"a": 0, "b": 40}, 40),
        ({"a": 10, "b": 40, "c": 12}, {"a": None, "b": 40, "c": None}, 62),
        ({"a": 10, "b": 40}, {"a": None, "b": None}, 50),
        ({"a": 3, "b": 4, "c": 40, "d": 30}, {"a": None, "b": None, "c": 40, "d": None}, 77),
        ({"a": 5, "b": 6, "c": 40}, {"a": None, "b": None, "c": 40}, 51),
        ({"a": 10, "b": 0}, {"a": None, "b": 0}, None),
        ({"a": 3, "b": 4}, {"a": None, "b": None}, None),
        ({}, {}, 0),
    ],
)
def test_few_people_are_hidden_and_no_total_tells_them(people, shown, total):
    """RULE PRIV-46."""
    found = counts(people)
    assert (found.people, found.total) == (shown, total)


@given(TABLES)
def test_what_is_shown_leaves_no_cell_to_be_worked_out(people):
    found = counts(people)
    lost = [cell for cell, count in found.people.items() if count is None]
    assert all(count is None or count == 0 or count >= FEWEST for count in found.people.values())
    if lost and found.total is not None:
        rest = found.total - sum(count or 0 for count in found.people.values())
        assert len(lost) > 1
        assert rest >= FEWEST
    assert found.total is None or found.total == 0 or found.total >= FEWEST


@given(TABLES)
def test_no_more_is_hidden_than_has_to_be(people):
    away = hidden(people).cells
    small = {cell for cell, count in people.items() if 0 < count < FEWEST}
    assert small <= away
    assert len(away - small) <= 1


def test_the_smallest_allowed_number_can_be_set():
    assert counts({"a": 4, "b": 5}, fewest=5).people == {"a": None, "b": None}
    assert counts({"a": 5, "b": 5}, fewest=5).total == 10


def test_a_score_that_cannot_be_computed_enters_no_average():
    shown, total = means({"Cedar": [10.0] * 10 + [21.0] + [None] * 5})
    assert shown == {"Cedar": Mean(11, 11.0)}
    assert total == Mean(11, 11.0)


def test_not_scorable_people_do_not_make_a_cell_large_enough():
    assert means({"Cedar": [10.0] * 10 + [None] * 5}) == ({"Cedar": None}, None)


def test_an_average_of_few_is_hidden_with_another_beside_it():
    shown, total = means({"Cedar": [10.0] * 4, "Oak": [5.0] * 12, "Elm": [6.0] * 30})
    assert shown == {"Cedar": None, "Oak": None, "Elm": Mean(30, 6.0)}
    assert total == Mean(46, pytest.approx((40 + 60 + 180) / 46))


def test_nobody_scored_has_no_average():
    assert means({"Cedar": [None, None]}) == ({"Cedar": None}, None)


def test_a_response_rate_counts_what_was_answered_of_what_was_asked():
    shown, total = rates({"PHQ-9": [Answers(3, 4)] * 11 + [Answers(0, 0)]})
    assert shown == {"PHQ-9": Rate(11, 33, 44)}
    assert total.share == 0.75


def test_a_response_rate_of_few_people_is_hidden_however_often_they_were_asked():
    assert rates({"PHQ-9": [Answers(30, 40)] * 10}) == ({"PHQ-9": None}, None)


def test_a_rate_of_few_is_hidden_with_another_beside_it():
    shown, total = rates({"a": [Answers(1, 2)] * 3, "b": [Answers(2, 2)] * 20, "c": [Answers(1, 1)] * 15})
    assert shown == {"a": None, "b": Rate(20, 40, 40), "c": None}
    assert total == Rate(38, 58, 61)
