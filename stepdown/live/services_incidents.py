"""Writing down what happened to someone, as it happens: one tap to begin, one for each thing done, words later."""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import permissions, queries
from stepdown.live.models import Incident, IncidentEntry
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Patient, Staff
from stepdown.privacy.queries_restricted import who_is_called
from stepdown.privacy.services_exceptions import open_emergency, told_emergency_contact
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
        place=check.place if check else patient.address,
        place_told_at=check.at if check else None,
    )
    _tell_directors(incident)
    log.warning("incident begun", incident=str(incident.pk), session=str(session.pk), by=str(by.pk))
    return incident


@transaction.atomic
def write_down(*, patient: Patient, kind: str, done: Sequence[str] = (), words: str, by: Staff) -> Incident:
    """An incident outside a session, with what it was, what was done and what happened; sent twice it is one."""
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    now, words = timezone.now(), words.strip()
    same = Incident.objects.filter(session=None, patient=patient, by=by, kind=kind, at__gt=now - SAME_TAP)
    if known := same.filter(entries__words=words).first():
        return known
    incident = Incident.objects.create(patient=patient, kind=kind, by=by, at=now, place=patient.address)
    for deed in done:
        add_entry(incident=incident, by=by, done=deed)
    add_entry(incident=incident, by=by, words=words)
    _tell_directors(incident)
    log.warning("incident written down", incident=str(incident.pk), by=str(by.pk))
    return incident


@transaction.atomic
def say_kind(*, incident: Incident, kind: str, by: Staff) -> None:
    """What it was, once. Raises RuleBroken when it is said already."""
    if not Incident.objects.filter(pk=incident.pk, kind="").update(kind=kind):
        raise RuleBroken("What it was is said already. Add to it in words.")
    log.info("incident kind said", incident=str(incident.pk), by=str(by.pk))


def _tell_directors(incident: Incident) -> None:
    page = reverse("live:incident", args=[incident.pk])
    told = [one for one in who_is_called(incident.patient) if one.pk != incident.by_id]
    tell_all(staff=told, kind=Message.Kind.LOOK, page=lambda staff: page)


@transaction.atomic
def add_entry(*, incident: Incident, by: Staff, done: str = "", words: str = "") -> IncidentEntry:
    """Adds what was done or what happened, signed; a 911 call is a disclosure in an emergency, whose facts are then
    to be written down, and a call to the emergency contact is one at once, whether they answered or not: a tap does not
    tell (RULE PRIV-22, PRIV-26). A second tap within a minute is the same call. Raises RuleBroken when it says nothing;
    when somebody closes it who directs nothing, before it is said what it was and somebody called them after it, or
    without words."""
    if done == IncidentEntry.Done.CLOSED:
        may = permissions.close_incident(by, Incident.objects.prefetch_related("entries").get(pk=incident.pk))
        if not may:
            raise RuleBroken(may.reason)
    now, calls_contact = timezone.now(), done == IncidentEntry.Done.CALLED_CONTACT
    same_call = incident.entries.filter(done=done, by=by, at__gt=now - SAME_TAP)
    is_new_call = calls_contact and not same_call.exists()
    with rules_speak():
        entry = IncidentEntry.objects.create(incident=incident, by=by, at=now, done=done, words=words.strip())
    if done == IncidentEntry.Done.CALLED_911:
        open_emergency(patient=incident.patient, by=by)
    if is_new_call:
        nature = incident.get_kind_display() or "Something happened"
        told_emergency_contact(patient=incident.patient, words=entry.words, by=by, now=now, nature=nature)
    log.info("incident entry", incident=str(incident.pk), done=done, words=len(entry.words), by=str(by.pk))
    return entry
