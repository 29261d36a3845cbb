"""When the rules advise withdrawal management, residential care or partial hospitalization.

Source: program manual, "Level of care", section 6, steps 3 to 5.
"""

import pytest

from stepdown.admissions.domain.answers import merged

from .given import given, rated

# Step 3


def test_ciwa_from_10_and_cows_from_13_call_for_withdrawal_care():
    assert given(withdrawal={"ciwa_ar": 9}, ratings={"d1": 1}).advice == "IOP"
    assert given(withdrawal={"ciwa_ar": 10}, ratings={"d1": 2}).rules == ["W2"]
    assert given(withdrawal={"ciwa_ar": 18}, ratings={"d1": 2}).rules == ["W2"]
    assert given(withdrawal={"cows": 12}, ratings={"d1": 1}).advice == "IOP"
    assert given(withdrawal={"cows": 24}, ratings={"d1": 2}).rules == ["W3"]


def test_a_past_seizure_calls_for_withdrawal_care_only_with_daily_use():
    assert given(withdrawal={"history_seizure_or_dt": True}).advice == "IOP"


def test_pregnancy_calls_for_withdrawal_care_only_with_untreated_opioid_dependence():
    assert given(withdrawal={"pregnant": True}).advice == "IOP"
    assert given(withdrawal={"opioid_dependent_without_moud": True}).advice == "IOP"


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


def test_withdrawal_rated_two_in_a_home_rated_two_is_only_noted():
    assert rated(d1=2, d6=2).rules == ["W6", "I1", "I5"]


def test_withdrawal_rated_two_in_a_bad_home_with_a_safe_place_is_only_noted():
    advice = given(ratings={"d1": 2, "d6": 3}, home={"safe": False, "safe_alternative_housing": True})
    assert (advice.advice, advice.confidence) == ("IOP", "borderline")
    assert advice.rules == ["W6", "R1", "R4", "R8", "I1", "I5"]


@pytest.mark.parametrize(
    "bad",
    [
        {"home": {"safe": False}},
        {"home": {"lives_with_people_who_use": True}},
        {"home": {"homeless": True}},
        {"home": {"safe": None}, "ratings": {"d6": 3}},
    ],
)
def test_withdrawal_rated_two_in_a_home_answered_or_rated_bad_calls_for_withdrawal_care(bad):
    advice = given(**merged({"ratings": {"d1": 2, "d6": 2}}, bad))
    assert (advice.provisional_advice or advice.advice, advice.rules) == ("WITHDRAWAL_MANAGEMENT", ["W7"])
    assert advice.alternatives == ["after stabilisation: RESIDENTIAL"]


@pytest.mark.parametrize("rating", [1, 3])
def test_a_bad_home_counts_towards_withdrawal_care_only_when_withdrawal_is_rated_two(rating):
    assert "W7" not in given(ratings={"d1": rating}, home={"safe": False}).rules


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


def test_caring_for_family_holds_someone_without_work():
    duties = {"work_or_school": False, "caregiving": True, "can_take_leave": False}
    assert given(ratings={"d5": 3}, duties=duties).rules == ["P2", "D1"]


def test_duties_not_asked_about_hold_when_leave_is_impossible():
    duties = {"work_or_school": False, "caregiving": None, "can_take_leave": False}
    assert given(ratings={"d5": 3}, duties=duties).rules == ["P2", "D1"]


def test_failed_iop_needs_a_serious_risk_of_use_to_point_to_residential():
    assert given(history={"failed_iop": True}, ratings={"d5": 2}).advice == "IOP"


# Step 5


def test_low_readiness_needs_some_risk_of_use_to_point_to_partial_hospitalization():
    assert rated(d4=3, d5=1).advice == "IOP"
    assert rated(d4=4, d5=2).rules == ["P3"]
    assert rated(d4=3, d5=3).rules == ["P2", "P3"]


@pytest.mark.parametrize("ratings", [{"d2": 2}, {"d3": 2}, {"d4": 2, "d5": 2}])
def test_moderate_ratings_point_to_no_more_than_iop(ratings):
    assert rated(**ratings).rules == ["I1", "I5"]


def test_serious_mood_keeps_partial_hospitalization_though_duties_hold():
    advice = given(ratings={"d3": 3, "d5": 3}, duties={"can_take_leave": False})
    assert (advice.advice, advice.confidence, advice.rules) == ("PHP", "conflict", ["M2", "P2", "C1"])


def test_partial_hospitalization_after_a_safe_place_is_borderline():
    advice = given(home={"safe": False, "safe_alternative_housing": True}, ratings={"d6": 3, "d5": 3})
    assert (advice.advice, advice.confidence, advice.rules) == ("PHP", "borderline", ["R1", "R4", "R8", "P2"])


def test_a_clash_stays_a_clash_after_a_safe_place():
    home = {"safe": False, "safe_alternative_housing": True}
    advice = given(home=home, ratings={"d6": 3, "d3": 3}, duties={"can_take_leave": False})
    assert (advice.advice, advice.confidence, advice.rules) == ("PHP", "conflict", ["R1", "R4", "R8", "M2", "C1"])


def test_partial_hospitalization_waits_until_everything_is_known():
    advice = given(ratings={"d3": 3, "d2": None})
    assert (advice.advice, advice.confidence, advice.provisional_advice) == ("INCOMPLETE", "incomplete", "PHP")


def test_alternatives_stay_with_provisional_advice():
    advice = given(ratings={"d5": 3, "d2": None}, duties={"can_take_leave": False})
    assert (advice.provisional_advice, advice.alternatives) == ("IOP", ["PHP"])
