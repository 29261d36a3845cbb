"""The level-of-care rules, one by one. Source: program manual, "Level of care", section 6."""

import json
from pathlib import Path

import pytest

from stepdown.admissions.domain.advice import Advice, advise
from stepdown.admissions.domain.answers import default_answers, merged

WORKED = json.loads((Path(__file__).parent / "data" / "level_of_care_cases.json").read_text("utf-8"))


def given(**over) -> Advice:
    return advise(merged(default_answers(), over))


def rated(**ratings) -> Advice:
    return given(ratings=ratings)


@pytest.mark.parametrize("case", WORKED["cases"], ids=lambda case: case["id"])
def test_every_worked_case_comes_out_as_published(case):
    advice = advise(merged(WORKED["default_input"], case["input"]))
    for name, value in case["expected"].items():
        got = getattr(advice, name)
        assert (set(got), len(got)) == (set(value), len(value)) if isinstance(value, list) else got == value


def test_nothing_known_asks_for_everything_required_and_is_provisionally_iop():
    advice = advise({})
    assert (advice.advice, advice.confidence, advice.provisional_advice) == ("INCOMPLETE", "incomplete", "IOP")
    assert len(advice.missing) == 15
    assert advice.rules == []
    assert advice.telehealth_ok is None


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


def test_a_home_rated_two_contradicts_nothing():
    assert "C3" not in given(home={"safe": False}, ratings={"d6": 2}).rules


def test_an_unknown_home_contradicts_no_rating():
    assert "C3" not in given(home={"safe": None}, ratings={"d6": 3}).rules


@pytest.mark.parametrize("score", [{"ciwa_ar": 10}, {"cows": 13}])
def test_a_high_withdrawal_score_rated_low_is_a_contradiction(score):
    advice = given(withdrawal=score, ratings={"d1": 1})
    assert (advice.advice, advice.confidence, advice.rules[0]) == ("WITHDRAWAL_MANAGEMENT", "conflict", "C4")


def test_a_contradiction_has_the_last_word_over_missing_answers():
    advice = given(home={"safe": False}, ratings={"d6": 0, "d3": None})
    assert (advice.advice, advice.confidence, advice.missing) == ("RESIDENTIAL", "conflict", ["ratings.d3"])


def test_a_contradiction_has_the_last_word_over_incomplete():
    advice = given(home={"safe": False, "safe_alternative_housing": True}, ratings={"d6": 0}, age=None)
    assert (advice.advice, advice.confidence, advice.provisional_advice) == ("INCOMPLETE", "conflict", "IOP")


def test_a_contradiction_has_the_last_word_over_borderline():
    advice = given(home={"safe": False, "safe_alternative_housing": True}, ratings={"d6": 0})
    assert (advice.advice, advice.confidence, advice.rules) == ("IOP", "conflict", ["C3", "R1", "R8", "I1", "I5"])


# Step 3


def test_ciwa_from_10_and_cows_from_13_call_for_withdrawal_care():
    assert given(withdrawal={"ciwa_ar": 9}, ratings={"d1": 1}).advice == "IOP"
    assert given(withdrawal={"ciwa_ar": 10}, ratings={"d1": 2}).rules == ["W2"]
    assert given(withdrawal={"ciwa_ar": 18}, ratings={"d1": 2}).rules == ["W2"]
    assert given(withdrawal={"cows": 12}, ratings={"d1": 1}).advice == "IOP"
    assert given(withdrawal={"cows": 24}, ratings={"d1": 2}).rules == ["W3"]


def test_all_reasons_for_withdrawal_care_are_listed():
    advice = given(
        withdrawal={
            "ciwa_ar": 12,
            "cows": 14,
            "daily_alcohol_or_sedative": True,
            "history_seizure_or_dt": True,
            "pregnant": True,
            "opioid_dependent_without_moud": True,
        },
        ratings={"d1": 3},
    )
    assert advice.rules == ["W1", "W2", "W3", "W4", "W5"]


def test_withdrawal_rated_two_in_a_good_home_is_noted_beside_the_level():
    advice = given(ratings={"d1": 2}, withdrawal={"daily_alcohol_or_sedative": True})
    assert (advice.advice, advice.confidence, advice.rules) == ("IOP", "clear", ["W6", "W8", "I1", "I5"])


