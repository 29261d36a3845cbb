"""The plan as plain values: what is missing, what payers deny, how versions differ, what a draft takes over."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from stepdown.admissions.domain.answers import default_answers, merged
from stepdown.chart.domain.denials import attends_only, warnings
from stepdown.chart.domain.digest import canonical, digest_of
from stepdown.chart.domain.draft import Known, drafted, next_version
from stepdown.chart.domain.plan import (
    Change,
    Document,
    Intervention,
    Objective,
    Problem,
    as_json,
    changes,
    from_json,
    missing,
)

TODAY = date(2026, 3, 11)
GROUP = Intervention("Group Cedar", "three times a week", "Ines Sample, LADC", "Schedule of Cedar")
WHOLE = Objective(
    "o1", "Rides out an urge in two ways", "check-in at the door", "5 days a week", "2026-04-10", (GROUP,)
)
PROBLEM = Problem("p1", "d5", ("F10.20, alcohol",), "Drinks after work.", "", "I want my mornings back.", "", (WHOLE,))
PLAN = Document("My mornings", "", "Monday", (PROBLEM,))


def plan(**objective):
    return replace(PLAN, problems=(replace(PROBLEM, objectives=(replace(WHOLE, **objective),)),))


def said(document, today=TODAY):
    return [each.sentence for each in warnings(document, today)]


def test_a_document_comes_back_from_json_as_it_was():
    assert from_json(as_json(PLAN)) == PLAN
    assert from_json({}) == Document()


def test_the_digest_is_that_of_the_content_whatever_the_order_of_its_keys():
    content = as_json(PLAN)
    assert digest_of(dict(reversed(content.items()))) == digest_of(content)
    assert canonical(as_json(from_json(content))) == canonical(content)
    assert digest_of(as_json(plan(target="4 days a week"))) != digest_of(content)


# -- what is missing


def test_a_whole_plan_misses_nothing():
    assert missing(PLAN) == []
    assert missing(PLAN, review="Went well.") == []


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (Document(), "The plan has no problem yet. Add the first one."),
        (replace(PLAN, problems=(replace(PROBLEM, goal=""),)), "Problem 1 still needs a goal in the person’s words."),
        (
            replace(PLAN, problems=(Problem("p"),)),
            "Problem 1 still needs a sentence, its dimension, a goal in the person’s words and an objective.",
        ),
        (plan(words=""), "Objective 1.1 still needs its words."),
        (plan(interventions=()), "Objective 1.1 still needs an intervention."),
    ],
)
def test_what_is_missing_is_said(document, sentence):
    assert missing(document) == [sentence]


def test_a_later_version_says_what_was_reviewed():
    assert missing(PLAN, review=" ") == ["Say in a sentence what was reviewed."]


# -- what payers deny


def test_a_plan_that_can_be_counted_warns_of_nothing():
    assert said(PLAN) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"words": "Feels better about life", "target": ""}, "has no number"),
        ({"measure": ""}, "does not say how you will see it"),
        ({"due": ""}, "has no date"),
        ({"due": "2026-03-10"}, "was to be reached by March 10"),
        ({"words": "Attends all groups, 3 times a week"}, "is about coming to group"),
        ({"interventions": (Intervention("Group"),)}, "without how often"),
    ],
)
def test_what_payers_deny_is_pointed_out(change, says):
    sentences = said(plan(**change))
    assert len(sentences) == 1
    assert says in sentences[0]


@pytest.mark.parametrize("words", ["Sleeps before 11 every night", "Calls twice", "No alcohol", "Two walks", "By 2 pm"])
def test_a_number_may_be_a_word(words):
    assert said(plan(words=words, target="")) == []


@pytest.mark.parametrize(
    "words",
    [
        "Attend group",
        "Will attend IOP group 3 times a week for 13 weeks",
        "The patient will come to all sessions on time",
        "Participate in treatment as scheduled",
        "Complete the program",
        "Go to every meeting",
    ],
)
def test_attending_alone_is_heard(words):
    assert attends_only(words)


@pytest.mark.parametrize(
    "words",
    [
        "Attends group and names one trigger each time",
        "Calls her sister once a week",
        "Completes a plan against return to use",
        "Goes to bed before 11",
        "Shares one urge in group each week",
    ],
)
def test_attending_with_a_change_passes(words):
    assert not attends_only(words)


def test_a_goal_about_the_person_is_not_in_their_words():
    document = replace(PLAN, problems=(replace(PROBLEM, goal="Patient will remain abstinent"),))
    assert said(document) == ["Goal 1 speaks about the person. A goal stands in their own words: “I want …”"]


def test_two_objectives_with_the_same_words_are_pointed_out():
    twice = replace(PROBLEM, objectives=(WHOLE, replace(WHOLE, key="o2", words="rides out  an urge in two ways")))
    assert said(replace(PLAN, problems=(twice,))) == ["Objective 1.2 says the same as 1.1."]


# -- versions


def test_the_same_plan_has_no_changes():
    assert changes(PLAN, PLAN) == []


def test_each_change_says_what_was_and_what_is():
    assert changes(PLAN, plan(target="6 days a week")) == [
        Change("changed", "Objective 1.1, target", "5 days a week", "6 days a week")
    ]


def test_what_is_added_and_taken_out_is_told():
    fresh = Objective("o2", "Sleeps before 11", interventions=(GROUP,))
    changed = replace(PLAN, problems=(replace(PROBLEM, objectives=(fresh,)), Problem("p2", words="No sleep.")))
    assert changes(PLAN, changed) == [
        Change("added", "Objective 1.1", now="Sleeps before 11"),
        Change("added", "Problem 2", now="No sleep."),
        Change("taken out", "Objective 1.1", was="Rides out an urge in two ways"),
    ]


def test_interventions_are_compared_one_by_one():
    call = Intervention("Phone call", "once a week", "Ines")
    assert changes(PLAN, plan(interventions=(call,))) == [
        Change("taken out", "Objective 1.1, intervention", was="Group Cedar, three times a week, Ines Sample, LADC"),
        Change("added", "Objective 1.1, intervention", now="Phone call, once a week, Ines"),
    ]


def test_moving_a_problem_is_no_change():
    second = Problem("p2", "d6", (), "Home.", "", "I want peace.")
    two = replace(PLAN, problems=(PROBLEM, second))
    assert changes(two, replace(PLAN, problems=(second, PROBLEM))) == []


def test_the_next_version_begins_as_the_last_one_without_saying_whence():
    first = replace(PLAN, hope_from="Assessment", problems=(replace(PROBLEM, words_from="Assessment"),))
    begun = next_version(first, "Tuesday")
    assert (begun.hope, begun.hope_from, begun.schedule) == ("My mornings", "", "Tuesday")
    assert [each.where for each in changes(first, begun)] == ["Schedule"]
    assert begun.problems[0].words_from == ""


# -- the first draft


def draft_of(answers=None, said=None, **known):
    keys = count(1)
    everything = merged(default_answers(), answers or {})
    facts = Known("Assessment of March 3", everything, said or {}, schedule="Monday", group=GROUP, **known)
    return drafted(facts, lambda: f"k{next(keys)}")


def test_a_problem_stands_for_each_dimension_that_needs_work_the_worst_first():
    ratings = {"d1": 0, "d2": 1, "d3": 2, "d4": 0, "d5": 3, "d6": 2}
    assert [each.dimension for each in draft_of({"ratings": ratings}).problems] == ["d5", "d3", "d6"]


def test_what_was_found_is_taken_over_and_says_whence():
    home = {"safe": False, "lives_with_people_who_use": True}
    document = draft_of({"ratings": dict.fromkeys(("d1", "d2", "d3", "d4", "d5"), 0) | {"d6": 3}, "home": home})
    problem = document.problems[0]
    assert problem.words == (
        "Home and people: needs structured support every day or around the clock. "
        "Home is not a safe place. Somebody at home drinks heavily or uses drugs."
    )
    assert problem.words_from == "Assessment of March 3, “Home and people”, rated 3 of 4"


def test_goals_are_the_persons_words_or_empty():
    ratings = {"ratings": {"d1": 0, "d2": 0, "d3": 2, "d4": 0, "d5": 2, "d6": 0}}
    first, second = draft_of(ratings, {"mood": "I want to sleep."}).problems
    assert (first.goal, first.goal_from) == ("I want to sleep.", "Assessment of March 3, “Mood and thinking”")
    assert (second.goal, second.goal_from) == ("", "")


def test_objectives_are_never_made_up():
    ratings = {"ratings": dict.fromkeys(("d1", "d2", "d3", "d4", "d5", "d6"), 2)}
    objectives = [each for _number, _problem, each in draft_of(ratings).numbered()]
    assert len(objectives) == 6
    assert {(each.words, each.measure, each.target, each.due) for each in objectives} == {("", "", "", "")}
    assert {each.interventions for each in objectives} == {(GROUP,)}


def test_the_hope_is_what_they_said_first():
    assert draft_of(said={"readiness": "My kids.", "history": "A DUI."}).hope == "My kids."
    assert draft_of(said={"history": "A DUI."}).hope_from == "Assessment of March 3, “What happened”"
    wrote = draft_of(asked="I want my life back.", asked_on="March 1")
    assert (wrote.hope, wrote.hope_from) == ("I want my life back.", "Noted when they asked for a call, March 1")
    assert draft_of().hope == ""


def test_who_was_never_assessed_gets_an_empty_draft():
    assert drafted(Known(), lambda: "k") == Document()
