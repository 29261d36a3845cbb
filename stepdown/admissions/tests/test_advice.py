"""The worked cases of the level-of-care rules, and what comes before any level: danger, age, contradictions.

Source: program manual, "Level of care", section 6, steps 0 to 2.
"""

import json
from pathlib import Path

import pytest

from stepdown.admissions.domain.advice import advise
from stepdown.admissions.domain.answers import merged

from .given import given, rated

WORKED = json.loads((Path(__file__).parent / "data" / "level_of_care_cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", WORKED["cases"], ids=lambda case: case["id"])
def test_every_worked_case_comes_out_as_published(case):
    advice = advise(merged(WORKED["default_input"], case["input"]))
    for name, value in case["expected"].items():
        got = getattr(advice, name)
        assert (set(got), len(got)) == (set(value), len(value)) if isinstance(value, list) else got == value


# Step 0


@pytest.mark.parametrize(
    ("number", "flag"),
    [
        (1, "suicidal_intent_or_plan"),
        (2, "suicide_behavior_3mo"),
        (3, "homicidal_intent"),
        (4, "overdose_or_unresponsive_now"),
        (5, "severe_withdrawal_now"),
        (6, "acute_psychosis_or_delirium"),
        (7, "medical_emergency_now"),
        (8, "immediate_violence_danger"),
    ],
)
def test_each_emergency_answer_stops_everything(number, flag):
    advice = given(emergency={flag: True})
    assert (advice.advice, advice.confidence, advice.rules) == ("EMERGENCY_NOW", "clear", [f"E{number}"])


def test_an_emergency_stands_with_everything_else_unknown():
    advice = advise({"emergency": {"medical_emergency_now": True}})
    assert (advice.advice, advice.confidence, advice.missing, advice.provisional_advice) == (
        "EMERGENCY_NOW",
        "clear",
        [],
        None,
    )


def test_an_emergency_comes_before_age():
    assert given(age=16, emergency={"homicidal_intent": True}).rules == ["E3"]


@pytest.mark.parametrize("score", [{"ciwa_ar": 19}, {"ciwa_ar": 67}, {"cows": 25}, {"cows": 48}])
def test_severe_withdrawal_scores_are_an_emergency(score):
    assert given(withdrawal=score).rules == ["E9"]


@pytest.mark.parametrize("name", ["d1", "d2", "d3"])
def test_a_rating_of_four_in_the_first_three_is_an_emergency(name):
    assert rated(**{name: 4}).rules == ["E10"]


@pytest.mark.parametrize("name", ["d4", "d5", "d6"])
def test_a_rating_of_four_in_the_last_three_is_not_an_emergency(name):
    assert rated(**{name: 4}).advice != "EMERGENCY_NOW"


def test_an_emergency_silences_contradictions_but_not_telehealth():
    advice = given(
        emergency={"suicidal_intent_or_plan": True},
        home={"safe": False},
        ratings={"d6": 0},
        telehealth={"private_space": False},
    )
    assert (advice.rules, advice.confidence, advice.telehealth_ok) == (["E1", "T1"], "clear", False)


# Step 1


def test_under_18_is_out_of_scope_whatever_else_is_missing():
    advice = advise({"age": 17})
    assert (advice.advice, advice.confidence, advice.rules, advice.missing) == ("OUT_OF_SCOPE", "clear", ["SC1"], [])


def test_18_is_in_scope():
    assert given(age=18).advice == "IOP"


# Step 2


@pytest.mark.parametrize("home", [{"safe": False}, {"lives_with_people_who_use": True}, {"homeless": True}])
def test_a_bad_home_rated_low_is_a_contradiction(home):
    advice = given(home=home, ratings={"d6": 1})
    assert advice.rules[0] == "C3"
    assert (advice.advice, advice.confidence) == ("RESIDENTIAL", "conflict")


def test_a_home_rated_serious_for_someone_homeless_is_no_contradiction():
    assert "C3" not in given(home={"homeless": True}, ratings={"d6": 4}).rules


def test_a_home_rated_serious_where_others_use_is_no_contradiction():
    assert "C3" not in given(home={"lives_with_people_who_use": True}, ratings={"d6": 3}).rules


def test_a_home_rated_two_contradicts_nothing():
    assert "C3" not in given(home={"safe": False}, ratings={"d6": 2}).rules


def test_an_unknown_home_contradicts_no_rating():
    assert "C3" not in given(home={"safe": None}, ratings={"d6": 3}).rules


@pytest.mark.parametrize("score", [{"ciwa_ar": 10}, {"cows": 13}])
def test_a_high_withdrawal_score_rated_low_is_a_contradiction(score):
    advice = given(withdrawal=score, ratings={"d1": 1})
    assert (advice.advice, advice.confidence, advice.rules[0]) == ("WITHDRAWAL_MANAGEMENT", "conflict", "C4")


@pytest.mark.parametrize("score", [{"ciwa_ar": 9}, {"cows": 12}])
def test_a_withdrawal_score_one_point_lower_contradicts_nothing(score):
    assert "C4" not in given(withdrawal=score, ratings={"d1": 0}).rules


def test_a_contradiction_has_the_last_word_over_missing_answers():
    advice = given(home={"safe": False}, ratings={"d6": 0, "d3": None})
    assert (advice.advice, advice.confidence, advice.missing) == ("RESIDENTIAL", "conflict", ["ratings.d3"])


def test_a_contradiction_has_the_last_word_over_incomplete():
    advice = given(home={"safe": False, "safe_alternative_housing": True}, ratings={"d6": 0}, age=None)
    assert (advice.advice, advice.confidence, advice.provisional_advice) == ("INCOMPLETE", "conflict", "IOP")


def test_a_contradiction_has_the_last_word_over_borderline():
    advice = given(home={"safe": False, "safe_alternative_housing": True}, ratings={"d6": 0})
    assert (advice.advice, advice.confidence, advice.rules) == ("IOP", "conflict", ["C3", "R1", "R8", "I1", "I5"])
