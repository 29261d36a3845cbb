"""When an agreement with a vendor is in force, and what it has to say."""

from datetime import date, timedelta

import pytest

from stepdown.people.domain.warnings import due
from stepdown.privacy.domain.vendors import BAA, QSOA, WARNED_BEFORE, Kind, State, Term, covered_until, holds, left_out
from stepdown.privacy.domain.vendors import state as state_of
from stepdown.privacy.wording_vendors import SAYS

DAY, MARCH_1 = timedelta(days=1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("on", "last", "holds_then"),
    [
        (MARCH_1 - DAY, None, False),
        (MARCH_1, None, True),
        (MARCH_1, MARCH_1, True),
        (MARCH_1 + DAY, MARCH_1, False),
        (MARCH_1 + 9_999 * DAY, None, True),
    ],
)
def test_it_is_in_force_from_its_first_through_its_last_day(on, last, holds_then):
    """RULE PRIV-24."""
    assert holds(Term(MARCH_1, last), on) is holds_then


def test_one_that_was_ended_by_hand_is_in_force_on_no_day():
    """RULE PRIV-24."""
    assert not holds(Term(MARCH_1, None, is_ended=True), MARCH_1)


@pytest.mark.parametrize(
    ("term", "state"),
    [
        (Term(MARCH_1 + DAY), State.COMING),
        (Term(MARCH_1), State.IN_FORCE),
        (Term(MARCH_1, MARCH_1 + 61 * DAY), State.IN_FORCE),
        (Term(MARCH_1, MARCH_1 + 60 * DAY), State.ENDS_SOON),
        (Term(MARCH_1, MARCH_1), State.ENDS_SOON),
        (Term(MARCH_1 - DAY, MARCH_1 - DAY), State.ENDED),
        (Term(MARCH_1, None, is_ended=True), State.ENDED),
    ],
)
def test_how_it_stands(term, state):
    assert state_of(term, MARCH_1) == state


@pytest.mark.parametrize(
    ("terms", "until"),
    [
        ([], MARCH_1 - DAY),
        ([Term(MARCH_1 + DAY)], MARCH_1 - DAY),
        ([Term(MARCH_1)], None),
        ([Term(MARCH_1 + DAY, MARCH_1 + 9 * DAY), Term(MARCH_1 - DAY, MARCH_1)], MARCH_1 + 9 * DAY),
        ([Term(MARCH_1, MARCH_1), Term(MARCH_1 + 2 * DAY)], MARCH_1),
        ([Term(MARCH_1, MARCH_1), Term(MARCH_1 + DAY, is_ended=True)], MARCH_1),
        ([Term(MARCH_1, MARCH_1 + 9 * DAY), Term(MARCH_1, MARCH_1 + DAY)], MARCH_1 + 9 * DAY),
    ],
)
def test_a_service_is_covered_until_the_first_gap(terms, until):
    assert covered_until(terms, MARCH_1) == until


@pytest.mark.parametrize(("left", "told"), [(61, None), (60, 60), (15, 60), (14, 14), (0, 14), (-1, None)])
def test_its_end_is_told_60_and_14_days_before(left, told):
    assert due(MARCH_1 + left * DAY, MARCH_1, WARNED_BEFORE) == told


@pytest.mark.parametrize(
    ("kind", "says", "missing"),
    [
        (Kind.QSOA, QSOA, []),
        (Kind.QSOA, BAA, list(QSOA)),
        (Kind.BAA, BAA, []),
        (Kind.BAA, ("services",), ["back"]),
        (Kind.BOTH, QSOA + BAA, []),
        (Kind.BOTH, BAA, list(QSOA)),
    ],
)
def test_each_kind_has_to_say_what_the_law_asks_of_it(kind, says, missing):
    """RULE PRIV-24. Source: 42 CFR 2.11; 45 CFR 164.504(e)(2)."""
    assert left_out(kind, says) == missing


def test_everything_that_is_asked_has_its_words():
    assert set(SAYS) == set(QSOA + BAA)
