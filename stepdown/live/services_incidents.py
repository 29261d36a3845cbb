"""Writing down what happened to someone, as it happens: one tap to begin, one for each thing done, words later."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import rules_speak
from stepdown.live import queries
from stepdown.live.models import Incident, IncidentEntry
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
SAME_TAP = timedelta(minutes=1)


@transaction.atomic
def something_happened(*, session: Session, patient: Patient, by: Staff) -> Incident:
    """Begins an incident with where the patient said they are; a second tap within a minute is the same one.
    Source: RULE PROG-08."""
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    now = timezone.now()
    same = Incident.objects.filter(session=session, patient=patient, by=by, at__gt=now - SAME_TAP).first()
    if same:
        return same
    check = queries.last_door_check(patient)
    incident = Incident.objects.create(
        session=session,
        patient=patient,
        by=by,
        at=now,
        place=check.address if check else patient.address,
        place_told_at=check.at if check else None,
    )
    log.warning("incident begun", incident=str(incident.pk), session=str(session.pk), by=str(by.pk))
    return incident


@transaction.atomic
def add_entry(*, incident: Incident, by: Staff, done: str = "", words: str = "") -> IncidentEntry:
    """Adds what was done or what happened, signed. Raises RuleBroken when it says nothing."""
    with rules_speak():
        entry = IncidentEntry.objects.create(incident=incident, by=by, done=done, words=words.strip())
    log.info("incident entry", incident=str(incident.pk), done=done, words=len(entry.words), by=str(by.pk))
    return entry
