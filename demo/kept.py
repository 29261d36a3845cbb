"""People who were here long ago, or only called, whose records are past their time: one is proposed, one is held."""

import hashlib
from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from stepdown.admissions.models import Call, Episode, Inquiry, Level, LevelStay
from stepdown.measures.models import CheckIn
from stepdown.outreach.models import Concern
from stepdown.people.models import Patient, Role, Staff
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.models import AskedAbout, Consent, ConsentType, DueRecord
from stepdown.privacy.services_destruction import find_due, propose
from stepdown.privacy.services_retention import hold
from stepdown.privacy.texts import current

IN_CARE = timedelta(days=92)


def long_ago(now: datetime) -> None:
    priya, ruth = Staff.objects.with_role(Role.PRIVACY).get(), Staff.objects.with_role(Role.DIRECTOR).get()
    year = timedelta(days=366)
    _was_here("Wilma", "Longago", now - 9 * year, ruth)
    eldest = _was_here("Ansel", "Bygone", now - 13 * year, ruth)
    held = _was_here("Odile", "Yesteryear", now - 12 * year, ruth)
    words = "Their former employer’s insurer asked for records, and a lawyer told us to keep everything."
    hold(patient=held, matter="Example Mutual against Yesteryear", words=words, by=priya)
    _never_came(now - 8 * year, ruth)
    find_due()
    record = DueRecord.objects.get(patient=eldest, record_class=RecordClass.CLINICAL)
    propose(record=record, words="Never came back, and nobody has asked for anything since.", by=priya)


def _never_came(at: datetime, director: Staff) -> None:
    """One called and was referred elsewhere, one was worried about somebody whom nobody knew, one asked by name."""
    inquiry = Inquiry.objects.create(
        name="Corin", phone="+15125550188", came_by=Inquiry.CameBy.PHONE, asked_at=at, closed_at=at, closed_by=director,
        status=Inquiry.Status.REFERRED_OUT, close_reason="Looked for care in Ohio.",
    )  # fmt: skip
    Call.objects.create(
        inquiry=inquiry, by=director, at=at, outcome=Call.Outcome.REACHED, next_step=Call.NextStep.REFER,
        note="Lives in Ohio, where we have no license. Told them of two programs there.",
    )  # fmt: skip
    later = at + timedelta(days=40)
    Concern.objects.create(
        about="Tam Elsewhere", words="My neighbor has not opened the door for days.", teller="A neighbor",
        told_at=later, closed_at=later, closed_by=director, outcome="Nobody here. They were told of 911 and 988.",
    )  # fmt: skip
    AskedAbout.objects.create(
        at=at + timedelta(days=90), by=director, asker="Noa Example", whom="employer", way=AskedAbout.Way.PHONE,
        about="Robin Nobody", purpose="employment", classes=["attendance"], for_officer=True,
        outcome="They heard that we tell nothing about anybody.", done_at=at + timedelta(days=91), done_by=director,
    )  # fmt: skip


def _was_here(first: str, last: str, since: datetime, director: Staff) -> Patient:
    """For three months, from then on."""
    patient = Patient.objects.create(
        first_name=first, last_name=last, date_of_birth=since.date() - timedelta(days=14_000), phone="+15125550199",
        state="TX", created_at=since,
    )  # fmt: skip
    ended = since + IN_CARE
    episode = Episode.objects.create(
        patient=patient, status=Episode.Status.COMPLETED, planned_at=since, admitted_on=since.date(), ended_at=ended,
        ended_by=director,
    )  # fmt: skip
    days = DateRange(since.date(), ended.date())
    LevelStay.objects.create(episode=episode, level=Level.IOP, name="Intensive outpatient", days=days)
    text = current(ConsentType.TREATMENT, "en")
    Consent.objects.create(
        patient=patient, type=ConsentType.TREATMENT, version=text.version, language="en", text=text.words,
        digest=hashlib.sha256(text.words.encode()).hexdigest(), signed_name=patient.name, signed_at=since,
        method="paper",
    )  # fmt: skip
    for week in range(4):
        CheckIn.objects.create(patient=patient, at=since + timedelta(weeks=week), craving=6 - week, used_since=False)
    return patient
