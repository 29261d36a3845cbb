"""Definitions, and the rules of scoring one at a time."""

import copy

import pytest

from stepdown.kernel.instruments import (
    BadDefinition,
    NoSuchInstrument,
    NotAllowed,
    all_ids,
    asked,
    at_least,
    change,
    evaluate,
    load,
    outcomes,
    parse,
    raised_by,
    reliable_change,
)

PHQ = load("phq-9")


def phq(*values, item10=None):
    return {f"phq9_{n}": value for n, value in enumerate([*values, item10], start=1)}


@pytest.mark.parametrize("instrument", all_ids())
def test_every_instrument_loads_under_its_own_id(instrument):
    assert load(instrument).id == instrument


def test_there_are_23():
    assert len(all_ids()) == 23


def test_an_unknown_instrument_is_told_with_those_there_are():
    with pytest.raises(NoSuchInstrument, match=r"There is no instrument \.\./x\. There are: audit, audit-c"):
        load("../x")


@pytest.mark.parametrize("instrument", all_ids())
def test_words_are_there_where_they_may_be_shipped_and_nowhere_else(instrument):
    definition = load(instrument)
    assert definition.has_text == (definition.raw["license"]["may_ship_text"] == "yes")
    assert definition.has_text or not any(item.text for item in definition.items)


def broken(instrument, mend):
    raw = copy.deepcopy(dict(load(instrument).raw))
    mend(raw)
    return raw


@pytest.mark.parametrize(
    ("instrument", "mend", "says"),
    [
        ("phq-9", lambda raw: raw.pop("flags"), "'flags' is a required property"),
        ("phq-9", lambda raw: raw["items"].append(raw["items"][0]), "item phq9_1 stands twice"),
        ("phq-9", lambda raw: raw["items"][0]["options"].clear(), "item phq9_1 has no options"),
        ("phq-9", lambda raw: raw["flags"][0]["when"].update(item="x"), "names x, which is no item"),
        ("phq-9", lambda raw: raw["flags"][0]["when"].update(op="~"), "without a known operator"),
        ("phq-9", lambda raw: raw["flags"][0].update(when={"sum": 1}), "a condition of no known kind"),
        ("phq-9", lambda raw: raw["flags"][2]["when"].update(score="x"), "names score x, which is not computed"),
        ("phq-9", lambda raw: raw["scoring"]["scores"][0]["bands"][1].update(min=6), "do not cover the range 0 to 27"),
        ("phq-9", lambda raw: raw["scoring"]["scores"][0]["missing"].pop("max_missing"), "prorating needs max_missing"),
        ("phq-9", lambda raw: raw["scoring"]["scores"][0].pop("higher_is"), "needs a range and a direction"),
        ("phq-9", lambda raw: raw["scoring"]["scores"][1]["items"].append("phq9_1"), "its value from one item"),
        ("phq-9", lambda raw: raw["critical_items"].append("x"), "critical_items names x"),
        ("audit", lambda raw: raw["skip_rules"][0]["skip"].append("x"), "a skip rule names x"),
        ("audit", lambda raw: raw["skip_rules"][0].update(when={"score": "total", "op": ">", "value": 1}), "computed"),
        ("audit-c", lambda raw: raw["context"].clear(), "names sex male, which is no context"),
        ("bam", lambda raw: raw["consistency_checks"][0]["when"]["item_less_than_item"].append("x"), "names x"),
        ("cssrs-screener", lambda raw: raw["flags"][0]["when"].update({"class": "ideation_level"}), "names class"),
        ("cssrs-screener", lambda raw: raw["scoring"]["scores"][0]["classes"].clear(), "score risk has no classes"),
        ("dsm5-sud", lambda raw: raw["scoring"]["scores"][0].pop("op"), "does not say what it counts"),
        ("dsm5-sud", lambda raw: raw["scoring"]["scores"][0]["exclude_when"][0]["items"].append("x"), "names x"),
        ("pcl-5", lambda raw: raw["flags"][2]["when"]["all"][0]["count"]["items"].append("x"), "names x"),
        ("taps-1", lambda raw: raw["scoring"]["scores"][0].pop("derived_items"), "names taps_alcohol"),
        ("who-5", lambda raw: raw["scoring"]["scores"][1].pop("factor"), "score percent has no factor"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(instrument, mend, says):
    with pytest.raises(BadDefinition, match=says):
        parse(broken(instrument, mend))


@pytest.mark.parametrize(
    ("instrument", "answers", "says"),
    [
        ("phq-9", {"phq9_1": 4}, "phq9_1 takes 0, 1, 2 or 3, and 4 is not among them."),
        ("phq-9", {"phq9_1": True}, "phq9_1 takes 0, 1, 2 or 3, and True is not among them."),
        ("phq-9", {"phq9_1": "1"}, "phq9_1 takes"),
        ("phq-9", {"phq9_11": 1}, "PHQ-9 has no item phq9_11."),
        ("cows", {"cows_1": 3}, "cows_1 takes 0, 1, 2 or 4, and 3 is not among them."),
        ("bam-r", {"bamr_2": 31}, "bamr_2 takes a whole number from 0 to 30, and 31 is not among them."),
        ("bam-r", {"bamr_2": -1}, "bamr_2 takes a whole number from 0 to 30"),
    ],
)
def test_an_answer_that_is_not_allowed_is_refused_by_name(instrument, answers, says):
    with pytest.raises(NotAllowed, match=says) as refused:
        evaluate(load(instrument), answers)
    assert refused.value.name == next(iter(answers))


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"sex": "m"}, "sex is one of male, female, unknown, and m is not among them."),
        ({"age": "4"}, "does not use age"),
    ],
)
def test_a_context_that_is_not_the_instruments_is_refused(context, says):
    with pytest.raises(NotAllowed, match=says):
        evaluate(load("audit-c"), {}, context)


