"""The outreach note of a call, a text or another try to reach somebody: begun with all that is known of it, once.

Source: RULE PROG-06 (every step is logged: who, when, how, result).
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.chart import queries_contacts as contacts
from stepdown.chart import queries_plan, services_templates
from stepdown.chart import queries_tries as queries
from stepdown.chart.domain import tries
from stepdown.chart.domain.formats import WHERE, Format, Kind
from stepdown.chart.domain.welfare import Act
from stepdown.chart.models import ContactNote, Missed, WelfareStep
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live.models import Attempt, DoorCheck
from stepdown.people.models import Patient, Staff
from stepdown.ui.fields import phone_said
from stepdown.ui.when import clock, local_date, when

log = structlog.get_logger(__name__)
KIND = "outreach"
MOMENT = timedelta(minutes=1)  # what a try takes that reached nobody


@transaction.atomic
def begin_note_of_call(*, attempt: Attempt, by: Staff, now: datetime | None = None) -> ContactNote:
    """A draft with who was tried, when, at which number and what came of it; the note there is already, where there is
    one. Raises RuleBroken: somebody else called, or nobody said yet what came of it."""
    if attempt.by_id != by.pk:
        raise RuleBroken("Only who called or texted writes its note.")
    if attempt.how == Attempt.How.CALL and not attempt.outcome:
        raise RuleBroken("Say first what came of the call.")
    failed = attempt.message is not None and attempt.message.failed_at is not None
    is_call, zone = attempt.how == Attempt.How.CALL, ZoneInfo(by.time_zone)
    outcome = tries.OF_A_CALL[attempt.outcome] if is_call else "no_answer" if failed else "sent"
    number = f" {phone_said(attempt.number)}" if attempt.number else ""
    did = f"Called{number}" if is_call else f"Texted{number} their link"
    began = attempt.session.starts_at
    missing = f"They were not in the group that began at {clock(began, zone)}. " if began <= attempt.at else ""
    came = queries.said_of_call(attempt).partition(": ")[2]
    line = f"{missing}{did}: {came}."
    tried = tries.Try("phone" if is_call else "written", outcome, True, line)
    begins = _minute(attempt.at)  # it is kept as it begins
    times = {"starts_at": begins} if tried.reached else {"starts_at": begins, "ends_at": begins + MOMENT}
    return _begin({"attempt": attempt}, attempt.patient, attempt.at, times, tried, by, now or timezone.now())


@transaction.atomic
def begin_note_of_step(*, step: WelfareStep, by: Staff, now: datetime | None = None) -> ContactNote:
    """The same of a step for somebody who was missed. Raises RuleBroken: somebody else did it, or it tried to reach
    nobody."""
    if step.by_id != by.pk:
        raise RuleBroken("Only who did it writes its note.")
    if not tries.is_noted(step.act, step.came):
        raise RuleBroken("This was no call and no message. Write another kind of note.")
    patient, act = step.missed.patient, Act(step.act)
    way = tries.WAYS.get(step.how) or tries.WAY_OF[act]
    to = _where(step, patient)
    did, _colon, came = queries.said_of_step(step).partition(": ")
    line = f"{did}{f', {to}' if to else ''}: {came}.{f' {step.words}' if step.words else ''}"
    tried = tries.Try(way, tries.OF_A_STEP[tries.Came(step.came)], act in tries.WITH_THE_PERSON, line)
    ends = _minute(step.at)  # it is written down when it is over
    times = {"ends_at": ends} if tried.reached else {"starts_at": ends - MOMENT, "ends_at": ends}
    return _begin({"step": step}, patient, step.at, times, tried, by, now or timezone.now())


def _where(step: WelfareStep, patient: Patient) -> str:
    """The number or address a step went to; for a call and a welfare check, what they said of it at the last door."""
    door = DoorCheck.objects.filter(patient=patient, at__lte=step.at).order_by("-at").first()
    if step.act == Act.CONTACT:
        return phone_said(patient.emergency_contact_phone)
    if step.act == Act.CHECK:
        return door.place if door else patient.address
    if step.act == Act.LETTER:
        return patient.address
    if step.how == WelfareStep.How.EMAIL:
        return patient.email
    if step.how == WelfareStep.How.TEXT:
        return phone_said(patient.phone)
    return phone_said(door.callback_phone if door else patient.phone)


def _begin(
    of: dict[str, Any],
    patient: Patient,
    at: datetime,
    times: dict[str, datetime],
    tried: tries.Try,
    by: Staff,
    now: datetime,
) -> ContactNote:
    Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=patient.pk)
    if note := ContactNote.objects.filter(**of, replaced_by=None).first():
        return note
    template = services_templates.in_force(KIND)
    known = tries.known_of(tried) | times
    if not tried.reached:
        known["next_step"] = _next_step(patient, by, now)
    with rules_speak():
        note = ContactNote.objects.create(
            **of,
            **known,
            patient=patient,
            episode=queries_plan.episode_of(patient),
            author=by,
            template=template,
            kind=KIND,
            on=local_date(times.get("starts_at", at), ZoneInfo(by.time_zone)),
            state=contacts.state_of(patient, at),
            written={WHERE[Format(template.format)][Kind.DID]: tried.line},
            begun_at=now,
            saved_at=now,
        )
    log.info("contact note begun", note_id=note.pk, kind=KIND)
    return note


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _next_step(patient: Patient, by: Staff, now: datetime) -> str:
    """What stands next with somebody who is still missed."""
    case = Missed.objects.filter(patient=patient, over_at=None, next_at__isnull=False).first()
    if case is None or case.next_at is None:
        return ""
    return f"{case.get_next_act_display()}, by {when(case.next_at, now, ZoneInfo(by.time_zone))}"
