"""When an audit is open, and what its agreement has to say. RULE PRIV-33."""

from datetime import date, timedelta

import pytest

from stepdown.privacy.domain import audits as rules
from stepdown.privacy.domain.audits import State, Term
from stepdown.privacy.domain.sharing import ORDINARY, Data

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 13)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "state"),
    [(FIRST - DAY, State.COMING), (FIRST, State.RUNNING), (LAST, State.RUNNING), (LAST + DAY, State.ENDED)],
)
def test_it_is_open_from_its_first_through_its_last_day(today, state):
    assert rules.state(Term(FIRST, LAST, is_opened=True), today) == state


def test_it_shows_nothing_before_it_is_opened_and_cannot_be_opened_late():
    assert rules.state(Term(FIRST, LAST), FIRST) == State.PREPARED
    assert rules.state(Term(FIRST, LAST), LAST + DAY) == State.ENDED


def test_ended_by_hand_it_is_over_at_once():
    assert rules.state(Term(FIRST, LAST, is_opened=True, is_ended=True), FIRST) == State.ENDED


def test_the_agreement_says_all_three():
    assert rules.left_out(["onward"]) == ["only", "back"]
    assert rules.left_out(rules.MUST_SAY) == []


def test_counseling_notes_are_shown_in_no_audit():
    assert rules.beyond(ORDINARY) == set()
    assert rules.beyond([Data.NOTES, Data.COUNSELING_NOTES, "everything"]) == {Data.COUNSELING_NOTES, "everything"}


def test_it_has_an_end_within_half_a_year():
    assert not rules.is_too_long(FIRST, FIRST + (rules.LONGEST_DAYS - 1) * DAY)
    assert rules.is_too_long(FIRST, FIRST + rules.LONGEST_DAYS * DAY)