def test_a_score_says_how_many_of_its_items_are_missing():
    assert evaluate(PHQ, phq(None, None, None, 1, 1, 1, 1, 1, None)).missing == {"total": 4, "item9": 1}


def test_what_a_skip_rule_fills_is_not_missing():
    assert evaluate(load("audit-c"), {"auditc_1": 0}).missing == {"total": 0}


def test_two_that_stand_for_one_are_missing_once():
    assert evaluate(load("taps-1"), {}).missing == {"positive_count": 4}


def scored(instrument, answers, *, at=0, **changed):
    """The score at that place of the instrument, with its definition changed."""

    def mend(raw):
        raw["scoring"]["scores"][at] |= changed

    definition = parse(broken(instrument, mend))
    return evaluate(definition, answers).scores[definition.scores[at].id]


def test_a_scaled_sum_is_prorated_before_it_is_rounded():
    missing = {"method": "prorate_mean", "max_missing": 2, "rounding": "half_up"}
    answers = {"who5_1": 1, "who5_2": 1, "who5_3": 2}
    assert scored("who-5", answers, at=1, missing=missing, range=[0, 100]) == 27  # 4/3 x 5 x 4 = 26.67


def test_a_scaled_sum_that_is_no_whole_number_stays_exact():
    answers = {f"who5_{n}": 1 for n in range(1, 5)} | {"who5_5": 3}
    assert scored("who-5", answers, at=1, factor=0.1, bands=[]) == 0.7


def test_ignoring_blanks_uses_what_was_answered():
    assert scored("gad-7", {"gad7_1": 2, "gad7_2": 3}, missing={"method": "ignore"}) == 5
    assert scored("gad-7", {}, missing={"method": "ignore"}) is None


def test_prorating_without_any_answer_gives_no_score():
    missing = {"method": "prorate_mean", "max_missing": 7, "rounding": "half_up"}
    assert scored("gad-7", {}, missing=missing) is None


def test_items_that_are_not_scored_enter_no_sum():
    items = [f"phq9_{n}" for n in range(1, 11)]
    assert scored("phq-9", phq(*[1] * 9, item10=3), items=items) == 9


def ids(items):
    return [item.id for item in items]


def test_what_a_skip_rule_skips_is_not_asked():
    assert ids(asked(load("audit"), {"audit_1": 0})) == ["audit_1", "audit_9", "audit_10"]


def test_what_was_answered_before_it_came_to_be_skipped_stays():
    assert ids(asked(load("audit"), {"audit_1": 0, "audit_4": 2})) == ["audit_1", "audit_4", "audit_9", "audit_10"]


