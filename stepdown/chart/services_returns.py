"""What people do about a return to use: tell it, answer it within two working days, add to it."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import queries_returns
from stepdown.chart.domain.return_to_use import due_at
from stepdown.chart.models import ReturnAddendum, ReturnResponse, ReturnToUse
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.outreach.models import Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Patient, Staff

log = structlog.get_logger(__name__)


@transaction.atomic
def record_return(
    *,
    patient: Patient,
    on: date,
    part: str = "",
    words: str = "",
    learned: str = ReturnToUse.Learned.TOLD,
    by: Staff | None,
    now: datetime | None = None,
) -> ReturnToUse:
    """A new event that waits for a response; the one before when the same was told already and waits.

    on: the day it was, about. by: None when the patient tells it themself; who answers it is then sent a message that
    says only that something waits.
    """
    now = now or timezone.now()
    zone = ZoneInfo(patient.time_zone)
    one_at_a_time(f"returns of {patient.pk}")
    said = {"on": on, "part": part, "words": words.strip(), "learned": learned, "recorded_by": by}
    known = ReturnToUse.objects.filter(patient=patient, response=None, **said).first()
    if known:
        return known
    due = due_at(now, zone, queries_returns.closed_days(now.astimezone(zone).date()))
    event = ReturnToUse.objects.create(patient=patient, recorded_at=now, due_at=due, **said)
    answers = None if by else queries_returns.who_answers(patient)
    if answers:
        page = reverse("chart:return", args=[event.pk])
        tell_all(staff=[answers], kind=Message.Kind.LOOK, page=lambda staff: page)
    log.info("return to use recorded", event_id=event.pk, by_patient=by is None)
    return event


@transaction.atomic
def answer_return(
    *,
    event: ReturnToUse,
    steps: Sequence[str],
    words: str,
    safety_seen: bool,
    by: Staff,
    now: datetime | None = None,
) -> ReturnResponse:
    """What was done about it. Raises RuleBroken when it is answered already, or without words."""
    one_at_a_time(f"returns of {event.patient_id}")
    if ReturnResponse.objects.filter(event=event).exists():
        raise RuleBroken("The response is written. Add to it instead.")
    with rules_speak():
        response = ReturnResponse.objects.create(
            event=event,
            steps=list(steps),
            words=words.strip(),
            safety_seen=safety_seen,
            by=by,
            at=now or timezone.now(),
        )
    log.info("return to use answered", event_id=event.pk)
    return response


@transaction.atomic
def add_to_return(*, event: ReturnToUse, words: str, by: Staff) -> ReturnAddendum:
    """A dated, signed addition; nothing that stands there changes."""
    addendum = ReturnAddendum.objects.create(event=event, words=words.strip(), by=by, signed_as=by.signature)
    log.info("return to use added to", event_id=event.pk, addendum_id=addendum.pk)
    return addendum
