"""Who is signed out in a browser, here or from elsewhere, is in no room with it, and nobody else is disturbed."""

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection

from stepdown.live import queries, services, tickets
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.server import store
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import patient_at_door
from stepdown.people import endings
from stepdown.people.models import Device, Patient, Role, Staff
from stepdown.people.services import end_device, end_staff
from stepdown.people.sessions import end_sessions
from stepdown.people.tests.factories import StaffFactory
from stepdown.timetable.tests.factories import SessionFactory


def device_of(patient: Patient) -> Device:
    return Device.objects.create(patient=patient, digest=f"{patient.pk} {patient.devices.count()}")


def session_of(staff: Staff) -> UserSession:
    return UserSession.objects.create(
        user=staff.account, ip="198.51.100.7", user_agent="", session_key=f"{staff.pk}"[:40]
    )


def let_in(group: LiveGroup) -> Patient:
    patient = patient_at_door(group.session)
    services.let_in(session=group.session, patient=patient, by=group.session.leader)
    return patient


def comes_with(group: LiveGroup, patient: Patient, device: Device, **options: bool) -> LightPerson:
    mark = endings.mark_of_device(device)
    return group.crowd.comes(lambda: tickets.issue(session=group.session, patient=patient, browser=mark), **options)


@pytest.mark.browser
def test_a_device_that_is_ended_is_out_at_once_and_another_comes_in_without_waiting(crowd: Crowd, group: LiveGroup):
    leader = group.leader()
    patient = let_in(group)
    _, other_phone = group.patient()
    lost = device_of(patient)
    phone = comes_with(group, patient, lost, comes_back=True)
    crowd.until_all_see_all([leader, phone, other_phone])

    end_device(device=lost, by=group.session.leader)

    crowd.until(lambda: phone.heard("signed_out") and phone.close_code == 1000, "the phone is told and let go")
    crowd.until_all_see_all([leader, other_phone])
    again = comes_with(group, patient, device_of(patient))
    crowd.until_all_see_all([leader, other_phone, again])


@pytest.mark.browser
def test_a_session_that_is_ended_takes_its_leader_out_and_no_other_session(crowd: Crowd, group: LiveGroup):
    director = StaffFactory(roles=[Role.DIRECTOR])
    lost, kept = session_of(group.session.leader), session_of(director)
    leader, second = (
        crowd.comes(
            lambda who=who, one=one: tickets.issue(
                session=group.session, staff=who, browser=endings.mark_of_session(one.pk)
            )
        )
        for who, one in ((group.session.leader, lost), (director, kept))
    )
    crowd.until_all_see_all([leader, second])

    end_sessions(account=group.session.leader.account, by=director)

    crowd.until(lambda: leader.heard("signed_out"), "the leader is told")
    crowd.until(lambda: len(queries.people_in(group.session)) == 1, "one is left")
    assert not second.heard("signed_out")


@pytest.mark.browser
def test_what_was_ended_while_the_live_process_heard_nothing_is_seen_when_it_hears_again(
    crowd: Crowd, group: LiveGroup
):
    renewed = session_of(group.session.leader)
    mark = endings.mark_of_session(renewed.pk)
    leader = crowd.comes(lambda: tickets.issue(session=group.session, staff=group.session.leader, browser=mark))
    patient = let_in(group)
    lost = device_of(patient)
    phone = comes_with(group, patient, lost)
    crowd.until_all_see_all([leader, phone])
    renewed.delete()  # as when a session goes on under another key

    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike"
            " 'listen %'"
        )
    Device.objects.filter(pk=lost.pk).update(ended_at="2026-01-01T00:00Z")  # and nobody is told

    crowd.until(lambda: phone.heard("signed_out"), "the phone is told")
    assert leader.join
    assert not leader.heard("signed_out")


@pytest.mark.django_db
def test_a_ticket_is_good_only_while_its_browser_is_signed_in():
    session = SessionFactory()
    patient = patient_at_door(session)
    lost, kept = device_of(patient), device_of(patient)
    entries = [
        tickets.read(tickets.issue(session=session, patient=patient, browser=endings.mark_of_device(one)))
        for one in (lost, kept)
    ]
    end_device(device=lost)

    assert [bool(store.read_entry(ticket).decision) for ticket in entries] == [False, True]


@pytest.mark.django_db
def test_in_spanish_one_reads_that_the_browser_was_signed_out():
    session = SessionFactory()
    patient = patient_at_door(session)
    Patient.objects.filter(pk=patient.pk).update(language="es")
    phone = device_of(patient)
    ticket = tickets.read(tickets.issue(session=session, patient=patient, browser=endings.mark_of_device(phone)))
    end_device(device=phone)
    assert store.read_entry(ticket).decision.reason == "La sesión de este navegador se cerró."


@pytest.mark.django_db
def test_whoever_works_here_no_more_is_signed_out_of_rooms_too():
    staff, by = StaffFactory(), StaffFactory()
    number = session_of(staff).pk
    heard: list[str] = []
    endings._listeners.append(heard.append)
    try:
        end_staff(staff=staff, by=by)
    finally:
        endings._listeners.remove(heard.append)

    assert heard == [endings.mark_of_session(number)]
    assert not endings.is_signed_in(endings.mark_of_session(number))