@pytest.mark.parametrize(
    ("sex", "item"), [("male", "taps_alcohol_m"), ("female", "taps_alcohol_f"), ("unknown", "taps_alcohol_f")]
)
def test_men_are_asked_of_five_drinks_and_everybody_else_of_four(sex, item):
    assert ids(asked(load("taps-1"), {}, {"sex": sex})) == ["taps_tobacco", item, "taps_drugs", "taps_rx"]


def raised(item, instrument, answers):
    return [flag.id for flag in raised_by(load(instrument), [item], answers)]


def test_a_flag_acts_at_the_answer_before_the_form_is_finished():
    assert raised("phq9_9", "phq-9", {"phq9_9": 1}) == ["phq9_item9_positive"]
    assert all(flag.acts_at_once for flag in raised_by(PHQ, ["phq9_9"], {"phq9_9": 1}))


def test_what_is_not_asked_yet_raises_nothing_as_missing():
    assert raised("phq9_1", "phq-9", {"phq9_1": 3}) == []


def test_an_unfinished_form_is_not_prorated():
    """18 points of six answers are 27 of nine when three were left out; asked on, they may stay 18."""
    assert raised("phq9_6", "phq-9", phq(*[3] * 6)) == []


@pytest.mark.parametrize(
    ("instrument", "answers", "at", "flags"),
    [  # the points are added by hand; the limits are those of each instrument's flags
        ("phq-9", {f"phq9_{n}": 3 for n in range(1, 8)}, "phq9_7", ["phq9_severe"]),  # 21, and 20 is severe
        ("phq-9", {f"phq9_{n}": 3 for n in range(1, 5)}, "phq9_4", ["phq9_positive_screen"]),  # 12, and 10 is positive
        ("phq-9", {f"phq9_{n}": 2 for n in range(1, 9)}, "phq9_8", []),  # 16: all still to come is 3
        ("ciwa-ar", {"ciwa_nausea": 7, "ciwa_tremor": 7, "ciwa_sweats": 5}, "ciwa_sweats", ["ciwa_severe"]),  # 19
        ("ciwa-ar", {"ciwa_nausea": 7, "ciwa_tremor": 7, "ciwa_sweats": 4}, "ciwa_sweats", []),  # 18
        ("sows", {f"sows_{n}": 4 for n in range(1, 7)}, "sows_6", ["sows_severe"]),  # 24, and 21 is severe
        ("pcl-5", {f"pcl_{n}": 4 for n in range(1, 10)}, "pcl_9", ["pcl_probable"]),  # 36, and 33 is probable
        ("barc-10", {f"barc_{n}": 6 for n in range(1, 8)}, "barc_7", []),  # 42 and at least 3 more: 45 to 60
    ],
)
def test_what_is_certain_before_the_end_acts_at_the_answer_that_makes_it_so(instrument, answers, at, flags):
    assert raised(at, instrument, answers) == flags


def test_a_flag_that_another_answer_raised_is_not_raised_again():
    assert raised("ciwa_visual", "ciwa-ar", {"ciwa_tactile": 4, "ciwa_visual": 4}) == []


def test_two_answers_that_are_given_together_raise_what_either_would():
    answers = {"ciwa_tactile": 4, "ciwa_visual": 4}
    assert [flag.id for flag in raised_by(load("ciwa-ar"), list(answers), answers)] == ["ciwa_hallucinations"]


def test_a_moderate_answer_is_an_emergency_until_the_rest_is_asked():
    answers = {"cssrs_1": 1, "cssrs_2": 1, "cssrs_3": 1}
    assert raised("cssrs_3", "cssrs-screener", answers) == ["cssrs_incomplete_positive"]
    finished = answers | {"cssrs_4": 0, "cssrs_5": 0, "cssrs_7": 0}
    assert raised("cssrs_7", "cssrs-screener", finished) == ["cssrs_moderate"]


def test_a_blank_raises_nothing():
    assert raised("phq9_9", "phq-9", {"phq9_9": None}) == []


