"""Drug tests: chance is asked day by day, the patient is told, it is collected, the result is written and talked about.
What is not given in its time is missed until somebody says otherwise, and is asked about. Nothing of it ends care.

Source: RULE PROG-07.
"""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import queries_drug_tests as queries
from stepdown.chart import queries_returns
from stepdown.chart.domain import drug_tests as domain
from stepdown.chart.domain.return_to_use import due_at
from stepdown.chart.models import (
    DrugTest,
    DrugTestResult,
    DrugTestSchedule,
    DrugTestTalk,
    ReturnToUse,
)
from stepdown.chart.services_returns import record_return
from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.outreach.models import Message
from stepdown.outreach.services import send, tell_all
from stepdown.people.models import Patient, Staff
from stepdown.privacy.queries_restricted import who_is_called

log = structlog.get_logger(__name__)
Said, Stage, Shared = DrugTestResult.Said, DrugTestResult.Stage, DrugTestResult.Shared
Came = DrugTestTalk.Came


@transaction.atomic
def set_schedule(
    *,
    patient: Patient,
    gaps: tuple[int, int],
    always: Collection[str],
    sometimes: Collection[str] = (),
    way: str,
    by: Staff,
    now: datetime | None = None,
) -> DrugTestSchedule:
    """How often from now on; what was set before ends. Raises RuleBroken when the gaps leave no choice."""
    now = now or timezone.now()
    one_at_a_time(f"drug tests {patient.pk}")
    DrugTestSchedule.objects.filter(patient=patient, ended_at=None).update(ended_at=now, ended_by=by)
    with rules_speak():
        schedule = DrugTestSchedule.objects.create(
            patient=patient,
            min_days=gaps[0],
            max_days=gaps[1],
            always=list(always),
            sometimes=[one for one in sometimes if one not in set(always)],
            way=way,
            made_by=by,
            made_at=now,
        )
    log.info("test schedule set", schedule_id=schedule.pk, by=by.pk)
    return schedule


