"""What an interview tells of a patient, new or here before."""

import pytest

from stepdown.admissions import services
from stepdown.admissions.tests.factories import AssessmentFactory, about_of
from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.factories import PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db


def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def came_back(patient, **about):
    """The patient after the interview and the decision by which they are here again."""
    assessment = AssessmentFactory(finished=True, about=about_of(**about))
    services.decide(assessment=assessment, level="IOP", by=director(), existing=patient)
    patient.refresh_from_db()
    return patient


def test_a_returning_person_is_reached_as_they_say_now():
    patient = PatientFactory(phone="+15555550100", email="walt@example.org", safe_contact_note="")
    before = patient.phone
    came_back(patient, phone="+15555550199", chosen_name="Wally", language="es", time_zone="America/Denver")
    assert (patient.phone, patient.chosen_name, patient.language) == ("+15555550199", "Wally", "es")
    assert (patient.time_zone, patient.email) == ("America/Denver", "walt@example.org")
    assert (patient.emergency_contact_name, patient.emergency_contact_phone) == ("Ada Specimen", "+15555550143")
    told = Message.objects.get(patient=patient)
    assert (told.kind, told.phone) == ("contact_changed", before)


def test_a_returning_person_who_moved_has_nothing_left_of_the_address_of_before():
    patient = came_back(
        PatientFactory(state="TX", city="Otherton", address_line="1 Old Street", postal_code="73301"),
        state="MN",
        address_line="",
        city="",
        postal_code="55401",
    )
    assert (patient.address_line, patient.city, patient.state, patient.postal_code) == ("", "", "MN", "55401")


def test_what_a_returning_person_was_not_asked_stays():
    patient = PatientFactory(
        phone="+15555550142", emergency_contact_name="Bo Specimen", emergency_contact_phone="+15555550177"
    )
    nothing = dict.fromkeys(("address_line", "city", "postal_code", "emergency_contact_phone"), "")
    came_back(patient, **nothing)
    assert (patient.address_line, patient.city) == ("1200 Example Street, Apt 4", "Sampleton")
    assert (patient.emergency_contact_name, patient.emergency_contact_phone) == ("Bo Specimen", "+15555550177")
    assert not Message.objects.filter(patient=patient).exists()


@pytest.mark.parametrize(("before", "now"), [("Never text.", ""), ("", "My husband has my old phone.")])
def test_the_number_of_before_is_told_nothing_where_that_may_not_be_safe(before, now):
    patient = PatientFactory(safe_contact_note=before)
    came_back(patient, phone="+15555550199", safe_contact_note=now)
    assert patient.safe_contact_note == (now or before)
    assert not Message.objects.filter(patient=patient).exists()


def test_the_clock_of_a_new_patient_is_that_of_their_state():
    about = about_of(state="CA", time_zone="")
    assessment = AssessmentFactory(finished=True, about=about)
    episode = services.decide(assessment=assessment, level="IOP", by=director())
    assert episode.patient.time_zone == "America/Los_Angeles"


def test_where_a_state_has_two_clocks_an_admission_needs_to_know_which():
    assessment = AssessmentFactory(finished=True, about=about_of(state="TX", time_zone=""))
    with pytest.raises(RuleBroken, match="still ask for: time zone"):
        services.decide(assessment=assessment, level="IOP", by=director())
