"""A state in the history of a row says who put it there."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from stepdown.people.models import Patient
from stepdown.people.services import trust_device
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy.middleware_history import HistoryMiddleware

pytestmark = pytest.mark.django_db


def moved(patient, city, *, method="POST", staff=None, own=None, device=None, **headers):
    """What stands beside the change when that person's request moves the patient to another city."""

    def view(request):
        patient.city = city
        patient.save()
        return HttpResponse()

    request = RequestFactory(**headers).generic(method, "/")
    request.account_staff, request.patient, request.device = staff, own, device
    HistoryMiddleware(view)(request)
    context = Patient.pgh_event_model.objects.filter(pgh_obj=patient.pk).latest("pgh_id").pgh_context
    return context and context.metadata


def test_one_of_the_staff_stands_beside_the_change():
    staff = StaffFactory()
    assert moved(PatientFactory(), "Norman", staff=staff) == {"staff": str(staff.pk), "place": "127.0.0.1"}


def test_a_patient_with_device_and_place_stands_beside_the_change():
    """RULE PRIV-43."""
    patient = PatientFactory()
    device, _secret = trust_device(patient=patient)
    from_there = {"REMOTE_ADDR": "192.0.2.7", "HTTP_USER_AGENT": "Made-up/1.0"}
    assert moved(patient, "Norman", own=patient, device=device, **from_there) == {
        "own": str(patient.pk),
        "device": str(device.pk),
        "place": "192.0.2.7",
        "browser": "Made-up/1.0",
    }


def test_a_change_after_theirs_is_not_theirs():
    patient = PatientFactory()
    assert moved(patient, "Norman", own=patient)
    assert moved(patient, "Tulsa", method="GET") is None
