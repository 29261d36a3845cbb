"""Whoever changes a patient's number could let themselves in: who they are is proved first."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.people.models import EntryCode, Role
from stepdown.people.tests.clients import one_time_code, proved_long_ago, sign_in
from stepdown.people.tests.factories import PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db
SENT = {
    "phone": "(512) 555-0142",
    "email": "",
    "safe_contact_note": "Not before noon.",
    "language": "es",
    "address_line": "7 Sample Lane",
    "city": "Sampleton",
    "state": "WI",
    "postal_code": "54701",
    "time_zone": "America/Chicago",
    "emergency_contact_name": "",
    "emergency_contact_phone": "",
}


@pytest.fixture
def patient():
    return PatientFactory()


@pytest.fixture
def staff():
    return sign_in(Client(), StaffFactory(roles=[Role.ADMISSIONS]))


@pytest.fixture
def url(patient):
    return reverse("outreach:contact_data", args=[patient.pk])


def test_who_has_just_signed_in_changes_it(staff, patient, url):
    assert "code" not in staff.get(url).context["form"].fields
    assert staff.post(url, SENT).status_code == 302
    patient.refresh_from_db()
    assert (patient.phone, patient.state, patient.language) == ("+15125550142", "WI", "es")


def test_who_proved_it_long_ago_needs_a_code_and_loses_nothing(staff, patient, url):
    before = patient.phone
    proved_long_ago(staff)
    refused = staff.post(url, SENT)
    assert refused.status_code == 422
    assert "Enter the code that your app shows." in refused.content.decode()
    assert "7 Sample Lane" in refused.content.decode()
    wrong = staff.post(url, SENT | {"code": "000000"})
    assert wrong.status_code == 422
    patient.refresh_from_db()
    assert patient.phone == before
    assert staff.post(url, SENT | {"code": one_time_code()}).status_code == 302
    patient.refresh_from_db()
    assert patient.phone == "+15125550142"


def test_a_code_sent_to_the_old_number_opens_nothing_any_more(staff, patient, url):
    now = timezone.now()
    code = EntryCode.objects.create(patient=patient, sent_at=now, expires_at=now + timedelta(minutes=10))
    staff.post(url, SENT)
    code.refresh_from_db()
    assert code.expires_at <= timezone.now()


def test_a_code_on_its_way_still_opens_when_the_number_stays(staff, patient, url):
    now = timezone.now()
    code = EntryCode.objects.create(patient=patient, sent_at=now, expires_at=now + timedelta(minutes=10))
    staff.post(url, SENT | {"phone": patient.phone})
    code.refresh_from_db()
    assert code.expires_at > timezone.now()


def test_a_contact_without_a_number_is_said(staff, url):
    answer = staff.post(url, SENT | {"emergency_contact_name": "Lou"})
    assert answer.status_code == 422
    assert "Enter the number of the emergency contact too." in answer.content.decode()
