"""The safety plan as plain values."""

import json

from stepdown.chart.domain.safety_plan import Contact, Document, advice, as_json, from_json, lines_of

SAM = Contact("Sam", "+15125550142")


def test_a_line_is_what_says_something():
    assert lines_of("  Walk \n\n \nCold water\r\n") == ("Walk", "Cold water")
    assert lines_of(" \n") == ()


def test_a_plan_comes_back_as_it_was_kept():
    plan = Document(signs=("I stop sleeping",), places=(Contact("Library"),), people=(SAM,), reasons=("My kids",))
    assert from_json(json.loads(json.dumps(as_json(plan)))) == plan


def test_a_plan_without_a_word_is_empty():
    assert Document().is_empty
    assert not Document(places=(Contact("Library"),)).is_empty


def test_the_parts_come_in_the_order_in_which_a_person_goes_through_them():
    assert [part for part, _content in Document().parts()] == [
        "signs",
        "alone",
        "places",
        "people",
        "professionals",
        "safe",
        "reasons",
    ]


def test_nobody_to_ask_and_nothing_to_do_alone_are_said():
    assert advice(Document(signs=("I stop sleeping",))) == ["no_step", "no_person"]


def test_people_without_any_number_are_said():
    assert advice(Document(alone=("Walk",), people=(Contact("Sam"),))) == ["no_number"]
    assert advice(Document(alone=("Walk",), people=(Contact("Kim"), SAM))) == []
