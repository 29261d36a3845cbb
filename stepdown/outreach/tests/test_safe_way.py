"""Where a note says how it is safe to reach somebody, nothing goes to them by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.outreach import gateways, services, tasks
from stepdown.outreach.models import Message
from stepdown.outreach.safe_way import BY_ITSELF
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from tests.fakes.text_gateway import FakeTextGateway

pytestmark = pytest.mark.django_db
NOTE = "Never text. My husband reads my phone."


@pytest.fixture
def gateway(monkeypatch) -> FakeTextGateway:
    fake = FakeTextGateway()
    monkeypatch.setattr(gateways, "text_gateway", lambda: fake)
    return fake


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def delivered():
    """Every job that waits is done, in the order in which they came."""
    for message in Message.objects.order_by("created_at"):
        tasks.deliver(message_id=str(message.pk))


def call_off(patient):
    services.tell_all(patients=[patient], kind="meeting_off", about=timezone.now() + timedelta(minutes=30))


@pytest.mark.parametrize("kind", sorted(BY_ITSELF))
def test_what_nobody_asked_for_is_held_back_and_staff_are_told_once(gateway, director, kind):
    patient = PatientFactory(safe_contact_note=NOTE)
    message = services.send(patient=patient, kind=kind)
    for _ in range(2):
        tasks.deliver(message_id=str(message.pk))
    message.refresh_from_db()
    assert message.sent_at is None
    told = Message.objects.get(kind="look")
    assert (told.staff, told.page) == (director, reverse("outreach:patient_link", args=[patient.pk]))
    assert gateway.sent == []


def test_an_email_is_held_back_as_well(gateway, director, mailoutbox):
    call_off(PatientFactory(safe_contact_note=NOTE, phone="", email="walt@example.org"))
    delivered()
    assert mailoutbox == []


@pytest.mark.parametrize("kind", ["personal_link", "meeting_soon", "seat_kept", "contact_changed"])
def test_what_they_asked_for_and_what_somebody_sends_who_read_the_note_goes(gateway, director, kind):
    services.send(patient=PatientFactory(safe_contact_note=NOTE), kind=kind, about=timezone.now())
    delivered()
    assert len(gateway.sent) == 1


def test_a_note_that_is_written_before_a_text_goes_out_holds_it_back(gateway, director):
    patient = PatientFactory()
    call_off(patient)
    patient.safe_contact_note = NOTE
    patient.save()
    delivered()
    assert gateway.sent == []


def test_who_has_no_note_is_told_as_before(gateway, director):
    call_off(PatientFactory())
    delivered()
    assert len(gateway.sent) == 1
    assert not Message.objects.filter(kind="look").exists()


def test_the_page_says_of_what_they_were_not_told(client, gateway, director):
    patient = PatientFactory(safe_contact_note=NOTE)
    page = reverse("outreach:patient_link", args=[patient.pk])
    sign_in(client, director)
    assert "was not told of this" not in client.get(page).content.decode()
    call_off(patient)
    delivered()
    shown = client.get(page).content.decode()
    assert "was not told of this" in shown
    assert "A meeting does not take place: " in shown
