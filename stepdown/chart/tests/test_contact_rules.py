"""What the note of a contact must hold before it is signed, what payers ask, and the templates it is written with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stepdown.chart.domain.contacts import KINDS, Contact, minutes, missing, warnings
from stepdown.chart.domain.formats import HEADINGS, Format
from stepdown.chart.domain.templates import HELP, PHRASE, PHRASES, Heading, headings_from, names_of, shipped
from stepdown.chart.domain.templates import KINDS as TEMPLATES

NOW = datetime(2026, 3, 11, 20, tzinfo=UTC)
START = NOW - timedelta(hours=2)
WHOLE = Contact(
    kind="individual",
    way="video",
    on=date(2026, 3, 11),
    starts_at=START,
    ends_at=START + timedelta(minutes=50),
    present=("patient",),
    place="home",
    state="MN",
    written={"Data": "a", "Assessment": "b", "Plan": "c"},
    safety="none_seen",
    next_step="Thursday",
    billable=True,
    objective=True,
)


def left(**fields):
    return missing(replace(WHOLE, **fields), NOW)


def test_nothing_is_missing_in_a_whole_note():
    assert left() == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_at": None}, "Enter when it started."),
        ({"ends_at": None}, "Enter when it ended."),
        ({"ends_at": START}, "It ends before it starts. Correct one of the times."),
        ({"ends_at": START + timedelta(hours=9)}, "It lasts more than eight hours. Correct one of the times."),
        (
            {"ends_at": NOW + timedelta(minutes=1)},
            "It ends in the future. Sign it when it is over, or correct the day or the time.",
        ),
        ({"way": ""}, "Say whether it was by video, by phone, in person or in writing."),
        ({"present": ()}, "Say who was there."),
        ({"kind": "family"}, "Say who of the family was there."),
        ({"place": ""}, "Say where the person was."),
        ({"state": ""}, "Choose the state in which the person was."),
        ({"safety": ""}, "Say what you saw about safety."),
        ({"next_step": " "}, "Write the next step."),
        ({"billable": None}, "Say whether it is billable."),
        ({"billable": False}, "Say why it is not billable."),
        ({"billable": False, "why_not": "other"}, "Say in a few words why it is not billable."),
        ({"written": {"Data": "a", "Plan": " "}}, "Write something under “Plan”."),
        ({"kind": "phone"}, "Say whether somebody was reached."),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(fields, sentence):
    assert sentence in left(**fields)


def test_a_call_that_reached_nobody_needs_a_line_and_a_next_step_only():
    tried = {"kind": "outreach", "outcome": "no_answer", "present": (), "place": "", "state": "", "safety": ""}
    tried |= {"billable": False, "why_not": "not_reached", "written": {"Data": "Rang twice.", "Plan": ""}}
    assert left(**tried) == []
    assert left(**tried | {"written": {}}) == ["Write a line about what you tried."]


def test_nothing_is_billed_when_nobody_was_reached():
    (said,) = [each for each in left(kind="phone", outcome="message") if "bill" in each]
    assert said.startswith("Nobody was reached")


def test_a_family_session_may_be_without_the_person():
    assert left(kind="family", present=("parent",), place="", state="", safety="") == []


def test_an_individual_session_is_with_the_person():
    assert any("is with the person" in each for each in left(present=("parent",)))


def test_minutes_are_whole_and_rounded_down():
    assert minutes(START, START + timedelta(minutes=50, seconds=59)) == 50
    assert minutes(None, START) == 0


def test_payers_ask_about_the_day_the_objective_and_the_phone():
    assert warnings(WHOLE, in_group_that_day=False) == []
    assert len(warnings(replace(WHOLE, objective=False, way="phone"), in_group_that_day=True)) == 3
    assert warnings(replace(WHOLE, billable=False, objective=False), in_group_that_day=True) == []


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_product_brings_a_template_for_every_kind_in_every_format(kind, form):
    headings = shipped(kind, form)
    assert tuple(each.name for each in headings) == names_of(kind, form)
    assert kind == "group" or names_of(kind, form) == HEADINGS[form]
    assert all(each.help and len(each.help) <= HELP for each in headings)
    assert all(len(each.phrases) <= PHRASES for each in headings)
    assert all(len(phrase) <= PHRASE for each in headings for phrase in each.phrases)
    assert any(each.phrases for each in headings)


def test_headings_are_kept_as_they_are():
    headings = (Heading("Data", "What was said", ("One: …", "Two")), Heading("Plan"))
    assert headings_from([each.as_json() for each in headings]) == headings


def test_every_contact_has_a_template_of_its_kind():
    assert set(KINDS) < set(TEMPLATES)
