"""Reaching who is missing: each call and each text is kept, with what came of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.live.missing import TEXT_AGAIN, number_of
from stepdown.live.models import Attempt
from stepdown.live.queries import left_at
from stepdown.live.services import tell_live
from stepdown.outreach import permissions as outreach
from stepdown.outreach.models import Message
from stepdown.outreach.services import send
from stepdown.people.models import Patient, Staff
from stepdown.timetable.cannot_come import told_of
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
SAME_TAP = timedelta(seconds=30)


@transaction.atomic
def log_call(*, session: Session, patient: Patient, by: Staff) -> Attempt:
    """Keeps that a call was begun; a second tap on the same button is the same call."""
    _hold(patient)
    calls = Attempt.objects.filter(session=session, patient=patient, by=by, how=Attempt.How.CALL, outcome="")
    if same := calls.filter(at__gt=timezone.now() - SAME_TAP).first():
        return same
    number = number_of(session, patient)
    return _keep(Attempt(session=session, patient=patient, by=by, how=Attempt.How.CALL, number=number))


@transaction.atomic
def say_outcome(*, session: Session, attempt: UUID, outcome: str, by: Staff) -> Attempt:
    """What came of a call. Raises RuleBroken when it is not the caller who says so, or it was said already."""
    if outcome not in Attempt.Outcome.values:
        raise RuleBroken("Choose what came of the call.")
    calls = Attempt.objects.select_for_update(of=("self",)).filter(session=session, how=Attempt.How.CALL)
    found = calls.filter(pk=attempt).first()
    if found is None:
        raise RuleBroken("There is no such call in this session.")
    if found.by_id != by.pk:
        raise RuleBroken("Only who called says what came of it.")
    if found.outcome:
        raise RuleBroken("What came of this call was said already.")
    found.outcome = outcome
    found.save(update_fields=["outcome"])
    tell_live(session)
    return found


@transaction.atomic
def text_link(*, session: Session, patient: Patient, note_read: bool, by: Staff) -> Attempt:
    """Sends the patient their link, with words that tell nothing of treatment. `note_read`: who sends has read the
    note on how it is safe to reach them, where there is one.

    Raises RuleBroken when it may not be safe, there is no link, they told us that they cannot come, or a text went out
    less than TEXT_AGAIN ago.
    """
    _hold(patient)
    if patient.pk in told_of(session) and patient.pk not in left_at(session):  # who came and was lost is looked for
        raise RuleBroken("They told us that they cannot come. Call if you want to reach them all the same.")
    if patient.safe_contact_note and not note_read:
        raise RuleBroken("Read first how it is safe to reach this person. Then text, or call.")
    may = outreach.send_link(by, patient)
    if not may:
        raise RuleBroken(may.reason)
    now = timezone.now()
    if Attempt.objects.filter(patient=patient, how=Attempt.How.TEXT, at__gt=now - TEXT_AGAIN).exists():
        raise RuleBroken("A text went out less than ten minutes ago. Call, or wait a little.")
    kind = Message.Kind.MEETING_ON if session.starts_at <= now else Message.Kind.MEETING_SOON
    message = send(patient=patient, kind=kind, about=session.starts_at)
    return _keep(_text(session, message, by=by))


@transaction.atomic
def text_by_itself(*, session: Session, patient: Patient, now: datetime) -> Attempt | None:
    """The same to whoever is missing from a meeting that is on, without anybody's tap. None when a note says how it is
    safe to reach them, when there is no link, or when a text went out less than TEXT_AGAIN ago."""
    _hold(patient)
    lately = Attempt.objects.filter(patient=patient, how=Attempt.How.TEXT, at__gt=now - TEXT_AGAIN).exists()
    if patient.safe_contact_note or lately or not patient.links.filter(revoked_at=None).exists():
        return None
    message = send(patient=patient, kind=Message.Kind.MEETING_ON, about=session.starts_at)
    return _keep(_text(session, message, at=now))


def _text(session: Session, message: Message, **fields: Any) -> Attempt:
    """Where they gave no number, it goes to their address."""
    patient = message.patient
    number = patient.phone if patient and message.channel == Message.Channel.TEXT else ""
    return Attempt(session=session, patient=patient, how=Attempt.How.TEXT, message=message, number=number, **fields)


def _hold(patient: Patient) -> None:
    """Two taps at the same moment come one after the other."""
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)


def _keep(attempt: Attempt) -> Attempt:
    attempt.save()
    log.info("tried to reach", attempt=str(attempt.pk), how=attempt.how, by=str(attempt.by_id or ""))
    tell_live(attempt.session)
    return attempt
