"""A talk at the door in the tables: whom a leader may ask, what becomes of who waited, and who learns of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.spans import Span
from stepdown.live import board, queries, services, services_inside, services_sides
from stepdown.live.models import Knock, SideRoom
from stepdown.live.services import Sighting, record
from stepdown.live.sides import people_told, side_stays, sides
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db
Why = SideRoom.Why


@pytest.fixture
def session():
    CenterFactory()
    return RoomFactory().session


@pytest.fixture
def patient(session):
    patient = patient_at_door(session)
    services.knock(session=session, patient=patient)
    return patient


def saw(join, kind="arrived", at=None):
    record([Sighting("signaling", "live", kind, at or timezone.now(), join=join.pk)])
    return join


def in_room(session, side=None, **who):
    return saw(JoinFactory(session=session, side_room=side, **{"patient": None} | who))


def ask(session, patient, by=None):
    return services_sides.talk_first(session=session, patient=patient, by=by or session.leader)


def talk(session, patient):
    room = ask(session, patient)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    room.refresh_from_db()
    return room


def is_waiting(patient):
    return Knock.objects.filter(patient=patient, ended_at=None).exists()


def test_who_agrees_waits_no_more_and_is_not_let_in(session, patient):
    assert sides(session).at_door(patient.pk) is None
    ask(session, patient)
    assert not sides(session).at_door(patient.pk).is_open
    assert is_waiting(patient)
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    assert sides(session).at_door(patient.pk).people == {patient.pk, session.leader_id}
    assert not is_waiting(patient)
    assert queries.admitted(session) == set()


def test_who_would_rather_wait_goes_on_waiting(session, patient):
    room = ask(session, patient)
    services_sides.answer_aside(session=session, patient=patient, yes=False)
    room.refresh_from_db()
    assert room.why == Why.DECLINED
    assert is_waiting(patient)


def test_only_who_waits_is_asked_to_talk_first(session):
    with pytest.raises(RuleBroken, match="not waiting right now"):
        ask(session, patient_at_door(session))


def test_nobody_is_asked_while_the_room_is_paused(session, patient):
    services_inside.decide(session=session, what="pause", on=True, by=session.leader)
    with pytest.raises(RuleBroken, match="paused"):
        ask(session, patient)


def test_a_leader_talks_with_one_at_a_time(session, patient):
    ask(session, patient)
    other = patient_at_door(session)
    services.knock(session=session, patient=other)
    with pytest.raises(RuleBroken, match="Go back first"):
        ask(session, other)


def test_meeting_in_the_talk_answers_a_word_told_at_the_door(session, patient):
    services_inside.tell_leaders(session=session, patient=patient, kind="help")
    (row,) = board.rail(session, timezone.now())["private_words"]
    assert row.to_side_room == "first"
    room = talk(session, patient)
    services_sides.both_are_there(session=session, side_room=room.pk)
    assert queries.open_words(session) == []


def test_from_the_talk_the_leader_lets_them_in(session, patient):
    room = talk(session, patient)
    services_sides.let_in_from_talk(session=session, by=session.leader)
    room.refresh_from_db()
    assert room.why == Why.BACK
    assert queries.admitted(session) == {patient.pk}
    with pytest.raises(RuleBroken, match="nobody at the door any more"):
        services_sides.let_in_from_talk(session=session, by=session.leader)


def test_a_locked_room_stays_locked_for_who_is_talked_with(session, patient):
    talk(session, patient)
    services_inside.decide(session=session, what="lock", on=True, by=session.leader)
    with pytest.raises(RuleBroken, match="locked"):
        services_sides.let_in_from_talk(session=session, by=session.leader)
    assert sides(session).at_door(patient.pk).is_open


def test_who_is_let_in_by_another_leader_is_asked_and_talked_with_no_more(session, patient):
    room = ask(session, patient)
    services.let_in(session=session, patient=patient, by=StaffFactory())
    room.refresh_from_db()
    assert room.why == Why.WITHDRAWN
    assert sides(session).rooms == ()


def test_everyone_who_waits_is_let_in_but_for_who_is_talked_with(session, patient):
    talk(session, patient)
    other = patient_at_door(session)
    services.knock(session=session, patient=other)
    assert services.let_in_all(session=session, by=session.leader) == 1
    assert queries.admitted(session) == {other.pk}


def test_who_was_talked_with_at_the_door_keeps_their_place(session, patient):
    (waiting,) = queries.presence(session).waiting
    services.knock(session=session, patient=(other := patient_at_door(session)))
    talk(session, patient)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        services_sides.go_back(session=session, patient=patient)
        assert services.knock(session=session, patient=patient).at == waiting.since
    assert [one.patient for one in queries.presence(session).waiting] == [patient, other]


@pytest.mark.parametrize("who", ["patient", "staff"])
def test_either_ends_the_talk_and_the_patient_is_not_let_in(session, patient, who):
    talk(session, patient)
    services_sides.go_back(session=session, **{who: {"patient": patient, "staff": session.leader}[who]})
    assert sides(session).rooms == ()
    assert queries.admitted(session) == set()


def test_the_rail_shows_the_talk_and_not_one_who_waits_or_is_missing_or_came_back(session, patient):
    room = talk(session, patient)
    in_room(session, room, staff=session.leader)
    join = in_room(session, room, patient=patient)
    rail = board.rail(session, timezone.now())
    (row,) = rail["side_rooms"]
    assert (row.at_door, rail["waiting"], rail["missing"]) == (patient, [], [])
    assert [one.staff for one in rail["here"]] == [session.leader_id]
    saw(join, "left")
    services_sides.go_back(session=session, staff=session.leader)
    services.knock(session=session, patient=patient)
    (waits,) = board.rail(session, timezone.now())["waiting"]
    assert not waits.back


def test_the_group_does_not_learn_of_who_is_talked_with_and_they_do_not_learn_of_the_group(session, patient, client):
    other = patient_at_door(session)
    services.let_in(session=session, patient=other, by=session.leader)
    here = in_room(session, patient=other)
    assert people_told(session, patient) is None
    assert as_patient(client, patient).get(reverse("live:people", args=[session.pk])).status_code == 404
    leads = in_room(session, staff=session.leader)
    ask(session, patient)
    assert [one.join for one in people_told(session, patient)] == [leads.pk]
    services_sides.answer_aside(session=session, patient=patient, yes=True)
    own = in_room(session, SideRoom.objects.get(), patient=patient)
    assert {one.join for one in people_told(session, patient)} == {leads.pk, own.pk}
    assert {one.join for one in people_told(session, other)} == {here.pk, leads.pk}
    assert {one.join for one in queries.people_let_in(session)} == {here.pk, leads.pk}


def test_the_time_of_the_talk_counts_as_presence(session, patient):
    begins = timezone.now()
    room = talk(session, patient)
    join = JoinFactory(session=session, patient=patient, side_room=room)
    saw(join, at=begins)
    saw(join, "left", begins + timedelta(minutes=4))
    now = begins + timedelta(minutes=5)
    span = [Span(begins, begins + timedelta(minutes=4))]
    assert side_stays(session, now) == queries.stays(session, now) == {patient.pk: span}
