"""A state in the history of a row says who put it there, and on which page."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from stepdown.people.models import Patient
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy.middleware_history import HistoryMiddleware

pytestmark = pytest.mark.django_db


def events_of(patient):
    return Patient.pgh_event_model.objects.filter(pgh_obj=patient.pk).order_by("pgh_id")


def change(*, staff=None, own=None, patient):
    """Moves the patient to another city, as a request of that person does."""
    request = RequestFactory().post("/")
    request.account_staff, request.patient, request.resolver_match = staff, own, resolve("/")
    middleware: HistoryMiddleware

    def view(request):
        middleware.process_view(request, view, (), {})
        patient.city = "Norman"
        patient.save()
        return HttpResponse()

    middleware = HistoryMiddleware(view)
    middleware(request)
    return events_of(patient).last().pgh_context


def test_one_of_the_staff_and_the_page_stand_beside_the_change():
    staff, patient = StaffFactory(), PatientFactory(city="Tulsa")
    assert change(staff=staff, patient=patient).metadata == {"staff": str(staff.pk), "page": resolve("/").view_name}


def test_a_patient_on_their_own_device_stands_beside_the_change():
    patient = PatientFactory(city="Tulsa")
    assert change(own=patient, patient=patient).metadata["own"] == str(patient.pk)


def test_what_the_program_does_by_itself_names_nobody():
    assert events_of(PatientFactory()).get().pgh_context is None
