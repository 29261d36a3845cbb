"""People whose records are past their time, and those who decide about them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from stepdown.people.models import Patient, Role, Staff
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.models import Consent, ConsentType, Destruction, DueRecord
from stepdown.privacy.services_destruction import find_due, propose

YEAR = timedelta(days=365.25)


def years_ago(years: float) -> datetime:
    return timezone.now() - years * YEAR


def officer() -> Staff:
    return StaffFactory(roles=[Role.PRIVACY])


def director() -> Staff:
    return StaffFactory(roles=[Role.DIRECTOR])


def long_gone(years: float = 11, **told: Any) -> Patient:
    """Never in care; the record was made so long ago, with an agreement signed that day."""
    CenterFactory()
    at = years_ago(years)
    patient = PatientFactory(created_at=at, **told)
    Consent.objects.create(
        patient=patient, type=ConsentType.TREATMENT, language="en", version="1", text="I agree.", digest="0" * 64,
        signed_name=patient.name, signed_at=at, method="test",
    )  # fmt: skip
    return patient


def due(patient: Patient, record_class: RecordClass = RecordClass.HIPAA_DOC) -> DueRecord:
    find_due()
    return DueRecord.objects.get(patient=patient, record_class=record_class)


def proposed(patient: Patient, by: Staff, record_class: RecordClass = RecordClass.HIPAA_DOC) -> Destruction:
    return propose(record=due(patient, record_class), words="Past its time.", by=by)
