"""What holds for every instrument and any answers."""

import json
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdown.kernel.instruments import Definition, Score, all_ids, asked, evaluate, load, raised_by
from stepdown.kernel.instruments.scoring import entered, filled, told

INSTRUMENTS = [load(instrument) for instrument in all_ids()]
ANY = st.sampled_from(INSTRUMENTS)
SUMS = {"sum", "sum_scaled"}


@st.composite
def forms(draw, of=ANY, blanks=True):
    """An instrument, answers to it (blanks among them) and a context."""
    definition = draw(of)
    answers = {}
    for item in definition.items:
        values = st.sampled_from(sorted(item.points))
        answers[item.id] = draw(st.none() | values if blanks else values)
    context = {one.id: draw(st.sampled_from(["", *one.values])) for one in definition.context}
    return definition, answers, context


def missing(definition: Definition, score: Score, answers, context):
    """Which of a sum's items are blank and not filled by a skip rule."""
    known = entered(definition, answers)
    there = set(known) | set(filled(definition, known, told(definition, context)))
    return [item for item in score.items if definition.item[item].scored and item not in there]


@given(forms())
def test_a_number_lies_in_its_range_and_in_one_band(form):
    definition, answers, context = form
    result = evaluate(definition, answers, context)
    for score in definition.scores:
        value = result.scores[score.id]
        if value is not None and score.kind != "classify":
            assert score.least <= value <= score.most
            assert not score.bands or [b.label for b in score.bands if b.least <= value <= b.most] == [
                result.bands[score.id]
            ]
        if value is None:
            assert result.bands.get(score.id) is None


@given(forms())
def test_a_sum_is_null_exactly_when_too_many_items_are_missing(form):
    definition, answers, context = form
    result = evaluate(definition, answers, context)
    for score in definition.scores:
        if score.kind in SUMS:
            blank = missing(definition, score, answers, context)
            assert result.missing[score.id] == len(blank)
            assert (result.scores[score.id] is None) == (len(blank) > score.max_missing)


@given(forms(of=st.sampled_from([load("phq-9"), load("gad-7")])))
def test_a_prorated_sum_lies_between_all_blanks_lowest_and_all_highest_and_near_the_mean(form):
    definition, answers, _ = form
    score = definition.score["total"]
    total = evaluate(definition, answers).scores["total"]
    if total is None:
        return
    known = [answers[item] for item in score.items if answers[item] is not None]
    exact = sum(known) / len(known) * len(score.items)
    assert total == math.floor(exact + 0.5)
    assert sum(known) <= total <= sum(known) + 3 * (len(score.items) - len(known))


@given(forms(blanks=False), st.randoms(use_true_random=False))
def test_one_more_point_in_one_item_never_lowers_a_sum(form, chance: random.Random):
    definition, answers, context = form
    item = chance.choice([item for item in definition.items if item.scored])
    by_points = sorted(item.points, key=item.points.__getitem__)
    low, high = sorted(chance.sample(range(len(by_points)), 2))
    before = evaluate(definition, answers | {item.id: by_points[low]}, context)
    after = evaluate(definition, answers | {item.id: by_points[high]}, context)
    for score in definition.scores:
        if score.kind in SUMS | {"value", "count_if"}:
            assert before.scores[score.id] <= after.scores[score.id]


@given(forms())
def test_a_filled_item_never_makes_a_score_lower_than_any_answer_to_it_would(form):
    definition, answers, context = form
    known = entered(definition, answers)
    result = evaluate(definition, answers, context)
    for name in filled(definition, known, told(definition, context)):
        for value in definition.item[name].points:
            other = evaluate(definition, answers | {name: value}, context)
            for score in definition.scores:
                now, then = result.scores[score.id], other.scores[score.id]
                if score.kind in SUMS and now is not None and then is not None:
                    assert now <= then


@given(forms())
def test_an_entered_value_is_kept_whatever_the_rules_skip(form):
    definition, answers, context = form
    known = entered(definition, answers)
    assert not set(filled(definition, known, told(definition, context))) & set(known)
    assert set(known) <= {item.id for item in asked(definition, answers, context)}


