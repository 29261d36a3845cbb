"""People whose records are past their time, and those who decide about them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from stepdown.kernel.db import Row
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.privacy.days import here
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.models import AskedAbout, Consent, ConsentType, Destruction, DueRecord
from stepdown.privacy.services_destruction import find_due, propose

YEAR = timedelta(days=365.25)


def years_ago(years: float) -> datetime:
    return timezone.now() - years * YEAR


def day_of(at: datetime) -> str:
    """As it is at the center: "March 3, 2019"."""
    there = at.astimezone(here())
    return f"{there:%B} {there.day}, {there.year}"


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


def long_unanswered(years: float = 7, **told: Any) -> AskedAbout:
    """Somebody asked about somebody so long ago, and no consent covered it."""
    CenterFactory()
    said = {
        "asker": "Sol Asker",
        "whom": "family",
        "way": "phone",
        "about": "Robin Nobody",
        "purpose": "patient_request",
    }
    return AskedAbout.objects.create(at=years_ago(years), by=StaffFactory(), classes=["program"], **said | told)


def due(root: Row, record_class: RecordClass = RecordClass.HIPAA_DOC) -> DueRecord:
    """Of a patient, or of a stranger's record, once the night has passed."""
    find_due()
    return DueRecord.objects.get(root=root.pk, record_class=record_class)


def proposed(root: Row, by: Staff, record_class: RecordClass = RecordClass.HIPAA_DOC) -> Destruction:
    return propose(record=due(root, record_class), words="Past its time.", by=by)