def test_withdrawal_notes_travel_with_residential_and_partial_hospitalization():
    daily = {"daily_alcohol_or_sedative": True}
    assert given(withdrawal=daily, ratings={"d2": 3}).rules == ["W8", "M1"]
    assert given(withdrawal=daily, ratings={"d3": 3}).rules == ["W8", "M2"]


def test_withdrawal_rated_two_in_a_bad_home_with_a_safe_place_is_only_noted():
    advice = given(ratings={"d1": 2, "d6": 3}, home={"safe": False, "safe_alternative_housing": True})
    assert (advice.advice, advice.confidence) == ("IOP", "borderline")
    assert advice.rules == ["W6", "R1", "R4", "R8", "I1", "I5"]


def test_after_withdrawal_comes_residential_when_something_still_calls_for_it():
    unsafe = {"safe": False, "safe_alternative_housing": True}
    assert rated(d1=3, d2=3).alternatives == ["after stabilisation: RESIDENTIAL"]
    assert given(ratings={"d1": 3, "d6": 3}, home=unsafe).alternatives == ["after stabilisation: IOP or PHP"]


def test_withdrawal_care_stands_when_other_answers_are_missing():
    advice = given(ratings={"d1": 3, "d4": None})
    assert (advice.advice, advice.confidence) == ("WITHDRAWAL_MANAGEMENT", "incomplete")


# Step 4


def test_every_residential_trigger_is_listed():
    advice = given(
        home={"safe": False, "lives_with_people_who_use": True, "homeless": True},
        ratings={"d6": 3, "d5": 4, "d2": 3},
        history={"failed_iop": True},
    )
    assert advice.rules == ["R1", "R2", "R3", "R4", "R5", "R6", "M1"]


def test_a_safe_place_sets_the_home_aside_but_not_other_triggers():
    advice = given(home={"safe": False, "safe_alternative_housing": True}, ratings={"d6": 3, "d5": 4})
    assert (advice.advice, advice.confidence, advice.rules) == ("RESIDENTIAL", "clear", ["R1", "R4", "R5", "R8"])


def test_a_safe_place_without_a_bad_home_says_nothing():
    assert "R8" not in given(home={"safe_alternative_housing": True}).rules


def test_duties_that_cannot_be_left_clash_with_residential_and_safety_wins():
    advice = given(home={"safe": False}, ratings={"d6": 3}, duties={"can_take_leave": False})
    assert (advice.advice, advice.confidence) == ("RESIDENTIAL", "conflict")
    assert advice.rules == ["R1", "R4", "C1"]
    assert advice.alternatives == ["IOP with safe recovery housing"]


def test_duties_and_refusal_both_clash_and_both_alternatives_stand():
    advice = given(ratings={"d5": 4}, duties={"can_take_leave": False}, preference="refuses_residential")
    assert advice.rules == ["R5", "C1", "C2"]
    assert advice.alternatives == [
        "IOP with safe recovery housing",
        "PHP or IOP with safe housing and a documented refusal",
    ]


def test_a_clash_with_something_missing_is_incomplete():
    advice = given(ratings={"d5": 4, "d2": None}, duties={"can_take_leave": False})
    assert (advice.advice, advice.confidence) == ("RESIDENTIAL", "incomplete")


def test_no_duties_cannot_hold_anyone():
    advice = given(ratings={"d5": 3}, duties={"work_or_school": False, "caregiving": False, "can_take_leave": False})
    assert (advice.advice, advice.rules) == ("PHP", ["P2"])


def test_failed_iop_needs_a_serious_risk_of_use_to_point_to_residential():
    assert given(history={"failed_iop": True}, ratings={"d5": 2}).advice == "IOP"


# Step 5


def test_low_readiness_needs_some_risk_of_use_to_point_to_partial_hospitalization():
    assert rated(d4=3, d5=1).advice == "IOP"
    assert rated(d4=4, d5=2).rules == ["P3"]
    assert rated(d4=3, d5=3).rules == ["P2", "P3"]


def test_serious_mood_keeps_partial_hospitalization_though_duties_hold():
    advice = given(ratings={"d3": 3, "d5": 3}, duties={"can_take_leave": False})
    assert (advice.advice, advice.confidence, advice.rules) == ("PHP", "conflict", ["M2", "P2", "C1"])


def test_partial_hospitalization_after_a_safe_place_is_borderline():
    advice = given(home={"safe": False, "safe_alternative_housing": True}, ratings={"d6": 3, "d5": 3})
    assert (advice.advice, advice.confidence, advice.rules) == ("PHP", "borderline", ["R1", "R4", "R8", "P2"])


