"""Where a patient's own link leads: to the room, to the door, or to Today, which says what comes next."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.live import permissions, services
from stepdown.live.door import session_now
from stepdown.live.services import Sighting
from stepdown.live.tests.factories import AdmittanceFactory, JoinFactory, RoomFactory, agreed, patient_at_door
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, PatientFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def at_noon():
    """The clock stands still."""
    CenterFactory()
    with time_machine.travel(timezone.now(), tick=False):
        yield


def starts_in(span, **fields):
    return SessionFactory(starts_at=timezone.now() + span, **fields)


def seated(session, **fields):
    return agreed(SeatFactory(group=session.group, accepted=True, **fields).patient)


def let_in(session, patient):
    RoomFactory(session=session)
    return AdmittanceFactory(session=session, patient=patient)


def in_room(session, **who):
    join = JoinFactory(session=session, **who)
    services.record([Sighting("signaling", "live", "arrived", timezone.now(), join=join.pk)])
    return join


def leads_to(client, patient):
    return as_patient(client, patient).get(reverse("live:now")).url


def door(session):
    return reverse("live:door", args=[session.pk])


def room(session):
    return reverse("live:room", args=[session.pk])


TODAY = "/me/"


@pytest.mark.parametrize(
    ("until_start", "opens"),
    [
        (permissions.DOOR_OPENS + MINUTE, False),
        (permissions.DOOR_OPENS, True),
        (MINUTE, True),
        (timedelta(), True),
        (-HOUR, True),
        (-3 * HOUR + MINUTE, True),
        (-3 * HOUR, False),
    ],
)
def test_the_link_leads_to_the_door_from_when_it_opens_to_the_end(client, until_start, opens):
    session = starts_in(until_start)
    patient = seated(session, starts_at=session.starts_at - HOUR)
    assert leads_to(client, patient) == (door(session) if opens else TODAY)


def test_where_the_link_leads_the_door_opens(client):
    session = starts_in(permissions.DOOR_OPENS)
    patient = seated(session)
    assert as_patient(client, patient).get(leads_to(client, patient)).status_code == 200


def test_a_meeting_that_was_called_off_or_ended_has_no_door(client):
    off, over = starts_in(-HOUR, cancelled_at=timezone.now()), starts_in(-HOUR)
    RoomFactory(session=over, ended=True)
    for session in (off, over):
        assert leads_to(client, seated(session, starts_at=session.starts_at - HOUR)) == TODAY


def test_a_room_that_was_opened_again_is_led_to_again(client):
    session = starts_in(-HOUR)
    patient = seated(session, starts_at=session.starts_at - HOUR)
    RoomFactory(session=session, ended=True)
    services.open_room(session=session, by=session.leader)
    assert leads_to(client, patient) == door(session)


def test_nobody_without_a_seat_that_covers_the_meeting_is_led_there(client):
    session = starts_in(MINUTE)
    assert leads_to(client, PatientFactory()) == TODAY
    assert leads_to(client, seated(session, starts_at=session.starts_at + HOUR)) == TODAY, "seated from later on"
    assert leads_to(client, SeatFactory(group=session.group).patient) == TODAY, "an offer that is not accepted"


def test_who_was_let_in_comes_straight_back_into_the_room(client):
    session = starts_in(-HOUR)
    patient = patient_at_door(session)
    let_in(session, patient)
    assert leads_to(client, patient) == room(session)
    assert as_patient(client, patient).get(room(session)).status_code == 200


def test_who_was_sent_out_comes_to_the_door(client):
    session = starts_in(-HOUR)
    patient = patient_at_door(session)
    let_in(session, patient)
    services.send_out(session=session, patient=patient, by=session.leader)
    assert leads_to(client, patient) == door(session)


def test_who_is_held_for_want_of_a_license_comes_to_the_door(client):
    session = starts_in(-HOUR)
    assert leads_to(client, patient_at_door(session, state="NV")) == door(session)


def test_who_has_agreements_to_sign_is_led_to_them_by_the_door(client):
    session = starts_in(MINUTE)
    patient = SeatFactory(group=session.group, accepted=True).patient
    assert as_patient(client, patient).get(leads_to(client, patient)).url.startswith(reverse("privacy:agree"))


def test_past_its_planned_end_a_meeting_goes_on_for_who_is_in_while_somebody_leads(client):
    session = starts_in(-3 * HOUR - MINUTE)
    patient, late = patient_at_door(session), patient_at_door(session)
    let_in(session, patient)
    assert leads_to(client, patient) == TODAY, "nobody leads there"
    in_room(session, patient=None, staff=session.leader)
    assert leads_to(client, patient) == room(session)
    assert leads_to(client, late) == TODAY


def test_of_two_meetings_the_one_that_is_on_comes_first(client):
    now, later = starts_in(-HOUR), starts_in(MINUTE)
    patient = seated(now, starts_at=now.starts_at - HOUR, ends_at=later.starts_at)
    SeatFactory(group=later.group, accepted=True, episode=patient.episodes.get(), starts_at=later.starts_at)
    assert leads_to(client, patient) == door(now)


def test_a_meeting_that_runs_over_comes_before_one_that_has_not_begun_and_after_one_that_has():
    first = starts_in(-3 * HOUR)
    patient = patient_at_door(first)
    first.group.seats.filter(patient=patient).update(ends_at=first.ends_at)
    let_in(first, patient)
    in_room(first, patient=None, staff=first.leader)
    second = starts_in(2 * MINUTE)
    SeatFactory(group=second.group, accepted=True, episode=patient.episodes.get(), starts_at=first.ends_at)
    now = timezone.now()
    assert session_now(patient, now + MINUTE) == first
    assert session_now(patient, now + 2 * MINUTE) == second
    RoomFactory(session=second, ended=True)
    assert session_now(patient, now + 3 * MINUTE) == first
