"""Private words to the leaders: kept, answered once, seen by leaders alone."""

import pytest
from django.db import DatabaseError, transaction

from stepdown.kernel.db import RuleBroken
from stepdown.live import queries, services_inside
from stepdown.live.models import PrivateWord
from stepdown.live.tests.factories import patient_at_door
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return SessionFactory()


@pytest.fixture
def word(session):
    return services_inside.tell_leaders(session=session, patient=patient_at_door(session), kind="step_out")


def test_a_private_word_waits_until_a_leader_answers(session, word):
    assert queries.open_words(session) == [word]
    services_inside.answer_word(session=session, word=word.pk, answer="take_time", by=session.leader)
    assert queries.open_words(session) == []
    last = queries.last_words(session)[word.patient_id]
    assert (last.answer, last.answered_by) == ("take_time", session.leader)


def test_the_same_word_said_twice_is_one(session, word):
    again = services_inside.tell_leaders(session=session, patient=word.patient, kind="step_out")
    assert again == word
    other = services_inside.tell_leaders(session=session, patient=word.patient, kind="help")
    assert queries.open_words(session) == [word, other]


def test_the_oldest_word_comes_first_and_other_sessions_are_left_out(session, word):
    other = services_inside.tell_leaders(session=session, patient=patient_at_door(session), kind="help")
    elsewhere = SessionFactory()
    services_inside.tell_leaders(session=elsewhere, patient=patient_at_door(elsewhere), kind="help")
    assert queries.open_words(session) == [word, other]


@pytest.mark.parametrize("kind", ["", "sing", "I want to say more"])
def test_nothing_but_the_fixed_words_can_be_said(session, kind):
    with pytest.raises(RuleBroken, match="Choose one of the words"):
        services_inside.tell_leaders(session=session, patient=patient_at_door(session), kind=kind)
    assert not PrivateWord.objects.exists()


def test_a_word_is_answered_once(session, word):
    services_inside.answer_word(session=session, word=word.pk, answer="take_time", by=session.leader)
    with pytest.raises(RuleBroken, match="answered already"):
        services_inside.answer_word(session=session, word=word.pk, answer="coming", by=session.leader)


def test_a_word_of_another_session_cannot_be_answered_from_here(word):
    elsewhere = SessionFactory()
    with pytest.raises(RuleBroken, match="no such word"):
        services_inside.answer_word(session=elsewhere, word=word.pk, answer="coming", by=elsewhere.leader)


def test_the_database_lets_nobody_change_an_answer_or_take_a_word_away(session, word):
    services_inside.answer_word(session=session, word=word.pk, answer="take_time", by=session.leader)
    for change in (
        lambda: PrivateWord.objects.filter(pk=word.pk).update(answer="coming"),
        lambda: PrivateWord.objects.filter(pk=word.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
