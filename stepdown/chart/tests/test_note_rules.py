"""What a note needs, when it is late, when it repeats itself, and what its digest stands for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.chart.domain.digest import canonical, digest_of
from stepdown.chart.domain.likeness import alike, same_words
from stepdown.chart.domain.parts import left_in_part, left_in_shared, state_of
from stepdown.chart.domain.vocabulary import INTERVENTIONS, QUESTIONS, TOOK_PART, said
from stepdown.chart.models import GroupNote, NotePart

END = datetime(2026, 3, 12, 2, tzinfo=UTC)
FULL = {"took_part": ["openly"], "response": ["practiced"], "safety": ["none_seen"], "plan": ["go_on"]}


def test_a_part_with_every_answer_and_words_needs_nothing():
    assert left_in_part(FULL, "Spoke of work.") == []


def test_a_part_names_what_it_still_needs_in_the_order_of_the_page():
    assert left_in_part({"response": ["feedback"]}, "  ") == ["Took part", "Safety tonight", "Plan", "In your words"]


def test_the_shared_part_needs_a_topic_and_what_was_done():
    assert left_in_shared("", []) == ["Topic", "What you did"]
    assert left_in_shared("Urges", ["process"]) == []


@pytest.mark.parametrize(
    ("hours", "state"), [(0, "due"), (23.9, "due"), (24, "overdue"), (71.9, "overdue"), (72, "late")]
)
def test_a_note_is_due_after_a_day_and_late_after_three(hours, state):
    assert state_of(END, None, END + timedelta(hours=hours)) == state


def test_a_signed_note_is_never_late():
    assert state_of(END, END, END + timedelta(days=9)) == "signed"


def test_every_answer_fits_its_column():
    for _, field, answers, _ in QUESTIONS:
        assert max(map(len, answers)) <= NotePart._meta.get_field(field).base_field.max_length
    assert max(map(len, INTERVENTIONS)) <= GroupNote._meta.get_field("interventions").base_field.max_length


def test_answers_are_said_in_the_order_of_the_page():
    assert said(["quietly", "openly", "gone"], TOOK_PART) == ["Openly", "Quietly", "gone"]


def test_the_same_words_are_alike_whatever_case_and_punctuation():
    assert alike("Spoke of work; quiet.", "spoke of work quiet")


def test_one_changed_word_in_a_long_text_is_still_alike():
    text = "Named the hour after work as the hardest and used urge surfing in the practice before the drive home"
    assert alike(text, text.replace("hardest", "harder"))


def test_different_words_are_not_alike():
    assert not alike("Spoke of work.", "Spoke of her sister and of sleep.")


def test_empty_texts_are_like_nothing():
    assert not alike("", "")
    assert not alike("...", "...")


def test_the_later_person_points_to_the_earlier():
    assert same_words({"a": "One text.", "b": "Another one.", "c": "one text"}) == {"c": "a"}


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_the_digest_does_not_depend_on_the_order_of_keys(content):
    assert digest_of(dict(reversed(content.items()))) == digest_of(content)


@given(st.dictionaries(st.text(), st.text(), min_size=1), st.text(min_size=1))
def test_any_change_changes_the_digest(content, more):
    key = next(iter(content))
    assert digest_of(content | {key: content[key] + more}) != digest_of(content)


def test_the_canonical_form_is_fixed():
    assert canonical({"b": ["é"], "a": 1}) == '{"a":1,"b":["é"]}'.encode()