@pytest.mark.parametrize(
    ("instrument", "score", "before", "now", "what"),
    [
        ("phq-9", "total", 15, 10, "improved"),
        ("phq-9", "total", 10, 15, "worse"),
        ("phq-9", "total", 15, 11, "no reliable change"),
        ("phq-9", "total", 15, 15, "no reliable change"),
        ("phq-9", "item9", 3, 0, None),
        ("gad-7", "total", 14, 10, "improved"),
        ("pcl-5", "total", 45, 31, "no reliable change"),
        ("pcl-5", "total", 45, 30, "improved"),
        ("pcl-5", "cluster_d", 28, 0, None),
        ("who-5", "percent", 40, 52, "improved"),
        ("who-5", "percent", 52, 40, "worse"),
        ("who-5", "raw", 0, 25, None),
        ("craving-nrs", "week", 6, 8, "worse"),
        ("barc-10", "total", 20, 60, None),
        ("phq-9", "total", None, 10, None),
        ("phq-9", "total", 10, None, None),
    ],
)
def test_a_change_is_called_one_where_a_number_says_so(instrument, score, before, now, what):
    assert change(load(instrument), score, before, now) == what


@pytest.mark.parametrize(
    ("instrument", "score", "before", "now", "what"),
    [  # worked out by hand from what each instrument calls a response, remission or a clinically significant change
        ("pcl-5", "total", 45, 30, ()),  # 15 points, but 30 is over 28
        ("pcl-5", "total", 45, 28, ("clinically significant",)),
        ("pcl-5", "total", 42, 28, ()),  # 14 points are no reliable change
        ("pcl-5", "total", 28, 10, ()),  # it was 28 before
        ("pcl-5", "cluster_b", 20, 0, ()),
        ("phq-9", "total", 18, 9, ("response",)),
        ("phq-9", "total", 17, 9, ()),  # half of 17 is 8.5
        ("phq-9", "total", 18, 4, ("response", "remission")),
        ("phq-9", "total", 6, 4, ("remission",)),
        ("phq-9", "total", 4, 2, ()),  # never above; two points are no change
        ("gad-7", "total", 14, 7, ("response",)),
        ("gad-7", "total", 6, 3, ()),  # half, but 3 points are no change
        ("gad-7", "total", 14, None, ()),
        ("barc-10", "total", 60, 20, ()),
    ],
)
def test_an_outcome_is_named_where_the_instruments_literature_names_it(instrument, score, before, now, what):
    assert outcomes(load(instrument), score, before, now) == what


def test_each_outcome_stands_in_the_words_of_its_instrument():
    said = {one: load(one).raw["change"] for one in ("pcl-5", "phq-9", "gad-7")}
    assert said["pcl-5"]["clinically_significant"].startswith("follow-up score 28 or lower together with reliable")
    assert said["phq-9"]["response"] == "at least 50% reduction from baseline"
    assert said["phq-9"]["remission"] == "total below 5"
    assert said["gad-7"]["response"].startswith("at least 50% reduction")
    named = {"response", "remission", "clinically_significant"}
    assert set(said) == {one for one in all_ids() if named & set(load(one).raw["change"])}


@pytest.mark.parametrize(
    ("met", "unmet", "least"),
    [(3, 5, 3), (0, 4, 0), (6, 0, 6)],
)
def test_with_criteria_left_out_those_met_so_far_are_the_least(met, unmet, least):
    """Source: the checklist's rule for missing answers: no number, but “at least N” may be shown."""
    definition = load("dsm5-sud")
    items = list(definition.score["criteria_count"].items)
    answers = dict.fromkeys(items[:met], 1) | dict.fromkeys(items[met : met + unmet], 0)
    assert evaluate(definition, answers).scores["criteria_count"] is None
    assert at_least(definition, "criteria_count", answers) == least


def test_what_does_not_count_is_not_among_the_least():
    answers = {"dsm_tolerance": 1, "dsm_withdrawal": 1, "dsm_craving": 1}
    definition = load("dsm5-sud")
    assert at_least(definition, "criteria_count", answers, {"supervised_medication": "yes"}) == 1
    assert at_least(definition, "criteria_count", answers, {"supervised_medication": "no"}) == 3


def test_each_instrument_with_a_number_for_change_has_a_score_that_uses_it():
    numbers = ("reliable_change", "minimal_important_difference")
    known = {one for one in all_ids() if any(load(one).raw["change"].get(name) for name in numbers)}
    assert known == {"craving-nrs", "gad-7", "pcl-5", "phq-9", "who-5"}
    assert known == {one for one in all_ids() if any(reliable_change(load(one), s) for s in load(one).score)}
