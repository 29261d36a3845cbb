"""What an interview tells of a patient: of a new one everything, of one who was here before what is another now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from stepdown.admissions.domain.zones import zone_of
from stepdown.admissions.models import Assessment
from stepdown.outreach.models import Message
from stepdown.outreach.services import send
from stepdown.people.models import Patient, Staff
from stepdown.people.services import change_contact

# Facts of the interview that become the patient's own, beside the date of birth.
PATIENT_FIELDS = (
    "first_name",
    "last_name",
    "chosen_name",
    "phone",
    "email",
    "language",
    "time_zone",
    "address_line",
    "city",
    "state",
    "postal_code",
    "emergency_contact_name",
    "emergency_contact_phone",
    "safe_contact_note",
)
# Facts that are one whole: a street of before in a city of now would send help to no place at all.
_ADDRESS = ("address_line", "city", "state", "postal_code")
_EMERGENCY_CONTACT = ("emergency_contact_name", "emergency_contact_phone")


def new_patient(assessment: Assessment) -> Patient:
    born = date.fromisoformat(assessment.about["date_of_birth"])
    return Patient.objects.create(date_of_birth=born, **_facts(assessment.about))


def _facts(about: Mapping[str, Any]) -> dict[str, str]:
    """What the interview knows of the fields of a patient."""
    known = {**about, "time_zone": zone_of(about)}
    return {name: known[name] for name in PATIENT_FIELDS if known.get(name)}


def told_anew(patient: Patient, assessment: Assessment, by: Staff) -> Patient:
    """Who was here before, reached from now on as they said in the interview; what was not asked stays, and the legal
    name. An address or an emergency contact that is another one takes the place of the whole of what was known.

    As when a patient changes it, the number until now is told that there is another one, so that nobody else takes a
    record over unseen; not where a note says how it is safe to reach them, as whose phone that is now nobody knows.
    """
    facts = _facts(assessment.about)
    facts = {name: value for name, value in facts.items() if name not in ("first_name", "last_name")}
    if any(name in facts and facts[name] != getattr(patient, name) for name in _ADDRESS):
        facts |= {name: facts.get(name, "") for name in _ADDRESS}
    if "emergency_contact_phone" in facts:
        facts |= {name: facts.get(name, "") for name in _EMERGENCY_CONTACT}
    else:
        facts.pop("emergency_contact_name", None)
    before, note = patient.phone, patient.safe_contact_note
    change_contact(patient=patient, facts=facts, by=by)
    patient.refresh_from_db()
    if patient.phone != before and not note and not patient.safe_contact_note:
        send(patient=patient, kind=Message.Kind.CONTACT_CHANGED, phone=before)
    return patient
