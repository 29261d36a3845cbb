"""Texts that can wait come by day, by the clock of whoever reads them; the others at once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from stepdown.outreach import gateways, services, tasks
from stepdown.outreach.models import Message
from stepdown.outreach.quiet import CAN_WAIT, told_at
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from tests.fakes.text_gateway import FakeTextGateway

ZONE = "America/Denver"


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (at(3, 8), at(3, 8)),
        (at(3, 20, 59), at(3, 20, 59)),
        (at(3, 21), at(4, 8)),
        (at(4, 0), at(4, 8)),
        (at(4, 7, 59), at(4, 8)),
        (at(7, 22), at(8, 8)),  # the night in which the clocks go on
    ],
)
def test_what_can_wait_waits_from_9_pm_to_8_am(now, told):
    assert told_at("seat_offer", now=now, zone=ZONE) == told


def test_a_place_in_a_group_that_meets_before_morning_is_told_of_at_once():
    held_until, meets, later = at(5, 8), at(4, 7), at(4, 18)
    assert told_at("seat_offer", now=at(3, 22), zone=ZONE, about=held_until, was=meets) == at(3, 22)
    assert told_at("seat_offer", now=at(3, 22), zone=ZONE, about=held_until, was=later) == at(4, 8)


def test_the_clock_is_that_of_whoever_reads_it():
    now = at(3, 20, 30)
    assert told_at("seat_offer", now=now, zone="America/Los_Angeles") == now
    assert told_at("seat_offer", now=now, zone="America/New_York") == at(4, 6)


@pytest.mark.parametrize("kind", sorted(set(Message.Kind.values) - CAN_WAIT))
def test_codes_reminders_and_answers_go_at_once(kind):
    assert told_at(kind, now=at(3, 23), zone=ZONE) == at(3, 23)


@pytest.mark.parametrize(
    ("about", "was", "told"),
    [
        (at(4, 9), None, at(4, 8)),
        (at(4, 8, 59), None, at(3, 23)),
        (at(5, 18), at(4, 7), at(3, 23)),
        (at(5, 18), at(3, 18), at(4, 8)),
        (at(3, 21), None, at(3, 23)),
        (at(5, 18), at(3, 21), at(3, 23)),
    ],
)
def test_what_would_come_too_late_in_the_morning_goes_at_once(about, was, told):
    assert told_at("meeting_moved", now=at(3, 23), zone=ZONE, about=about, was=was) == told


@pytest.fixture
def gateway(monkeypatch) -> FakeTextGateway:
    fake = FakeTextGateway()
    monkeypatch.setattr(gateways, "text_gateway", lambda: fake)
    return fake


@pytest.mark.django_db
def test_a_text_that_waits_is_sent_in_the_morning_and_once(gateway):
    with time_machine.travel(at(3, 23), tick=False):
        message = services.send(patient=PatientFactory(time_zone=ZONE), kind="seat_offer", about=at(5, 8))
        tasks.deliver(message_id=str(message.pk))
    assert gateway.sent == []
    later = ProcrastinateJob.objects.exclude(scheduled_at=None).get()
    assert (later.scheduled_at, later.args) == (at(4, 8), {"message_id": str(message.pk)})
    with time_machine.travel(later.scheduled_at + timedelta(seconds=5), tick=False):
        tasks.deliver(**later.args)
    assert len(gateway.sent) == 1


@pytest.mark.django_db
def test_an_email_and_what_the_staff_are_told_go_at_once(gateway):
    patient, staff = PatientFactory(phone="", email="somebody@example.org"), StaffFactory(phone="+16125550142")
    with time_machine.travel(at(3, 23), tick=False):
        services.tell_all(patients=[patient], staff=[staff], kind="meeting_off", about=at(9, 18))
        for message in Message.objects.all():
            tasks.deliver(message_id=str(message.pk))
    assert not Message.objects.filter(sent_at=None).exists()
