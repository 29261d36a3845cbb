"""A door that does not open says why, and always where to go instead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.live.tests.factories import RoomFactory, agreed, patient_at_door
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.privacy.models import Consent
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    CenterFactory(phone="+16125550100")
    return SessionFactory(group=GroupFactory(leader=StaffFactory(name="Ines Invented")))


@pytest.fixture
def patient(client, session):
    patient = patient_at_door(session)
    as_patient(client, patient)
    return patient


def door_of(client, session):
    """The text of the page, which always has the center's number."""
    answer = client.get(reverse("live:door", args=[session.pk]))
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "tel:+16125550100" in text
    return text


def test_before_its_time_the_door_says_when_it_opens_and_waits(client, session, patient):
    text = door_of(client, SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5)))
    assert "The door opens: " in text
    assert 'data-module="live/opens"' in text


def test_a_page_that_only_asks_whether_a_shut_door_opens_meets_no_error(client, session, patient):
    later = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5))
    for page in ("door", "room"):
        assert client.get(reverse(f"live:{page}", args=[later.pk]), {"open": ""}).status_code == 204


def test_a_meeting_that_was_moved_says_so_and_when_it_was(client, session, patient):
    later = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5))
    assert "We moved this meeting." not in door_of(client, later)
    later.moved_from = later.starts_at - timedelta(hours=2)
    later.save()
    assert "We moved this meeting. Before, it was planned for: " in door_of(client, later)


def test_what_is_to_sign_can_be_signed_while_the_door_is_still_shut(client, session, patient):
    later = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(hours=5))
    sign = f"{reverse('privacy:agree')}?next={reverse('live:door', args=[later.pk])}"
    assert sign not in door_of(client, later)
    Consent.objects.filter(patient=patient).delete()
    assert sign in door_of(client, later)


def test_a_meeting_that_was_called_off_names_the_next_one(client, session, patient):
    now = timezone.now()
    RoomFactory(session=session, ended=True)
    off = SessionFactory(group=session.group, starts_at=now + timedelta(days=1), cancelled_at=now)
    SessionFactory(group=session.group, starts_at=now + timedelta(days=2))
    text = door_of(client, off)
    assert "This meeting was called off." in text
    assert "Your next meeting: " in text
    assert "with Ines." in text


def test_another_group_that_meets_now_is_one_tap_away(client, session, patient):
    off = SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=1), cancelled_at=timezone.now())
    text = door_of(client, off)
    assert "Your group is meeting now: " in text
    assert f'href="{reverse("live:door", args=[session.pk])}"' in text


def test_who_is_seated_from_monday_reads_so_at_todays_door(client, session):
    seat = SeatFactory(group=session.group, accepted=True, starts_at=session.starts_at + timedelta(days=2))
    as_patient(client, agreed(seat.patient))
    SessionFactory(group=session.group, starts_at=session.starts_at + timedelta(days=3))
    text = door_of(client, session)
    assert "Your seat in this group begins on " in text
    assert "Your next meeting: " in text


def test_whose_seat_ended_is_led_to_the_seat_that_is_held_and_then_to_its_group(client, session, patient):
    patient.seats.update(ends_at=session.starts_at - timedelta(hours=1))
    text = door_of(client, session)
    assert "Your time in this group is over." in text
    assert "call us." in text

    aftercare = GroupFactory(program__aftercare=True, leader=StaffFactory(name="Otto Invented"))
    seat = SeatFactory(group=aftercare, episode=patient.episodes.get(), starts_at=timezone.now())
    assert f'href="{reverse("placement:answer", args=[seat.pk])}"' in door_of(client, session)

    seat.accepted_at = timezone.now()
    seat.save()
    SessionFactory(group=aftercare, starts_at=timezone.now() + timedelta(days=1))
    assert "with Otto." in door_of(client, session)


def test_a_room_that_was_ended_says_so(client, session, patient):
    RoomFactory(session=session, ended=True)
    assert "The group has ended for today." in door_of(client, session)


def test_who_waited_when_the_room_was_ended_hears_when_it_is_opened_again(client, session, patient):
    """The page looks at the door for it; it says so once that opens, and leads into the room."""
    RoomFactory(session=session, ended=True)
    text = door_of(client, session)
    assert "Your group is meeting again." in text
    assert 'data-module="live/again"' in text
    assert f'data-url="{reverse("live:door", args=[session.pk])}?open"' in text
    assert reverse("live:room", args=[session.pk]) in text


def test_a_meeting_that_is_over_by_the_clock_is_not_looked_at_again(client, session, patient):
    session.starts_at -= timedelta(hours=6)
    session.ends_at -= timedelta(hours=6)
    session.save()
    assert "live/again" not in door_of(client, session)
