"""A session is moved or called off after its door opened: what was said and done at that door is not for another."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.chart.queries_welfare import not_in_the_room
from stepdown.desk.queries.day import day_of
from stepdown.kernel.db import RuleBroken
from stepdown.live import board, outside, permissions, queries, services, services_visits, visits
from stepdown.live.models import Admittance, Room
from stepdown.live.services import Sighting
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable import services_closures, services_session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    CenterFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def session():
    """It begins in ten minutes; its leader has opened the room."""
    session = SessionFactory(starts_at=timezone.now() + 10 * MINUTE)
    RoomFactory(session=session)
    return session


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def seen(kind, join):
    services.record([Sighting("signaling", "live", kind, timezone.now(), join=join.pk)])


def in_room(session, patient):
    services.let_in(session=session, patient=patient, by=session.leader)
    join = JoinFactory(session=session, patient=patient)
    seen("arrived", join)
    return join


def move(session, director, by=DAY):
    return services_session.move_session(
        session=session, starts_at=session.starts_at + by, seen=session.revision, by=director
    )


def test_while_people_are_in_its_room_it_is_not_moved_or_called_off(session, director, clock):
    join = in_room(session, patient_at_door(session))
    with pytest.raises(RuleBroken, match="People are in this session’s room"):
        move(session, director)
    with pytest.raises(RuleBroken, match="People are in this session’s room"):
        services_session.cancel_session(session=session, why="Fire", seen=session.revision, by=director)
    services.end_room(session=session, by=session.leader)
    clock.shift(MINUTE)
    seen("left", join)
    assert move(session, director)


@pytest.mark.parametrize("ended", [True, False])
def test_at_its_new_time_everybody_comes_to_the_door_anew(client, session, director, clock, ended):
    patient = patient_at_door(session)
    join = in_room(session, patient)
    clock.shift(MINUTE)
    seen("left", join)
    if ended:
        services.end_room(session=session, by=session.leader)
    session = move(session, director)
    assert not Room.objects.exists()
    clock.shift(DAY)
    as_patient(client, patient)
    assert client.get(reverse("live:now")).url == reverse("live:door", args=[session.pk])
    assert client.get(reverse("live:room", args=[session.pk])).url == reverse("live:door_where", args=[session.pk])
    assert not permissions.enter(patient, session)
    assert permissions.lead(session.leader, session)
    assert (queries.door_checks(session), queries.admitted(session)) == ({}, set())
    services.open_room(session=session, by=session.leader)
    assert services.knock(session=session, patient=patient)
    services.let_in(session=session, patient=patient, by=session.leader)
    assert queries.is_admitted(session, patient)
    assert Admittance.objects.filter(patient=patient, sent_out_at=None).count() == 1


def test_what_was_ended_called_off_and_brought_back_has_not_ended(session, director):
    patient = patient_at_door(session)
    services.end_room(session=session, by=session.leader)
    called_off = services_session.cancel_session(session=session, why="Ice", seen=session.revision, by=director)
    back = services_session.take_back_cancellation(session=called_off, seen=called_off.revision, by=director)
    assert permissions.enter(patient, back)
    assert permissions.lead(session.leader, back)


def test_what_was_ended_for_a_closure_that_is_no_more_has_not_ended(session, director):
    patient, on = patient_at_door(session), session.service_date
    services.end_room(session=session, by=session.leader)
    closure = services_closures.close_center(name="Ice", first_on=on, last_on=on + DAY, by=director)
    assert services_closures.open_center(closure=closure, bring_back=True, by=director) == (1, 0)
    session.refresh_from_db()
    assert permissions.enter(patient, session)


def test_who_came_before_it_was_moved_and_not_after_is_missed(session, director, clock):
    patient = patient_at_door(session)
    join = in_room(session, patient)
    clock.shift(MINUTE)
    seen("left", join)
    session = move(session, director)
    clock.shift(DAY + 30 * MINUTE)
    services.open_room(session=session, by=session.leader)
    assert not_in_the_room(session, timezone.now()) == [patient]


def test_who_was_held_before_it_was_moved_is_held_no_more(session, director, clock):
    patient = patient_at_door(session, state="NV")
    assert [check.patient for check in outside.held_in(session)] == [patient]
    session = move(session, director)
    clock.shift(DAY)
    assert outside.held_in(session) == []


def test_what_was_told_at_the_old_door_is_not_of_today(session, director, clock):
    """RULE PROG-08: the emergency card says where they are today only when they have said so today."""
    patient = patient_at_door(session, craving=8)
    assert [card.said_today for card in board.emergency_cards(session)] == [True]
    session = move(session, director)
    clock.shift(DAY)
    (card,) = board.emergency_cards(session)
    assert (card.said_today, card.address) == (False, "1200 Example Street, Apt 4, Sampleton, MN")
    (row,) = day_of(session.leader, timezone.now(), ZoneInfo("America/Chicago")).rows
    assert (row.door, row.urges, row.since) == (None, [8], ["Urge 8 last time"])
    assert row.missing.patient == patient


def test_who_was_in_before_it_was_moved_has_not_left_it_and_is_not_back(session, director, clock):
    patient = patient_at_door(session)
    join = in_room(session, patient)
    clock.shift(MINUTE)
    seen("left", join)
    session = move(session, director)
    clock.shift(DAY)
    assert queries.left_at(session) == {}
    services.knock(session=session, patient=patient)
    (waiting,) = board.rail(session, timezone.now())["waiting"]
    assert not waiting.back


def test_a_guest_who_was_let_in_before_it_was_moved_waits_anew(session, director, clock):
    guest = services_visits.invite_guest(session=session, name="Sam Visitor", why="Training", by=session.leader)
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    session = move(session, director)
    clock.shift(DAY)
    assert visits.may_be_in(session) == frozenset()
    services_visits.let_guest_in(session=session, visit=guest.pk, by=session.leader)
    assert visits.may_be_in(session) == {guest.pk}


def test_a_session_with_a_visit_that_is_over_is_moved_and_brought_back(session, director):
    visit = services_visits.name_colleague(session=session, staff=StaffFactory(), role="observer", by=session.leader)
    services_visits.send_visit_out(session=session, visit=visit.pk, by=session.leader)
    session = move(session, director)
    session = services_session.cancel_session(session=session, why="Ice", seen=session.revision, by=director)
    back = services_session.take_back_cancellation(session=session, seen=session.revision, by=director)
    assert permissions.name_visits(back.leader, back)
    assert visits.expected(back) == frozenset()
