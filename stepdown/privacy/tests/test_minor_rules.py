"""Who signs for somebody under 18, day by day. Source: 42 CFR 2.14; RULE PRIV-15."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.privacy.domain.consents import BY_PARENT, Failure, Why, failures, flaws, is_complete_but_for_parent
from stepdown.privacy.domain.minors import OLDEST, YOUNGEST, Signs, StateRule, admit, is_minor, who_signs
from stepdown.privacy.domain.retention import years_after
from stepdown.privacy.tests.test_consent_rules import NOW, SECOND, SIGNED, consent

BORN, LEAPLING = date(2008, 3, 14), date(2008, 2, 29)
DAY = timedelta(days=1)
ALONE, BOTH = StateRule(Signs.MINOR_ALONE, 16), StateRule(Signs.MINOR_AND_PARENT, 16)
births = st.dates(date(1950, 1, 1), date(2025, 12, 31))
days = st.dates(date(2026, 1, 1), date(2060, 12, 31))
rules = st.none() | st.builds(StateRule, st.none() | st.sampled_from(list(Signs)[1:]), st.integers(YOUNGEST, OLDEST))


@pytest.mark.parametrize(
    ("born", "last_day"),
    [
        (BORN, date(2026, 3, 13)),
        (date(2008, 1, 1), date(2025, 12, 31)),
        (LEAPLING, date(2026, 2, 28)),  # 18 on March 1 of a year without February 29
    ],
)
def test_who_turns_18_is_of_age_from_that_very_day(born, last_day):
    """RULE PRIV-15."""
    assert is_minor(born, last_day)
    assert who_signs(born, last_day, BOTH) == Signs.MINOR_AND_PARENT
    assert not is_minor(born, last_day + DAY)
    assert who_signs(born, last_day + DAY, BOTH) == Signs.PATIENT


def test_who_is_born_on_february_29_reaches_the_age_of_a_rule_on_that_day_where_there_is_one():
    assert who_signs(LEAPLING, date(2024, 2, 28), ALONE) is None
    assert who_signs(LEAPLING, date(2024, 2, 29), ALONE) == Signs.MINOR_ALONE


def test_the_rule_of_the_state_says_who_signs():
    """RULE PRIV-15."""
    at_16 = date(2024, 3, 14)
    assert who_signs(BORN, at_16, ALONE) == Signs.MINOR_ALONE
    assert who_signs(BORN, at_16, BOTH) == Signs.MINOR_AND_PARENT
    assert who_signs(BORN, at_16 - DAY, BOTH) is None
    assert who_signs(BORN, at_16, None) is None
    assert who_signs(BORN, at_16, StateRule(None)) is None


def test_a_refusal_says_why():
    """RULE PRIV-15."""
    at_15, at_16 = date(2023, 3, 14), date(2024, 3, 14)
    assert admit(BORN, at_16, "Minnesota", ALONE)
    assert "admits no minors in Minnesota" in admit(BORN, at_16, "Minnesota", None).reason
    assert "admits no minors in Minnesota" in admit(BORN, at_16, "Minnesota", StateRule(None)).reason
    assert "in Minnesota this center admits minors from the age of 16" in admit(BORN, at_15, "Minnesota", ALONE).reason
    assert "Ask in which state" in admit(BORN, at_16, "", None).reason
    assert admit(BORN, date(2026, 3, 14), "", None)


@given(births, days, rules)
def test_nobody_under_18_is_admitted_whose_signers_are_not_known(born, day, rule):
    """RULE PRIV-15."""
    may, signs = bool(admit(born, day, "Minnesota", rule)), who_signs(born, day, rule)
    assert may == (signs is not None)
    assert (signs == Signs.PATIENT) == (day >= years_after(born, 18))


@given(births, rules)
def test_nobody_becomes_a_minor_again(born, rule):
    birthday = years_after(born, 18)
    assert [who_signs(born, birthday + n * DAY, rule) for n in range(400)] == [Signs.PATIENT] * 400
    assert who_signs(born, birthday - DAY, rule) != Signs.PATIENT


# -- consents that a parent signs too

both = replace(consent(), needs_parent=True)


def test_what_a_parent_signs_too_does_not_hold_before_they_have():
    """RULE PRIV-15."""
    assert failures(both, NOW) == tuple(Failure(Why.MISSING, element) for element in BY_PARENT)
    assert is_complete_but_for_parent(both, NOW)
    assert flaws(both) == (), "the patient can sign it first"


def test_it_holds_from_the_second_signature_on():
    """RULE PRIV-15."""
    whole = replace(both, parent_signature="Dana Specimen", parent_signed_at=NOW)
    assert failures(whole, NOW) == ()
    assert failures(whole, NOW - SECOND) == (Failure(Why.NOT_YET),)
    assert is_complete_but_for_parent(whole, NOW)


def test_a_parent_alone_signs_nothing():
    alone = replace(both, parent_signature="Dana Specimen", parent_signed_at=NOW, signature="", signed_at=None)
    assert {failure.element for failure in failures(alone, NOW)} == {"signature", "signed_at"}


@pytest.mark.parametrize("why", ["revoked_at", "stopped_at"])
def test_what_is_taken_back_does_not_wait_for_a_parent(why):
    assert not is_complete_but_for_parent(replace(both, **{why: SIGNED}), NOW)


def test_nothing_is_asked_of_a_parent_for_who_is_of_age():
    assert failures(consent(), NOW) == ()
