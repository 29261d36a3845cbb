"""Addresses about who is missed, and about drug tests."""

from django.urls import path

from stepdown.chart.views import drug_tests, my_drug_tests, tries, welfare

urlpatterns = [
    path("staff/missed/", welfare.missed_list, name="missed_list"),
    path("staff/missed/<uuid:missed_id>/", welfare.missed, name="missed"),
    path("staff/calls/<uuid:attempt_id>/note/", tries.note_of_call, name="note_of_call"),
    path("staff/missed/steps/<uuid:step_id>/note/", tries.note_of_step, name="note_of_step"),
    path("staff/tests/", drug_tests.drug_tests, name="drug_tests"),
    path("staff/tests/<uuid:test_id>/", drug_tests.drug_test, name="drug_test"),
    path("staff/patients/<uuid:patient_id>/tests/", drug_tests.patient_drug_tests, name="patient_drug_tests"),
    path("me/tests/", my_drug_tests.my_drug_tests, name="my_drug_tests"),
]
