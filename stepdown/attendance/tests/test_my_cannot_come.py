"""A patient tells us by themselves that they cannot come."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.services import confirm
from stepdown.attendance.tests.factories import seated
from stepdown.live.models import Room
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory
from stepdown.timetable.models import CannotCome
from stepdown.timetable.tests.factories import CannotComeFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    CenterFactory()
    return SessionFactory(starts_at=timezone.now() + timedelta(hours=6))


@pytest.fixture
def patient(session, client):
    patient = seated(session, first_name="Rosa")
    as_patient(client, patient)
    return patient


def address(session) -> str:
    return reverse("attendance:my_cannot_come", args=[session.pk])


def calendar(client) -> str:
    return client.get(reverse("timetable:my_calendar")).content.decode()


def test_they_say_it_from_their_calendar_and_take_it_back(client, session, patient):
    assert address(session) in calendar(client)
    assert "Can you not come?" in client.get(address(session)).content.decode()
    assert not CannotCome.objects.exists()
    for _twice in range(2):
        assert client.post(address(session), {"act": "tell", "why": "Court"}).url == reverse("timetable:my_calendar")
    row = CannotCome.objects.get()
    assert (row.patient, row.said_by, row.why, row.excused, row.recorded_by) == (
        patient,
        "patient",
        "Court",
        None,
        None,
    )
    assert "You told us that you cannot come." in calendar(client)
    assert "I can come after all" in client.get(address(session)).content.decode()
    client.post(address(session), {"act": "take_back"})
    assert not CannotCome.objects.standing().exists()
    assert "You told us that you cannot come." not in calendar(client)


def test_what_somebody_else_said_of_them_is_not_called_theirs(client, session, patient):
    CannotComeFactory(session=session, patient=patient, said_by="family")
    for page in (calendar(client), client.get(address(session)).content.decode()):
        assert "We were told that you cannot come" in page
        assert "You told us" not in page


@pytest.mark.parametrize("act", [{}, {"act": ""}, {"act": "forget"}])
def test_what_is_neither_told_nor_taken_back_changes_nothing(client, session, patient, act):
    assert "Can you not come?" in client.post(address(session), act).content.decode()
    assert not CannotCome.objects.exists()


def test_no_reason_is_needed_and_one_too_long_is_kept(client, session, patient):
    answer = client.post(address(session), {"act": "tell", "why": "x" * 121})
    assert answer.status_code == 422
    assert "Use at most 120 characters." in answer.content.decode()
    assert "x" * 121 in answer.content.decode()
    client.post(address(session), {"act": "tell"})
    assert CannotCome.objects.get().why == ""


def test_only_of_their_own_sessions_that_are_on_or_two_weeks_ahead(client, session, patient):
    now = timezone.now()
    far = SessionFactory(group=session.group, starts_at=now + timedelta(days=15))
    past = SessionFactory(group=session.group, starts_at=now - timedelta(days=1))
    for other in (far, past, SessionFactory()):
        assert client.post(address(other), {"act": "tell"}).status_code == 404
    assert address(far) not in calendar(client)


def test_once_their_attendance_is_confirmed_they_are_told_to_call(client, patient, session):
    on = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(hours=2))
    Room.objects.create(session=on, server="m", opened_by=on.leader, opened_at=on.starts_at, ended_at=timezone.now())
    CannotComeFactory(session=on, patient=patient)
    confirm(session=on, by=on.leader)
    answer = client.post(address(on), {"act": "take_back"})
    assert answer.status_code == 422
    assert "Please call us." in answer.content.decode()


def test_it_is_said_in_spanish(client, session, patient):
    page = client.get(f"/es{address(session)}").content.decode()
    assert "¿No puede venir?" in page
    assert "Avisar que no puedo ir" in page
