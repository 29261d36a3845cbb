"""Days that a patient pays for themself, as plain rules. Source: 45 CFR 164.522(a)(1)(vi); RULE PRIV-29."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.privacy.domain import rights
from stepdown.privacy.domain.gate import Code, No, decide
from stepdown.privacy.domain.self_pay import Days, Hit, SelfPaid, applies, hit, may_be, reaches_a_plan
from stepdown.privacy.domain.sharing import TPO, Data, Kind, Purpose, Whom
from stepdown.privacy.tests.test_consent_rules import NOW, SECOND, SIGNED
from stepdown.privacy.tests.test_gate_rules import DOCTOR, asked, held

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def paid(plan="", first=MONDAY, last=MONDAY + 4 * DAY, **times) -> SelfPaid:
    return SelfPaid(plan, first, last, times.pop("asked_at", SIGNED), **times)


def told(*days, data=Data.ATTENDANCE):
    return {data: [Days(day, day) for day in days]}


WEEK = hit([paid()], told(MONDAY))


def test_restricted_days_are_hit_from_the_first_to_the_last_and_no_other():
    """RULE PRIV-29."""
    around = [MONDAY - DAY, MONDAY, MONDAY + 4 * DAY, MONDAY + 5 * DAY]
    assert [hit([paid()], told(day)) is not None for day in around] == [False, True, True, False]


def test_without_an_end_every_later_day_is_hit():
    assert hit([paid(last=None)], told(date(2099, 1, 1)))
    assert not hit([paid(last=None)], told(MONDAY - DAY))


def test_a_hit_names_the_days_and_the_data_that_tell_of_them():
    found = hit([paid()], told(MONDAY) | told(MONDAY - DAY, data=Data.TESTS))
    assert found == Hit((Days(MONDAY, MONDAY + 4 * DAY),), frozenset({Data.ATTENDANCE}), SIGNED)


def test_of_two_restrictions_the_last_word_counts():
    first, second = paid(), paid(asked_at=NOW)
    for both in ([first, second], [second, first]):
        assert hit(both, told(MONDAY)).asked_at == NOW
    assert len(hit([first, paid(first=MONDAY + DAY)], told(MONDAY + DAY)).days) == 2


@given(st.lists(st.dates(), max_size=6), st.dates(), st.none() | st.dates())
def test_what_is_let_pass_tells_of_no_restricted_day(days, first, last):
    last = max(first, last) if last else None
    is_hit = hit([paid(first=first, last=last)], told(*days)) is not None
    assert is_hit == any(first <= day and (last is None or day <= last) for day in days)


@pytest.mark.parametrize("whom", Whom)
def test_a_plan_and_whoever_bills_it_may_tell_a_plan(whom):
    reached = {purpose for purpose in Purpose if reaches_a_plan(whom, purpose)}
    expected = {
        Whom.PLAN: set(Purpose),
        Whom.HELPER: {Purpose.PAYMENT},
        Whom.INTERMEDIARY: {Purpose.PAYMENT, Purpose.OPERATIONS},
    }
    assert reached == expected.get(whom, set())


@pytest.mark.parametrize(
    ("plan", "name", "may"),
    [
        ("", "Examplecare", True),
        ("Examplecare", "Examplecare", True),
        ("Examplecare", "EXAMPLECARE HMO", True),
        ("Blue Sample of Texas", "Sample Shield", True),
        ("Health Plan", "Fictus Care", True),  # a name that every plan could have
        ("Examplecare Health Plan", "Fictus Health Plan", False),
        ("Examplecare of TX", "Fictus of TX", False),
    ],
)
def test_a_recipient_may_be_the_plan_unless_the_names_are_plainly_others(plan, name, may):
    assert may_be(plan, name) is may


def test_it_holds_from_when_it_is_asked_until_it_is_taken_back():
    plan = {"whom": Whom.PLAN, "name": "Examplecare", "purpose": Purpose.PAYMENT}
    one = paid(asked_at=SIGNED, ended_at=NOW)
    assert [applies(one, **plan, at=at) for at in (SIGNED - SECOND, SIGNED, NOW - SECOND, NOW)] == [
        False,
        True,
        True,
        False,
    ]


def test_who_bills_for_us_is_not_told_whatever_the_plan_is_called():
    helper = {"whom": Whom.HELPER, "name": "Example Clearinghouse", "purpose": Purpose.PAYMENT, "at": NOW}
    assert applies(paid("Examplecare"), **helper)


@pytest.mark.parametrize("purpose", TPO)
def test_the_gate_refuses_a_plan_with_a_code_of_its_own(purpose):
    """RULE PRIV-29, PRIV-42."""
    question = asked(recipient=DOCTOR, whom=Whom.PLAN, purpose=purpose, classes=(Data.ATTENDANCE,))
    one = held(kind=Kind.TPO, information_scope=(Data.ATTENDANCE,))
    assert decide(question, [one]).allowed
    verdict = decide(question, [one], self_paid=WEEK)
    assert (verdict.allowed, verdict.no, verdict.code) == (False, No.SELF_PAID, Code.SELF_PAY)
    assert (verdict.days, verdict.beyond) == (WEEK.days, {Data.ATTENDANCE})


@pytest.mark.parametrize(
    ("by_officer", "law", "passes"), [(1, "42 CFR 438.242", 1), (0, "42 CFR 438.242", 0), (1, "", 0)]
)
def test_what_a_law_requires_passes_when_a_privacy_officer_names_it(by_officer, law, passes):
    """RULE PRIV-29; 45 CFR 164.522(a)(1)(vi)(A). The consent has to hold all the same."""
    plan = {"recipient": DOCTOR, "whom": Whom.PLAN, "purpose": Purpose.PAYMENT}
    question = asked(**plan, by_officer=bool(by_officer), by_law=law)
    assert decide(question, [held(kind=Kind.TPO)], self_paid=WEEK).allowed is bool(passes)
    assert not decide(question, [], self_paid=WEEK).allowed


@pytest.mark.parametrize(("signed_at", "passes"), [(SIGNED - SECOND, False), (SIGNED, False), (SIGNED + SECOND, True)])
def test_only_what_the_patient_signed_for_the_plan_since_is_their_later_word(signed_at, passes):
    one = held(recipient=DOCTOR, recipient_kind=Whom.PLAN, signed_at=signed_at)
    question = asked(recipient=DOCTOR, whom=Whom.PLAN, purpose=Purpose.ASKED)
    assert decide(question, [one], self_paid=WEEK).allowed is passes


@pytest.mark.parametrize("purpose", TPO)
def test_a_consent_for_payment_that_is_signed_since_opens_nothing(purpose):
    """RULE PRIV-29: it is for all days; only taking it back tells of these."""
    question = asked(recipient=DOCTOR, whom=Whom.PLAN, purpose=purpose)
    for one in (held(kind=Kind.TPO), held(recipient=DOCTOR, recipient_kind=Whom.PLAN, purposes=(purpose,))):
        early = WEEK._replace(asked_at=SIGNED - DAY)
        assert decide(question, [one], self_paid=early).no == No.SELF_PAID


def test_such_a_request_has_one_answer():
    """RULE PRIV-29: it must be agreed to."""
    assert rights.why_not_answered(rights.SELF_PAY, "granted") == ""
    assert "leaves no choice" in rights.why_not_answered(rights.SELF_PAY, "denied")
    assert "leaves no choice" in rights.why_not_answered(rights.SELF_PAY, "in_part")
    assert rights.why_not_answered(rights.RESTRICTION, "denied") == ""