def test_partial_hospitalization_waits_until_everything_is_known():
    advice = given(ratings={"d3": 3, "d2": None})
    assert (advice.advice, advice.confidence, advice.provisional_advice) == ("INCOMPLETE", "incomplete", "PHP")


def test_alternatives_stay_with_provisional_advice():
    advice = given(ratings={"d5": 3, "d2": None}, duties={"can_take_leave": False})
    assert (advice.provisional_advice, advice.alternatives) == ("IOP", ["PHP"])


# Step 6


def test_leaving_iop_needs_low_risk_and_a_good_home():
    history = {"stepping_down_from": "iop"}
    assert given(history=history, ratings={"d5": 1, "d6": 1}).rules == ["O5"]
    assert given(history=history, ratings={"d5": 2, "d6": 1}).rules == ["I7"]
    assert given(history=history, ratings={"d5": 1, "d6": 2}).advice == "IOP"


@pytest.mark.parametrize("place", ["residential", "php", "withdrawal_management", "hospital"])
def test_a_step_down_leads_to_iop_even_in_remission_or_mild(place):
    history = {"stepping_down_from": place}
    assert given(history=history, dsm_severity="in_remission").rules == ["I4"]
    assert given(history=history, dsm_severity="mild", ratings={"d5": 0}).rules == ["I4"]
    assert given(history=history).rules == ["I4", "I1", "I5"]


def test_in_remission_at_low_risk_is_outpatient():
    assert given(dsm_severity="in_remission", ratings={"d5": 1}).rules == ["O4"]


def test_signs_are_not_weighed_in_remission():
    advice = given(dsm_severity="in_remission", ratings={"d5": 1}, signs={"dui_owi": True})
    assert (advice.advice, advice.rules) == ("OUTPATIENT", ["O4"])


def test_a_dui_without_a_disorder_is_borderline_outpatient():
    advice = given(dsm_severity="none", signs={"dui_owi": True})
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "borderline", ["O2"])


def test_no_disorder_and_no_sign_is_clear_outpatient():
    advice = given(dsm_severity="none")
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "clear", ["O3"])


LOW = {"d3": 1, "d4": 1, "d5": 1, "d6": 1}


def test_moderate_with_low_ratings_may_be_outpatient():
    advice = given(ratings=LOW)
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "borderline", ["O6"])
    assert advice.alternatives == ["IOP"]


@pytest.mark.parametrize(
    ("over", "rules"),
    [
        ({"signs": {"family_concern": True}}, ["I1", "I2b"]),
        ({"history": {"failed_outpatient": True}}, ["I1", "I3"]),
        ({"history": {"stepping_down_from": "php"}}, ["I4", "I1"]),
        ({"dsm_severity": "severe"}, ["I1"]),
    ],
)
def test_any_further_reason_makes_a_moderate_disorder_iop(over, rules):
    advice = given(ratings=LOW, **over)
    assert (advice.advice, advice.confidence, advice.rules) == ("IOP", "clear", rules)


def test_every_reason_for_iop_is_listed_in_order():
    advice = given(
        signs={"dui_owi": True, "family_concern": True, "increasing_time_money": True},
        history={"failed_outpatient": True, "stepping_down_from": "residential"},
        duties={"can_take_leave": False},
        preference="residential",
    )
    assert advice.rules == ["I4", "I1", "I2a", "I2b", "I2c", "I3", "I5", "D2", "P1"]


def test_wanting_residential_with_a_trigger_is_no_clash():
    advice = given(preference="residential", home={"safe": False}, ratings={"d6": 3})
    assert (advice.advice, advice.confidence, advice.rules) == ("RESIDENTIAL", "clear", ["R1", "R4"])


@pytest.mark.parametrize(
    ("over", "rules"),
    [
        ({"signs": {"dui_owi": True}}, ["I2a"]),
        ({"history": {"failed_outpatient": True}}, ["I3"]),
        ({"ratings": {**LOW, "d4": 2}}, ["I5"]),
    ],
)
def test_mild_with_a_reason_is_borderline_iop(over, rules):
    advice = given(**{"dsm_severity": "mild", "ratings": LOW, **over})
    assert (advice.advice, advice.confidence, advice.rules) == ("IOP", "borderline", rules)
    assert advice.alternatives == ["OUTPATIENT"]


def test_mild_with_nothing_more_is_outpatient():
    assert given(dsm_severity="mild", ratings=LOW).rules == ["O1"]


# Step 7


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
