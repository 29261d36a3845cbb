"""Where each piece of a note stands in the format the center sets."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from stepdown.chart import pages, queries, services
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.domain.formats import HEADINGS, WHERE, Format, Kind, Piece, laid_out
from stepdown.chart.queries_formats import format_in_force, marks_of
from stepdown.chart.tests.factories import note_of, signed
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

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


@pytest.mark.django_db
def test_the_format_of_a_note_is_fixed_at_its_signature():
    first = signed(present=1)
    services.set_format(format=Format.GIRP, by=StaffFactory(roles=[Role.DIRECTOR]))
    second = signed(note_of(present=1))
    assert (first.format, second.format) == ("dap", "girp")
    assert [s.heading for s in pages.read_page(second, second.author)["parts"][0].sections] == [*HEADINGS[Format.GIRP]]
    assert [s.heading for s in pages.single_page(first.parts.get(), first.author)["read"].sections] == [
        *HEADINGS[Format.DAP]
    ]


@pytest.mark.django_db
def test_the_digest_stands_for_the_format():
    note = signed(present=1)
    parts = queries.parts_of(note)
    assert note.digest == digest_of(services.content_of(note, parts))
    note.format = "soap"
    assert note.digest != digest_of(services.content_of(note, parts))
    note.format = ""
    assert "format" not in services.content_of(note, parts)
    assert pages.read_page(note, note.author)["parts"][0].sections == ()


@pytest.mark.django_db
def test_a_director_chooses_the_format_and_nobody_else(client):
    CenterFactory()
    page, act = reverse("chart:notes"), reverse("chart:set_format")
    counselor = sign_in(Client(), StaffFactory(roles=[Role.COUNSELOR]))
    assert counselor.post(act, {"format": "soap"}).status_code == 403
    assert "How notes are signed" not in counselor.get(page).content.decode()
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert client.post(act, {"format": "free"}).status_code == 422
    assert client.post(act, {"format": "soap"}).status_code == 302
    assert format_in_force() == Format.SOAP
    assert marks_of(Format.SOAP) == "S:, O:, A: or P:"