@transaction.atomic
def end_schedule(*, schedule: DrugTestSchedule, by: Staff) -> None:
    """No more tests by chance."""
    DrugTestSchedule.objects.filter(pk=schedule.pk, ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    log.info("test schedule ended", schedule_id=schedule.pk, by=by.pk)


def draw(*, now: datetime) -> int:
    """Asks chance once for each person and day of theirs, when it is morning with them. Returns how many tests fall."""
    schedules = list(queries.schedules_to_look_at())
    last = queries.last_tests(schedule.patient_id for schedule in schedules)
    fallen = 0
    for schedule in schedules:
        local = now.astimezone(ZoneInfo(schedule.patient.time_zone))
        if local.time() < domain.NOTICE_FROM and schedule.looked_on != local.date():
            fallen += _draw_one(schedule, last.get(schedule.patient_id), local.date(), now)
    return fallen


@transaction.atomic
def _draw_one(schedule: DrugTestSchedule, last_on: date | None, on: date, now: datetime) -> bool:
    zone = ZoneInfo(schedule.patient.time_zone)
    # Once a day, whatever becomes of the job: a chance asked twice would be another chance.
    looked = DrugTestSchedule.objects.filter(pk=schedule.pk, ended_at=None).exclude(looked_on=on)
    if not looked.update(looked_on=on):
        return False
    made_on = schedule.made_at.astimezone(zone).date()
    gaps = schedule.gaps if last_on else (1, schedule.max_days)
    if not domain.falls(on, last_on or made_on, gaps, secrets.randbelow, queries.open_days(made_on)):
        return False
    DrugTest.objects.create(
        patient=schedule.patient,
        on=on,
        panels=domain.panels(schedule.always, schedule.sometimes, secrets.randbelow),
        way=schedule.way,
        notice_at=domain.notice_at(on, zone, secrets.randbelow),
    )
    return True


def notify(*, now: datetime) -> int:
    """Tells everyone whose moment has come, each in a transaction of their own. Returns how many."""
    return sum(_notify_one(test, now) for test in queries.to_notify(now))


@transaction.atomic
def _notify_one(test: DrugTest, now: datetime) -> bool:
    due = domain.collect_by(test.way, now, ZoneInfo(test.patient.time_zone))
    if not DrugTest.objects.filter(pk=test.pk, notified_at=None).update(notified_at=now, due_at=due):
        return False
    patient = test.patient
    answers = queries_returns.who_answers(patient)
    if not patient.safe_contact_note:
        send(patient=patient, kind=Message.Kind.WRITTEN)
    elif answers:  # who knows how it is safe to reach them tells them
        page = reverse("chart:drug_test", args=[test.pk])
        tell_all(staff=[answers], kind=Message.Kind.LOOK, page=lambda staff: page)
    log.info("test notice given", test_id=test.pk)
    return True


def look_for_missed(*, now: datetime) -> int:
    """Whose time has passed with nothing collected: who answers for them is told once, each in a transaction of their
    own. That it is missed needs no writing down, it is told by the times. Returns how many were told of."""
    return sum(_tell_of_missed(test, now) for test in queries.to_ask_about(now))


@transaction.atomic
def _tell_of_missed(test: DrugTest, now: datetime) -> bool:
    rows = DrugTest.objects.filter(pk=test.pk, ask_by=None, collected_at=None)
    if not rows.update(ask_by=_two_working_days(test.patient, now)):
        return False
    answers = queries_returns.who_answers(test.patient)
    page = reverse("chart:drug_test", args=[test.pk])
    tell_all(
        staff=[answers] if answers else who_is_called(test.patient), kind=Message.Kind.LOOK, page=lambda staff: page
    )
    log.info("missed test told of", test_id=test.pk)
    return True


def _two_working_days(patient: Patient, now: datetime) -> datetime:
    zone = ZoneInfo(patient.time_zone)
    return due_at(now, zone, queries_returns.closed_days(now.astimezone(zone).date()))


@transaction.atomic
def ask_for_test(
    *, patient: Patient, panels: Collection[str], way: str, by: Staff, now: datetime | None = None
) -> DrugTest:
    """A test that somebody asks for: the patient is told now. Where chance chose this day as well and nobody was told
    yet, what is asked for takes its place. Raises RuleBroken when they were told of one that day."""
    now = now or timezone.now()
    one_at_a_time(f"drug tests {patient.pk}")
    on = now.astimezone(ZoneInfo(patient.time_zone)).date()
    rows = DrugTest.objects.select_for_update(of=("self",), no_key=True)
    test = rows.filter(patient=patient, on=on).first() or DrugTest(patient=patient, on=on)
    if test.notified_at:
        raise RuleBroken("They were asked for a test today already.")
    test.asked_by, test.panels, test.way, test.notice_at = by, list(panels), way, now
    test.save()
    _notify_one(test, now)
    test.refresh_from_db()
    return test


@transaction.atomic
def collect(
    *,
    test: DrugTest,
    identity_checked: bool,
    kit_lot: str = "",
    kit_expires_on: date | None = None,
    given_at: datetime | None = None,
    by: Staff,
    now: datetime | None = None,
) -> DrugTest:
    """It was given: when (now, where nothing is said), who saw it, of which kit; also after its time. Raises
    RuleBroken: collected or missed already, given before its notice or in the future, not known to be theirs, no lot
    or an expired kit."""
    now = now or timezone.now()
    given_at = given_at or now
    if given_at > now:
        raise RuleBroken("Enter a time that is not in the future.")
    test = DrugTest.objects.select_for_update(of=("self",), no_key=True).get(pk=test.pk)
    if test.collected_at or test.results.exists():
        raise RuleBroken("This is written down already.")
    if kit_expires_on and kit_expires_on < timezone.localdate(given_at):
        raise RuleBroken("This kit has expired. Use another one.")
    test.collected_at, test.collected_by, test.identity_checked = given_at, by, identity_checked
    test.kit_lot, test.kit_expires_on = kit_lot.strip(), kit_expires_on
    with rules_speak():
        test.save()
    log.info("test collected", test_id=test.pk, by=by.pk)
    return test


@transaction.atomic
def write_result(
    *,
    test: DrugTest,
    stage: str,
    result: str,
    shared: str,
    words: str = "",
    by: Staff,
    now: datetime | None = None,
) -> DrugTestResult:
    """What it found. Raises RuleBroken: written already, missed though collected, a result of nothing collected."""
    now = now or timezone.now()
    test = DrugTest.objects.select_for_update(of=("self",), no_key=True).get(pk=test.pk)
    if (result == Said.MISSED) == bool(test.collected_at):
        raise RuleBroken(
            "It was collected, so it was not missed."
            if test.collected_at
            else "Write down first that it was collected."
        )
    talk_by = _two_working_days(test.patient, now) if result in (Said.UNEXPECTED, Said.MISSED) else None
    with rules_speak():
        written = DrugTestResult.objects.create(
            test=test,
            stage=Stage.PRESUMPTIVE if result == Said.MISSED else stage,
            result=result,
            shared=shared,
            words=words.strip(),
            talk_by=talk_by,
            by=by,
            at=now,
        )
    log.info("test result written", test_id=test.pk, by=by.pk)
    return written


@transaction.atomic
def write_talk(*, test: DrugTest, came: str, words: str, by: Staff, now: datetime | None = None) -> DrugTestTalk:
    """The talk about an unexpected result, or about what got in the way of a test, which its talk makes missed for
    good; a return to use that was told in it becomes an event of its own, which waits for its response. Raises
    RuleBroken: there is nothing to talk about or to confirm, or it is written already."""
    now = now or timezone.now()
    counts = test.counts
    if counts is None and test.is_past:
        counts = write_result(test=test, stage="", result=Said.MISSED, shared=Shared.TOGETHER, by=by, now=now)
    if counts is None or not counts.talk_by:
        raise RuleBroken("There is no unexpected and no missed result to talk about.")
    if came == Came.CONFIRM and counts.result == Said.MISSED:
        raise RuleBroken("Nothing was collected that a lab could confirm.")
    event = None
    if came == Came.RETURN and not test.talked:
        event = record_return(
            patient=test.patient, on=test.on, words=words, learned=ReturnToUse.Learned.TEST, by=by, now=now
        )
    with rules_speak():
        talk = DrugTestTalk.objects.create(test=test, came=came, words=words.strip(), event=event, by=by, at=now)
    log.info("test talked about", test_id=test.pk, led_to_event=event is not None, by=by.pk)
    return talk
