"""Asking for one's rights, and answering. Source: RULE PRIV-28, PRIV-29."""

from datetime import date, datetime

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy import services_self_pay
from stepdown.privacy.days import today
from stepdown.privacy.domain import rights
from stepdown.privacy.models import RightsRequest, SelfPayRestriction

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
def ask_self_pay(
    *,
    patient: Patient,
    first_on: date,
    last_on: date | None,
    plan: str = "",
    words: str = "",
    by: Staff | None = None,
    asked_on: date | None = None,
) -> SelfPayRestriction:
    """That a health plan hears nothing of what the patient pays for: it holds at once, and the request waits to be
    confirmed. Asked for twice it is one. by, asked_on: as in `ask`; the rest as in `services_self_pay.restrict`."""
    what = {"patient": patient, "first_on": first_on, "last_on": last_on, "plan": plan.strip()}
    one_at_a_time(f"self-pay {patient.pk}")
    if there := SelfPayRestriction.objects.filter(**what, ended_at=None).first():
        return there
    made = ask(patient=patient, kind=rights.SELF_PAY, words=words, by=by, asked_on=asked_on)
    return services_self_pay.restrict(
        patient=patient, first_on=first_on, last_on=last_on, plan=plan, words=words, request=made, by=by
    )


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
    """words: what the patient reads. Raises RuleBroken when it is answered or taken back already, or the law leaves no
    such answer."""
    request = _open(request)
    if why_not := rights.why_not_answered(request.kind, outcome):
        raise RuleBroken(why_not, "outcome")
    return _end(request, outcome, timezone.now(), words=words, by=by)


@transaction.atomic
def withdraw(*, request: RightsRequest) -> RightsRequest:
    """By the patient; what they asked for days that they pay for is taken back with it. Raises RuleBroken when it is
    answered or taken back already."""
    request = _open(request)
    for restriction in request.self_pay_restrictions.filter(ended_at=None):
        services_self_pay.end(restriction=restriction)
    return _end(request, RightsRequest.Outcome.WITHDRAWN, timezone.now())


@transaction.atomic
def take_back_self_pay(*, restriction: SelfPayRestriction) -> None:
    """By the patient: their health plan may be told again; the request for it is taken back too, while it is open.
    Raises RuleBroken when it is taken back already."""
    if restriction.request and restriction.request.answered_at is None:
        withdraw(request=restriction.request)
    else:
        services_self_pay.end(restriction=restriction)


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
