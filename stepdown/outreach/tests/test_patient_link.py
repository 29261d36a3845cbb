"""The staff's page about a patient's link and devices."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.outreach.models import Message
from stepdown.people import links, services
from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return sign_in(client, StaffFactory(roles=[Role.ADMISSIONS]))


def test_a_new_link_is_sent_and_the_old_one_stops(staff):
    patient = PatientFactory()
    old = services.issue_link(patient=patient)
    staff.post(reverse("outreach:new_link", args=[patient.pk]))
    assert patient.links.get(revoked_at=None) != old
    assert Message.objects.get().kind == "personal_link"


def test_the_page_does_not_show_the_address_itself(staff):
    patient = PatientFactory()
    link = services.issue_link(patient=patient)
    page = staff.get(reverse("outreach:patient_link", args=[patient.pk])).content.decode()
    assert links.token_of(link) not in page


def test_a_link_that_is_not_there_cannot_be_sent(staff):
    patient = PatientFactory()
    page = staff.get(reverse("outreach:patient_link", args=[patient.pk])).content.decode()
    assert "There is no link to send. Make a new one." in page
    assert staff.post(reverse("outreach:send_link", args=[patient.pk])).status_code == 403
    assert not Message.objects.exists()


def test_a_link_can_be_sent_again(staff):
    patient = PatientFactory()
    link = services.issue_link(patient=patient)
    staff.post(reverse("outreach:send_link", args=[patient.pk]))
    assert Message.objects.get().kind == "personal_link"
    assert patient.links.get(revoked_at=None) == link


def test_a_link_can_be_stopped(staff):
    patient = PatientFactory()
    services.issue_link(patient=patient)
    staff.post(reverse("outreach:stop_link", args=[patient.pk]))
    assert not patient.links.filter(revoked_at=None).exists()


def test_a_device_can_be_ended(staff):
    patient = PatientFactory()
    phone = as_patient(Client(), patient)
    device = patient.devices.get()
    staff.post(reverse("outreach:end_device", args=[patient.pk, device.pk]))
    assert phone.get(reverse("desk:home")).status_code == 403


def test_a_device_of_another_patient_is_not_there(staff):
    device, _secret = services.trust_device(patient=PatientFactory())
    answer = staff.post(reverse("outreach:end_device", args=[PatientFactory().pk, device.pk]))
    assert answer.status_code == 404
    device.refresh_from_db()
    assert device.ended_at is None


def test_billers_do_not_send_links(client):
    sign_in(client, StaffFactory(roles=[Role.BILLER]))
    assert client.get(reverse("outreach:patient_link", args=[PatientFactory().pk])).status_code == 403


def test_a_patient_sees_the_devices_that_know_them_and_ends_one(client):
    patient = PatientFactory()
    as_patient(client, patient)
    lost, _secret = services.trust_device(patient=patient, user_agent="Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1")
    assert "Safari on iPhone" in client.get("/me/devices/").content.decode()
    assert client.post("/me/devices/", {"device": lost.pk}).url == "/me/devices/"
    lost.refresh_from_db()
    assert lost.ended_at
    assert client.get("/me/devices/").status_code == 200


def test_the_device_in_hand_forgets_its_patient(client):
    patient = PatientFactory()
    as_patient(client, patient)
    answer = client.post("/me/devices/", {"device": patient.devices.get().pk})
    assert answer.url == "/"
    assert client.cookies["device"].value == ""
    assert client.get("/me/devices/").status_code == 403


def test_a_device_of_somebody_else_is_not_there(client):
    other, _secret = services.trust_device(patient=PatientFactory())
    as_patient(client, PatientFactory())
    assert client.post("/me/devices/", {"device": other.pk}).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None
