"""When the rules advise IOP, and when outpatient care.

Source: program manual, "Level of care", section 6, step 6.
"""

import pytest

from .given import LOW, given


def test_leaving_iop_needs_low_risk_and_a_good_home():
    history = {"stepping_down_from": "iop"}
    assert given(history=history, ratings={"d5": 1, "d6": 1}).rules == ["O5"]
    assert given(history=history, ratings={"d5": 0, "d6": 0}).rules == ["O5"]
    assert given(history=history, ratings={"d5": 2, "d6": 1}).rules == ["I7"]
    assert given(history=history, ratings={"d5": 2, "d6": 1}).confidence == "clear"
    assert given(history=history, ratings={"d5": 1, "d6": 2}).advice == "IOP"


@pytest.mark.parametrize("place", ["residential", "php", "withdrawal_management", "hospital"])
def test_a_step_down_leads_to_iop_even_in_remission_or_mild(place):
    history = {"stepping_down_from": place}
    assert given(history=history, dsm_severity="in_remission").rules == ["I4"]
    assert given(history=history, dsm_severity="mild", ratings={"d5": 0}).rules == ["I4"]
    assert given(history=history).rules == ["I4", "I1", "I5"]


def test_in_remission_at_low_risk_is_outpatient():
    advice = given(dsm_severity="in_remission", ratings={"d5": 1})
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "clear", ["O4"])


def test_signs_are_not_weighed_in_remission():
    advice = given(dsm_severity="in_remission", ratings={"d5": 1}, signs={"dui_owi": True})
    assert (advice.advice, advice.rules) == ("OUTPATIENT", ["O4"])


def test_a_dui_without_a_disorder_is_borderline_outpatient():
    advice = given(dsm_severity="none", signs={"dui_owi": True})
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "borderline", ["O2"])


def test_no_disorder_and_no_sign_is_clear_outpatient():
    advice = given(dsm_severity="none")
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "clear", ["O3"])


def test_a_safe_place_leaves_outpatient_as_clear_as_it_was():
    home = {"safe": False, "safe_alternative_housing": True}
    advice = given(dsm_severity="none", home=home, ratings={"d6": 2})
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "clear", ["R1", "R8", "O3"])


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
    advice = given(dsm_severity="mild", ratings=LOW)
    assert (advice.advice, advice.confidence, advice.rules) == ("OUTPATIENT", "clear", ["O1"])


def test_wanting_residential_is_weighed_when_stepping_down_with_a_mild_disorder():
    advice = given(dsm_severity="mild", preference="residential", history={"stepping_down_from": "residential"})
    assert (advice.advice, advice.confidence, advice.rules) == ("IOP", "borderline", ["I4", "I5", "P1"])
    assert advice.alternatives == ["RESIDENTIAL"]


@pytest.mark.parametrize("severity", ["mild", "none", "in_remission"])
def test_wanting_residential_is_weighed_beside_a_moderate_disorder_or_a_step_down_only(severity):
    assert "P1" not in given(dsm_severity=severity, preference="residential").rules


@pytest.mark.parametrize("preference", ["refuses_residential", "iop", "outpatient", None])
def test_other_wishes_do_not_change_what_is_advised(preference):
    assert given(preference=preference) == given()
