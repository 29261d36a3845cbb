"""Asking for one's rights, and answering. Source: RULE PRIV-28."""

from datetime import date, datetime

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy.days import today
from stepdown.privacy.domain import rights
from stepdown.privacy.models import RightsRequest

log = structlog.get_logger()


@transaction.atomic
def ask(
    *, patient: Patient, kind: str, words: str, by: Staff | None = None, asked_on: date | None = None
) -> RightsRequest:
    """Keeps a request. by: who writes it down for the patient; asked_on: the day it reached the center, today if not
    given, on which its time begins.

    Raises RuleBroken when one of that kind waits for its answer.
    """
    on = asked_on or today()
    with rules_speak():
        made = RightsRequest.objects.create(
            patient=patient, kind=kind, words=words, asked_on=on, recorded_by=by, due_on=rights.due_on(kind, on)
        )
    log.info("rights request made", request_id=str(made.pk), kind=kind)
    return made


@transaction.atomic
def take_longer(*, request: RightsRequest, why: str, by: Staff) -> RightsRequest:
    """30 days more, once; the patient reads why. Raises RuleBroken when the law gives no more, or it is answered."""
    request = _open(request)
    why_not = rights.why_not_extended(
        request.kind, request.due_on, extended_already=bool(request.longer_why), today=today()
    )
    if why_not:
        raise RuleBroken(why_not, "why")
    request.due_on, request.longer_why, request.longer_by = rights.extended(request.due_on), why, by
    request.save()
    log.info("rights request takes longer", request_id=str(request.pk), by=str(by.pk))
    return request


@transaction.atomic
def answer(*, request: RightsRequest, outcome: str, words: str, by: Staff) -> RightsRequest:
    """words: what the patient reads. Raises RuleBroken when it is answered or taken back already."""
    return _end(_open(request), outcome, timezone.now(), words=words, by=by)


@transaction.atomic
def withdraw(*, request: RightsRequest) -> RightsRequest:
    """By the patient. Raises RuleBroken when it is answered or taken back already."""
    return _end(_open(request), RightsRequest.Outcome.WITHDRAWN, timezone.now())


def _open(request: RightsRequest) -> RightsRequest:
    request = RightsRequest.objects.select_for_update(of=("self",)).select_related("patient").get(pk=request.pk)
    if request.answered_at:
        raise RuleBroken(_("This was answered already. Read the answer below."), "answered")
    return request


def _end(
    request: RightsRequest, outcome: str, at: datetime, *, words: str = "", by: Staff | None = None
) -> RightsRequest:
    request.outcome, request.answer, request.answered_at, request.answered_by = outcome, words, at, by
    request.save()
    log.info("rights request ended", request_id=str(request.pk), outcome=outcome)
    return request
