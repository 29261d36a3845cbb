"""Private words, and what leaders decide for the whole room: kept, undone, and who may not."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.live import queries, services, services_inside
from stepdown.live.models import Decision, Join, PrivateWord
from stepdown.live.queries import Decided
from stepdown.live.tests.factories import AdmittanceFactory, JoinFactory, RoomFactory, patient_at_door
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


@pytest.fixture
def room(session):
    return RoomFactory(session=session)


def comes_in(session):
    """A patient who is in now."""
    patient = patient_at_door(session)
    join = JoinFactory(session=session, patient=patient)
    services.record([services.Sighting("signaling", "live", "arrived", timezone.now(), join=join.pk)])
    return patient


def goes(session, patient):
    """The patient is not in any more."""
    join = Join.objects.get(session=session, patient=patient)
    services.record([services.Sighting("signaling", "live", "left", timezone.now(), join=join.pk)])


@pytest.mark.parametrize("what", ["pause", "lock", "chat"])
def test_what_is_decided_holds_until_it_is_undone_and_is_kept_with_who_and_when(session, room, what):
    services_inside.decide(session=session, what=what, on=True, by=session.leader)
    services_inside.decide(session=session, what=what, on=True, by=session.leader)
    assert queries.decided(session) == Decided(**{what: True})
    services_inside.decide(session=session, what=what, on=False, by=session.leader)
    assert queries.decided(session) == Decided()
    assert list(Decision.objects.order_by("at").values_list("what", "on", "by")) == [
        (what, True, session.leader_id),
        (what, False, session.leader_id),
    ]


def test_nothing_is_decided_for_a_room_that_is_not_open(session):
    with pytest.raises(RuleBroken, match="not open"):
        services_inside.decide(session=session, what="pause", on=True, by=session.leader)
    RoomFactory(session=session, ended=True)
    with pytest.raises(RuleBroken, match="not open"):
        services_inside.decide(session=session, what="pause", on=True, by=session.leader)


def test_only_known_things_are_decided(session, room):
    with pytest.raises(RuleBroken, match="out of date"):
        services_inside.decide(session=session, what="record", on=True, by=session.leader)


def test_the_log_of_pauses_cannot_be_changed(session, room):
    services_inside.decide(session=session, what="pause", on=True, by=session.leader)
    for change in (lambda: Decision.objects.update(on=False), lambda: Decision.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_pause_is_no_break_so_it_counts_as_clinical_time(session, room):
    services_inside.decide(session=session, what="pause", on=True, by=session.leader)
    assert queries.breaks(session) == []


def test_the_end_of_the_room_ends_all_that_was_decided(session, room):
    comes_in(session)
    for what in ("pause", "lock", "chat"):
        services_inside.decide(session=session, what=what, on=True, by=session.leader)
    services_inside.start_round(session=session, by=session.leader)
    services.end_room(session=session, by=None)
    services.open_room(session=session, by=session.leader)
    assert queries.decided(session) == Decided()
    assert queries.round_now(session) is None


def test_a_locked_room_lets_nobody_new_in_and_those_let_in_come_back(session, room):
    known, new = patient_at_door(session), patient_at_door(session)
    AdmittanceFactory(session=session, patient=known)
    services_inside.decide(session=session, what="lock", on=True, by=session.leader)
    with pytest.raises(RuleBroken, match="room is locked"):
        services.let_in(session=session, patient=new, by=session.leader)
    assert queries.admitted(session) == {known.pk}


def test_a_round_is_everyone_in_and_goes_on_until_the_last(session, room):
    first, second = comes_in(session), comes_in(session)
    services_inside.start_round(session=session, by=session.leader)
    assert queries.round_now(session).order == [first.pk, second.pk]
    services_inside.skip_turn(session=session, patient=first.pk)
    assert (queries.round_now(session).order, queries.round_now(session).turn) == ([second.pk, first.pk], 0)
    late = comes_in(session)
    for turn, spoke in ((1, second), (2, first)):
        services_inside.next_turn(session=session, after=spoke.pk)
        assert queries.round_now(session).turn == turn
    assert queries.round_now(session).order == [second.pk, first.pk, late.pk]
    services_inside.next_turn(session=session, after=late.pk)
    assert queries.round_now(session) is None


def test_a_round_goes_on_while_somebody_to_come_is_away_and_can_be_ended(session, room):
    first, second = comes_in(session), comes_in(session)
    services_inside.start_round(session=session, by=session.leader)
    goes(session, second)
    for spoke in (first, second):
        services_inside.next_turn(session=session, after=spoke.pk)
        now = queries.round_now(session)
        assert now.order[now.turn] == second.pk
    services_inside.end_round(session=session)
    assert queries.round_now(session) is None


@pytest.mark.parametrize("step", ["next", "later"])
def test_a_step_of_a_round_that_two_press_at_once_is_taken_once(session, room, step):
    patients = [comes_in(session) for _ in range(3)]
    services_inside.start_round(session=session, by=session.leader)
    for _ in range(2):
        if step == "next":
            services_inside.next_turn(session=session, after=patients[0].pk)
        else:
            services_inside.skip_turn(session=session, patient=patients[0].pk)
    now = queries.round_now(session)
    assert now.order[now.turn] == patients[1].pk
    services_inside.end_round(session=session)
    services_inside.next_turn(session=session, after=patients[1].pk)
    services_inside.skip_turn(session=session, patient=patients[1].pk)
    assert queries.round_now(session) is None


def test_one_round_at_a_time_and_none_without_people(session, room):
    with pytest.raises(RuleBroken, match="Nobody is in the room"):
        services_inside.start_round(session=session, by=session.leader)
    comes_in(session)
    services_inside.start_round(session=session, by=session.leader)
    with pytest.raises(RuleBroken, match="going on already"), transaction.atomic():
        services_inside.start_round(session=session, by=session.leader)
    services_inside.end_round(session=session)
    assert queries.round_now(session) is None
