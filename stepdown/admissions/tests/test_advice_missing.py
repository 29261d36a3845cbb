"""What the rules say while answers are missing, and whether care by video fits.

Source: program manual, "Level of care", section 6, step 7 and telehealth fit.
"""

import pytest

from stepdown.admissions.domain.advice import advise
from stepdown.admissions.domain.answers import default_answers, merged

from .given import given


def test_nothing_known_asks_for_everything_required_and_is_provisionally_iop():
    advice = advise({})
    assert (advice.advice, advice.confidence, advice.provisional_advice) == ("INCOMPLETE", "incomplete", "IOP")
    assert len(advice.missing) == 15
    assert advice.rules == []
    assert advice.telehealth_ok is None


@pytest.mark.parametrize(
    "flag",
    ["suicidal_intent_or_plan", "suicide_behavior_3mo", "overdose_or_unresponsive_now", "severe_withdrawal_now"],
)
def test_an_unasked_danger_makes_even_residential_incomplete(flag):
    advice = given(emergency={flag: None}, home={"safe": False}, ratings={"d6": 3})
    assert (advice.advice, advice.provisional_advice) == ("INCOMPLETE", "RESIDENTIAL")
    assert advice.missing == [f"emergency.{flag}"]


@pytest.mark.parametrize("flag", ["homicidal_intent", "acute_psychosis_or_delirium", "medical_emergency_now"])
def test_the_other_dangers_are_not_required(flag):
    assert given(emergency={flag: None}).advice == "IOP"


def test_unknown_severity_is_provisionally_iop_unless_something_decided_before():
    assert given(dsm_severity=None).provisional_advice == "IOP"
    assert given(dsm_severity=None, ratings={"d3": 3}).provisional_advice == "PHP"
    assert given(dsm_severity=None, ratings={"d2": 3}).advice == "RESIDENTIAL"
    leaving = given(dsm_severity=None, history={"stepping_down_from": "iop"}, ratings={"d5": 1})
    assert (leaving.provisional_advice, leaving.rules) == ("OUTPATIENT", ["O5"])


def test_a_whole_group_may_be_unknown():
    advice = given(home=None)
    assert advice.missing == ["home.safe", "home.lives_with_people_who_use"]


def test_what_cannot_be_an_answer_is_not_known():
    advice = advise(merged(default_answers(), {"ratings": {"d2": 9}, "home": {"safe": "yes"}}))
    assert advice.missing == ["home.safe", "ratings.d2"]


# Telehealth


def test_unknown_telehealth_is_unknown_and_a_barrier_is_a_no():
    assert given(telehealth={"private_space": None}).telehealth_ok is None
    advice = given(telehealth={"private_space": None, "device_and_internet": False})
    assert (advice.telehealth_ok, advice.rules) == (False, ["I1", "I5", "T2"])


def test_telehealth_is_listed_for_someone_out_of_scope():
    assert given(age=15, telehealth={"in_licensed_state": False}).rules == ["SC1", "T3"]
