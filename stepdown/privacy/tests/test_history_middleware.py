"""A state in the history of a row says who put it there."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from stepdown.people.models import Patient
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy.middleware_history import HistoryMiddleware

pytestmark = pytest.mark.django_db


def moved(patient, city, *, method="POST", staff=None, own=None):
    """What stands beside the change when that person's request moves the patient to another city."""

    def view(request):
        patient.city = city
        patient.save()
        return HttpResponse()

    request = RequestFactory().generic(method, "/")
    request.account_staff, request.patient = staff, own
    HistoryMiddleware(view)(request)
    context = Patient.pgh_event_model.objects.filter(pgh_obj=patient.pk).latest("pgh_id").pgh_context
    return context and context.metadata


def test_one_of_the_staff_stands_beside_the_change():
    staff = StaffFactory()
    assert moved(PatientFactory(), "Norman", staff=staff) == {"staff": str(staff.pk)}


def test_a_patient_on_their_own_device_stands_beside_the_change():
    patient = PatientFactory()
    assert moved(patient, "Norman", own=patient) == {"own": str(patient.pk)}


def test_a_change_after_theirs_is_not_theirs():
    patient = PatientFactory()
    assert moved(patient, "Norman", own=patient)
    assert moved(patient, "Tulsa", method="GET") is None
