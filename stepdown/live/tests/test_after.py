"""Who asked for a call after the group, or was promised one, stands on the leader's day until it is ticked off."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from stepdown.live.after import tick_off, to_call
from stepdown.live.models import CalledBack, PrivateWord
from stepdown.live.queries import last_words, open_words
from stepdown.live.services_inside import answer_word, tell_leaders
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy.services_restricted import restrict
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
Kind, Answer = PrivateWord.Kind, PrivateWord.Answer


@pytest.fixture
def session():
    CenterFactory()
    return SessionFactory()


def said(session, kind, answer="", by=None):
    patient = patient_at_door(session, callback_phone="+16125550177")
    word = tell_leaders(session=session, patient=patient, kind=kind)
    if answer:
        answer_word(session=session, word=word.pk, answer=answer, by=by or session.leader)
    return word


@pytest.mark.parametrize(
    ("kind", "answer", "stands"),
    [
        (Kind.CALL, "", True),
        (Kind.CALL, Answer.CALL, True),
        (Kind.HELP, Answer.CALL, True),
        (Kind.CALL, Answer.COMING, False),
        (Kind.HELP, "", True),
        (Kind.HELP, Answer.COMING, False),
        (Kind.BREAK, "", False),
    ],
)
def test_a_call_that_was_asked_for_or_promised_is_to_be_made(session, kind, answer, stands):
    said(session, kind, answer)
    assert bool(to_call(session.leader)) is stands


def test_only_who_leads_the_session_is_to_call_and_ticks_it_off(session):
    word, other = said(session, Kind.CALL), StaffFactory()
    assert to_call(other) == []
    tick_off(word=word.pk, by=other)
    assert not CalledBack.objects.exists()


def test_who_led_for_somebody_else_makes_the_call_they_promised(client, session):
    director = StaffFactory(roles=[Role.DIRECTOR])
    said(session, Kind.HELP, Answer.COMING, by=director)
    word = said(session, Kind.HELP, Answer.CALL, by=director)
    assert [one.word for one in to_call(director)] == [one.word for one in to_call(session.leader)] == [word]
    sign_in(client, director)
    assert "Call after the group" in client.get(reverse("desk:day")).content.decode()
    client.post(reverse("live:called_back", args=[word.pk]))
    assert CalledBack.objects.get().by == director
    assert to_call(session.leader) == []


def test_who_led_for_somebody_else_is_to_call_also_whom_they_did_not_answer(client, session):
    director, other = (StaffFactory(roles=[Role.DIRECTOR]) for _ in range(2))
    word = said(session, Kind.CALL)
    JoinFactory(session=session, patient=None, staff=director)
    RoomFactory(session=session, ended=True)
    assert [one.word for one in to_call(director)] == [one.word for one in to_call(session.leader)] == [word]
    assert to_call(other) == []
    sign_in(client, director)
    act = reverse("live:called_back", args=[word.pk])
    assert act in client.get(reverse("live:staff_room", args=[session.pk])).content.decode()
    assert act in client.get(reverse("desk:day")).content.decode()
    client.post(act)
    assert CalledBack.objects.get().by == director


def test_a_director_who_led_for_somebody_else_reads_of_no_restricted_record_afterwards(session):
    director = StaffFactory(roles=[Role.DIRECTOR])
    word = said(session, Kind.CALL)
    JoinFactory(session=session, patient=None, staff=director)
    restrict(patient=word.patient, why="public", words="In the papers.", names=[session.leader], by=StaffFactory())
    assert to_call(director) == []
    assert [one.word for one in to_call(session.leader)] == [word]


def test_help_that_nobody_answered_stands_on_the_day_of_the_leader_and_of_directors(client, session):
    """Said at the door before anybody led, or in a room that was ended: it is not lost."""
    word = said(session, Kind.HELP)
    for staff in (session.leader, StaffFactory(roles=[Role.DIRECTOR])):
        sign_in(client, staff)
        body = client.get(reverse("desk:day")).content.decode()
        assert word.patient.called in body.split("Call after the group")[1]
        assert "Nobody has answered." in body
    assert to_call(StaffFactory()) == []


def test_help_asked_for_again_after_a_call_is_a_new_word(session):
    """Said while the leader did not answer, and a director saw it on the day and called."""
    first, director = said(session, Kind.HELP), StaffFactory(roles=[Role.DIRECTOR])
    tick_off(word=first.pk, by=director)
    assert open_words(session) == []
    told = last_words(session)[first.patient_id]
    assert (told.get_answer_display(), told.answered_by) == ("I called you.", director)
    again = tell_leaders(session=session, patient=first.patient, kind=Kind.HELP)
    assert again != first
    assert open_words(session) == [again]
    assert [one.word for one in to_call(session.leader)] == [one.word for one in to_call(director)] == [again]


def test_what_was_promised_keeps_its_answer_when_the_call_is_made(session):
    word = said(session, Kind.HELP, Answer.CALL)
    tick_off(word=word.pk, by=session.leader)
    assert PrivateWord.objects.get().answer == Answer.CALL


def test_who_is_to_call_stands_where_the_room_was_ended(client, session):
    word, other = (
        said(session, Kind.HELP),
        said(SessionFactory(group=session.group, starts_at=session.starts_at - timedelta(days=2)), Kind.CALL),
    )
    RoomFactory(session=session, ended=True)
    sign_in(client, session.leader)
    body = client.get(reverse("live:staff_room", args=[session.pk])).content.decode()
    assert (act := f"{reverse('live:called_back', args=[word.pk])}?from=ended") in body
    assert reverse("live:called_back", args=[other.pk]) not in body
    assert client.post(act).url == reverse("live:staff_room", args=[session.pk])


def test_it_stands_on_the_day_until_it_is_ticked_off(client, session):
    word = said(session, Kind.HELP, Answer.CALL)
    sign_in(client, session.leader)
    day = reverse("desk:day")
    assert "tel:+16125550177" in client.get(day).content.decode().split("Call after the group")[1]
    assert client.post(reverse("live:called_back", args=[word.pk])).url == day
    assert "Call after the group" not in client.get(day).content.decode()
    kept = CalledBack.objects.get()
    assert (kept.word, kept.by) == (word, session.leader)


def test_the_database_keeps_that_somebody_called(session):
    tick_off(word=said(session, Kind.CALL).pk, by=session.leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        CalledBack.objects.all().delete()
