"""What must hold for any answers at all."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stepdown.admissions.domain import advice as rules_module
from stepdown.admissions.domain.advice import advise
from stepdown.admissions.domain.answers import (
    CHOICES,
    EMERGENCY,
    WHOLE_NUMBERS,
    default_answers,
    merged,
    problems_with,
    value_at,
)
from stepdown.admissions.domain.reasons import RULES, questions, reasons, with_a_safe_place

LEVELS = ["OUTPATIENT", "IOP", "PHP", "RESIDENTIAL", "WITHDRAWAL_MANAGEMENT", "OUT_OF_SCOPE", "EMERGENCY_NOW"]
STEPS = """
    E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 SC1 C3 C4 W1 W2 W3 W4 W5 W7 W6 W8 R1 R2 R3 R4 R5 R6 M1 R8 M2 P2 P3 D1
    O5 I7 I4 I6 O4 O2 O3 O6 I1 I2a I2b I2c I3 I5 D2 P1 O1 T1 T2 T3
"""
ORDER = STEPS.split()


def answer(path):
    if path in CHOICES:
        return st.none() | st.sampled_from(CHOICES[path])
    if path in WHOLE_NUMBERS:
        return st.none() | st.integers(0, WHOLE_NUMBERS[path])
    return st.none() | st.booleans()


def any_answers():
    """Every answer known or not, in any mix."""
    groups = {
        group: st.fixed_dictionaries({name: answer(f"{group}.{name}") for name in value})
        if isinstance(value, dict)
        else answer(group)
        for group, value in default_answers().items()
    }
    return st.fixed_dictionaries(groups)


def level(advice):
    return LEVELS.index(advice.provisional_advice or advice.advice)


@given(any_answers())
def test_advice_is_whole_for_any_answers(answers):
    advice = advise(answers)
    assert advice.human_review is True
    assert len(set(advice.rules)) == len(advice.rules)
    assert set(advice.rules) <= set(RULES)
    assert (advice.provisional_advice is not None) == (advice.advice == "INCOMPLETE")
    assert all(value_at(answers, path) is None for path in advice.missing)
    assert advice.confidence in ("clear", "borderline", "conflict", "incomplete")
    assert len(reasons(advice)) == len(advice.rules)
    assert questions(advice, answers) is not None
    with_a_safe_place(answers)


@given(any_answers())
def test_rules_come_in_the_order_of_the_steps(answers):
    places = [ORDER.index(rule) for rule in advise(answers).rules if rule not in ("C1", "C2")]
    assert places == sorted(places)


@given(any_answers(), st.sampled_from(EMERGENCY))
def test_adding_an_emergency_always_gives_emergency_now(answers, flag):
    advice = advise(merged(answers, {"emergency": {flag: True}}))
    assert (advice.advice, advice.confidence) == ("EMERGENCY_NOW", "clear")


@given(
    any_answers(),
    st.sampled_from(
        [
            {"home": {"safe": False}},
            {"home": {"homeless": True}},
            {"home": {"lives_with_people_who_use": True}},
            {"ratings": {"d6": 4}},
            {"ratings": {"d2": 3}},
            {"ratings": {"d5": 4}},
        ],
    ),
)
def test_adding_a_residential_trigger_never_lowers_the_level(answers, trigger):
    answers = merged(answers, {"home": {"safe_alternative_housing": None}})
    if answers["ratings"]["d2"] == 4:  # an emergency that a lower rating would take away
        answers["ratings"]["d2"] = None
    assert level(advise(merged(answers, trigger))) >= min(level(advise(answers)), LEVELS.index("RESIDENTIAL"))
    assert level(advise(merged(answers, trigger))) >= LEVELS.index("RESIDENTIAL")


@given(any_answers(), st.integers(0, 4), st.sampled_from(["d1", "d2", "d3"]))
def test_a_higher_rating_of_danger_never_lowers_the_level(answers, lower, name):
    before = merged(answers, {"ratings": {name: lower}})
    after = merged(answers, {"ratings": {name: min(4, lower + 1)}})
    assert level(advise(after)) >= level(advise(before)) or "O6" in advise(before).rules


@given(any_answers())
def test_the_advice_does_not_change_the_answers(answers):
    copy = merged({}, answers)
    advise(answers)
    assert answers == copy


@given(any_answers())
def test_answers_that_the_form_can_give_are_readable(answers):
    assert problems_with(answers) == []


words = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(default_answers())), words))
def test_nonsense_never_crashes_and_is_told(answers):
    assert advise(answers).human_review is True
    assert isinstance(problems_with(answers), list)


def test_every_rule_of_the_advice_has_plain_words():
    source = Path(rules_module.__file__).read_text("utf-8").split("_emergencies(known: _Known)", 1)[1]
    named = set(re.findall(r'"([A-Z]{1,2}\d+[abc]?)"', source))
    named |= set(re.findall(r'"(I2[abc])"', Path(rules_module.__file__).read_text("utf-8")))
    assert named | {f"E{n}" for n in range(1, 9)} | {"SC1"} == set(RULES)