@given(forms(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(form, chance: random.Random):
    definition, answers, context = form
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert evaluate(definition, dict(shuffled), context) == evaluate(definition, answers, context)


@given(forms())
def test_a_blank_is_the_same_as_an_item_left_out(form):
    definition, answers, context = form
    known = {item: value for item, value in answers.items() if value is not None}
    assert evaluate(definition, known, context) == evaluate(definition, answers, context)


@given(forms())
def test_checks_change_no_score_and_flags_are_the_instruments(form):
    definition, answers, context = form
    result = evaluate(definition, answers, context)
    assert set(result.flags) <= set(definition.flag)
    assert set(result.checks) <= set(definition.check)
    assert list(result.flags) == sorted(result.flags)
    assert set(result.bands) == {score.id for score in definition.scores if score.bands}


@given(forms())
@settings(max_examples=60)
def test_each_flag_is_raised_by_the_very_answer_after_which_nothing_still_open_can_undo_it(form):
    """Over all flags of all instruments that no class decides: answered in the order asked, a flag is up exactly when
    both the mildest and the worst way to answer the rest, and this one, end with it. What a rule skips is not asked."""
    definition, answers, context = form
    complete = {item.id: answers[item.id] if answers[item.id] is not None else item.least for item in definition.items}
    so_far, raised = {}, set()
    plain = {flag.id for flag in definition.flags if "class" not in json.dumps(flag.when)}
    for item in definition.items:
        if item not in asked(definition, so_far, context):
            continue
        so_far[item.id] = complete[item.id]
        raised |= {flag.id for flag in raised_by(definition, [item.id], so_far, context)}
        ways = [to_the_end(definition, so_far, rest, context) for rest in (*extremes(definition), complete)]
        ends = [set(evaluate(definition, way, context).flags) for way in ways]
        assert raised & plain <= set.intersection(*ends)
        assert {flag for flag in set.intersection(*ends) & plain if is_monotone(definition.flag[flag].when)} <= raised


def to_the_end(definition: Definition, so_far, rest, context):
    """The answers so far, and of the rest those that are asked."""
    given = dict(so_far)
    for item in definition.items:
        if item.id not in given and item in asked(definition, given, context):
            given[item.id] = rest[item.id]
    return given


def extremes(definition: Definition):
    """Every item with its fewest and with its most points."""
    for end in (min, max):
        yield {item.id: end(item.points, key=lambda value: item.points[value]) for item in definition.items}


def is_monotone(when) -> bool:
    """One comparison, of an item or a score with a number."""
    return set(when) in ({"item", "op", "value"}, {"score", "op", "value"})


@given(forms())
@settings(max_examples=60)
def test_a_complete_form_has_raised_all_its_item_flags_on_the_way(form):
    """Answered in the order asked, no flag that a single answer raises waits for the end."""
    definition, answers, context = form
    given_so_far, raised = {}, set()
    for item in definition.items:
        given_so_far[item.id] = answers[item.id]
        raised |= {flag.id for flag in raised_by(definition, [item.id], given_so_far, context)}
    result = evaluate(definition, answers, context)
    of_items = {flag.id for flag in definition.flags if set(flag.when) == {"item", "op", "value"}}
    assert set(result.flags) & of_items <= raised


@given(forms())
def test_every_item_of_a_form_answered_as_asked_is_no_longer_missing(form):
    definition, answers, context = form
    given_so_far = {}
    for _ in definition.items:
        waiting = [item for item in asked(definition, given_so_far, context) if item.id not in given_so_far]
        if not waiting:
            break
        item = waiting[0]
        value = answers[item.id]
        given_so_far[item.id] = item.least if value is None else value
    result = evaluate(definition, given_so_far, context)
    assert set(result.missing.values()) == {0}
    assert None not in result.scores.values()


@pytest.mark.parametrize("definition", INSTRUMENTS, ids=all_ids())
def test_the_range_of_a_sum_is_what_its_items_can_give(definition):
    for score in definition.scores:
        if score.kind in SUMS:
            points = [definition.item[item].points.values() for item in score.items if definition.item[item].scored]
            assert score.least == sum(min(p) for p in points) * score.factor
            assert score.most == sum(max(p) for p in points) * score.factor


@pytest.mark.parametrize("definition", INSTRUMENTS, ids=all_ids())
def test_what_a_rule_fills_in_is_a_value_of_the_item_worth_as_much(definition):
    for rule in definition.skip_rules:
        for item in rule.items:
            assert definition.item[item].points[rule.score_as] == rule.score_as
