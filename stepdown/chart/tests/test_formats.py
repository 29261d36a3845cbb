"""Where each piece of a note stands in the format the center sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.chart.domain.formats import HEADINGS, WHERE, Format, Kind, Piece, laid_out

PIECES = [
    Piece(Kind.SAID, "Urge 4 of 10", "At the door"),
    Piece(Kind.SEEN, "Openly", "Took part"),
    Piece(Kind.DID, "Skill practice", "What was done"),
    Piece(Kind.RESPONSE, "Practiced the skill", "Response"),
    Piece(Kind.RISK, "None seen", "Safety tonight"),
    Piece(Kind.GOAL, "Uses two ways to ride out an urge", "Works toward"),
    Piece(Kind.NEXT, "Go on", "Plan"),
    Piece(Kind.WORDS, "Named the hour after work as the hardest."),
]


def kinds(form: Format) -> dict[str, list[str]]:
    return {section.heading: [piece.kind.value for piece in section.pieces] for section in laid_out(form, PIECES)}


def test_a_dap_note_keeps_facts_apart_from_what_they_mean():
    assert kinds(Format.DAP) == {
        "Data": ["said", "seen", "did", "words"],
        "Assessment": ["response", "risk", "goal"],
        "Plan": ["next"],
    }


def test_a_birp_note_goes_from_behavior_to_plan():
    assert kinds(Format.BIRP) == {
        "Behavior": ["said", "seen", "risk"],
        "Intervention": ["did"],
        "Response": ["response", "goal", "words"],
        "Plan": ["next"],
    }


def test_a_girp_note_begins_with_the_goal():
    assert kinds(Format.GIRP) == {
        "Goal": ["goal"],
        "Intervention": ["did"],
        "Response": ["said", "seen", "response", "risk", "words"],
        "Plan": ["next"],
    }


def test_a_soap_note_tells_what_was_said_apart_from_what_was_seen():
    assert kinds(Format.SOAP) == {
        "Subjective": ["said", "words"],
        "Objective": ["seen", "did"],
        "Assessment": ["response", "risk", "goal"],
        "Plan": ["next"],
    }


@pytest.mark.parametrize("form", Format)
def test_every_kind_has_a_heading_of_its_format(form):
    assert set(WHERE[form]) == set(Kind)
    assert set(WHERE[form].values()) == set(HEADINGS[form])


@pytest.mark.parametrize("form", Format)
def test_no_two_headings_begin_with_the_same_letter(form):
    assert len({heading[0] for heading in HEADINGS[form]}) == len(HEADINGS[form])


def test_a_heading_under_which_nothing_was_written_is_still_there():
    assert [(s.heading, s.pieces) for s in laid_out(Format.DAP, [])] == [("Data", ()), ("Assessment", ()), ("Plan", ())]


def test_a_line_that_names_its_heading_stands_there_without_the_mark():
    words = Piece(Kind.WORDS, "Spoke of work.\nP: calls on Friday\nand on Monday\nassessment : steadier")
    data, assessment, plan = laid_out(Format.DAP, [words])
    assert [piece.text for piece in data.pieces] == ["Spoke of work."]
    assert [piece.text for piece in plan.pieces] == ["calls on Friday\nand on Monday"]
    assert [piece.text for piece in assessment.pieces] == ["steadier"]


def test_a_letter_of_another_format_is_no_mark():
    (section, *_) = laid_out(Format.DAP, [Piece(Kind.WORDS, "B: quiet")])
    assert section.pieces == (Piece(Kind.WORDS, "B: quiet"),)


@given(st.sampled_from(Format), st.sampled_from(Kind), st.text(st.characters(exclude_characters=":")))
def test_no_word_is_lost(form, kind, text):
    shown = " ".join(piece.text for section in laid_out(form, [Piece(kind, text)]) for piece in section.pieces)
    assert shown.split() == text.split()


@given(st.sampled_from(Format), st.lists(st.sampled_from(PIECES)))
def test_every_answer_stands_once(form, pieces):
    shown = [piece for section in laid_out(form, pieces) for piece in section.pieces]
    assert sorted(map(str, shown)) == sorted(map(str, pieces))
