"""A yes or a no to an offer, written back to the text message."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.outreach import gateways, tasks
from stepdown.outreach.models import Message, Received
from stepdown.outreach.services import send
from stepdown.people.tests.factories import PatientFactory
from stepdown.placement.models import Seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.privacy.tests.factories import published
from stepdown.timetable.tests.factories import SessionFactory
from tests.fakes.text_gateway import FakeTextGateway

pytestmark = pytest.mark.django_db
SECRET, URL = "hush", "https://example.org"


@pytest.fixture(autouse=True)
def _replies(settings):
    settings.TEXT_SECRET, settings.PUBLIC_URL = SECRET, URL


@pytest.fixture
def seat():
    group = GroupFactory()
    SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=1))
    return SeatFactory(
        group=group, starts_at=timezone.now() + timedelta(days=1), episode__patient__phone="+15555550142"
    )


def write(words, phone="+15555550142", *, receipt=None, secret=SECRET):
    path = reverse("outreach:reply")
    fields, headers = FakeTextGateway(secret=secret).reply(URL + path, sender=phone, words=words, receipt=receipt)
    return Client().post(path, fields, headers=headers)


def told(patient):
    return list(Message.objects.filter(patient=patient).order_by("created_at").values_list("kind", flat=True))


@pytest.mark.parametrize("words", ["YES", " yes. ", "Sí", "SI!", "y"])
def test_a_yes_keeps_the_place_and_is_confirmed(seat, words):
    assert write(words).status_code == 200
    seat.refresh_from_db()
    assert seat.accepted_at
    assert told(seat.patient) == ["seat_kept"]


def test_a_yes_without_the_privacy_notice_is_led_to_the_page_and_keeps_the_hold(seat):
    """RULE PRIV-30."""
    published()
    write("yes")
    seat.refresh_from_db()
    assert (seat.accepted_at, seat.released_at) == (None, None)
    assert told(seat.patient) == ["reply_unclear"]


def test_an_offer_asks_for_an_answer_by_text_of_those_whom_a_yes_can_admit(monkeypatch, settings):
    """RULE PRIV-30."""
    settings.TEXT_REPLIES, phone = True, FakeTextGateway()
    monkeypatch.setattr(gateways, "text_gateway", lambda: phone)
    with time_machine.travel(datetime(2026, 3, 11, 18, tzinfo=UTC)):  # by day: a text that can wait goes at once
        for patient in (EpisodeFactory().patient, EpisodeFactory(noticed=False).patient):
            message = send(patient=patient, kind=Message.Kind.SEAT_OFFER, about=timezone.now() + timedelta(days=2))
            tasks.deliver(message_id=str(message.pk))
    assert ["reply YES" in words for _to, words in phone.sent] == [True, False]


def test_a_no_gives_it_up(seat):
    write("No")
    seat.refresh_from_db()
    assert seat.released_why == Seat.Release.DECLINED
    assert told(seat.patient) == ["seat_given_up"]


def test_other_words_change_nothing_and_are_answered_with_the_link(seat):
    write("who is this?")
    seat.refresh_from_db()
    assert seat.accepted_at is None
    assert seat.released_at is None
    assert told(seat.patient) == ["reply_unclear"]


def test_a_message_handed_over_twice_counts_once(seat):
    for _ in range(2):
        write("YES", receipt="SM1")
    assert told(seat.patient) == ["seat_kept"]
    assert Received.objects.count() == 1


def test_a_yes_that_comes_too_late_is_told_so(seat):
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        write("YES")
    seat.refresh_from_db()
    assert seat.accepted_at is None
    assert told(seat.patient) == ["reply_unclear"]


def test_of_two_people_with_one_phone_nobody_is_taken_for_the_other(seat):
    other = SeatFactory(group=seat.group, starts_at=seat.starts_at, episode__patient__phone=seat.patient.phone)
    write("YES")
    assert not Seat.objects.exclude(accepted_at=None).exists()
    assert told(seat.patient) == told(other.patient) == ["reply_unclear"]


def test_who_was_offered_nothing_hears_nothing():
    patient = PatientFactory(phone="+15555550199")
    assert write("YES", patient.phone).status_code == 200
    assert not Message.objects.exists()


@pytest.mark.parametrize("secret", ["", "another"])
def test_nobody_but_the_provider_is_believed(seat, settings, secret):
    if not secret:
        settings.TEXT_SECRET = ""
    assert write("YES", secret=secret).status_code == 403
    seat.refresh_from_db()
    assert seat.accepted_at is None
