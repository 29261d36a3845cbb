from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.desk.tests.scenes import group_tonight
from stepdown.live.tests.factories import RoomFactory
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_twelve_to_six")]


def test_a_patient_goes_to_the_group_with_one_button(client):
    session, (walt, _) = group_tonight(StaffFactory())
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "Your group starts in 12 minutes" in page
    assert reverse("live:door", args=[session.pk]) in page
    assert "Noor" not in page


def test_a_held_seat_is_the_one_next_thing(client):
    seat = SeatFactory(patient=PatientFactory())
    page = as_patient(client, seat.patient).get(reverse("desk:home")).content.decode()
    assert "A seat is held for you" in page
    assert reverse("placement:answer", args=[seat.pk]) in page


def test_a_held_seat_is_in_sight_also_on_the_day_of_a_group(client):
    _, (walt, _) = group_tonight(StaffFactory())
    walt.ends_at = timezone.now() + timedelta(weeks=1)
    walt.save()
    held = SeatFactory(aftercare=True, episode=walt.episode, starts_at=walt.ends_at)
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "Your group starts in 12 minutes" in page
    assert reverse("placement:answer", args=[held.pk]) in page


def test_a_session_that_its_leader_ended_is_over_for_the_patient_too(client):
    session, (walt, _) = group_tonight(StaffFactory(), minutes=-20)
    RoomFactory(session=session, ended=True)
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "Your group is meeting now" not in page
    assert reverse("live:door", args=[session.pk]) not in page


def test_who_has_no_group_is_welcome_and_finds_the_phone_number(client):
    page = as_patient(client, PatientFactory()).get(reverse("desk:home")).content.decode()
    assert "You are always welcome back" in page
    assert "tel:+1" in page


def test_the_week_tells_what_was_and_what_comes(client):
    session, (walt, _) = group_tonight(StaffFactory())
    monday = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=2))
    AttendanceFactory(session=monday, patient=walt.patient, seat=walt, minutes=165, status="present")
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "You were there" in page
    assert "2 h 45 min" in page
    assert "<b>1 of 1</b> groups" in page


def test_help_names_911_with_the_address_and_988(client):
    patient = PatientFactory(address_line="1200 Example Street")
    page = as_patient(client, patient).get(reverse("desk:help")).content.decode()
    assert "1200 Example Street" in page
    assert 'href="tel:911"' in page
    assert 'href="tel:988"' in page
