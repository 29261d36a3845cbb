"""Drug tests as screens and services ask for them. What chance chose and nobody was told of yet is in none of them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.chart.models import DrugTest, DrugTestResult, DrugTestSchedule, DrugTestTalk
from stepdown.chart.queries_plan import own_patients
from stepdown.chart.queries_returns import closed_days
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.queries import patients_visible_to

TO_DO = {
    "notified": "Collect the drug test",
    "missed": "Ask what got in the way of the drug test",
    "collected": "Write the result of the drug test",
    "talk": "Talk about the drug test",
    "confirm": "Write the definitive result of the drug test",
}
LATELY = timedelta(days=120)
RESULT_WITHIN = timedelta(days=3)
# A test whose time has passed: as long as it stands on the patient's first page, and as long as somebody is told of it.
PAST_SHOWN = timedelta(days=14)


def _told(rows: QuerySet[DrugTest]) -> QuerySet[DrugTest]:
    known = rows.filter(notified_at__isnull=False).select_related("patient", "asked_by", "collected_by")
    return known.prefetch_related("results__by", "talks__by")


def tests_of(patient: Patient) -> list[DrugTest]:
    """Those they were told of, the latest first. Three queries."""
    return list(_told(DrugTest.objects.filter(patient=patient)))


def visible_to(staff: Staff) -> QuerySet[DrugTest]:
    return _told(DrugTest.objects.filter(patient__in=patients_visible_to(staff)))


def waiting_of(patient: Patient) -> DrugTest | None:
    """The test somebody was told of and has not given yet, until two weeks after its time. One query."""
    rows = DrugTest.objects.filter(patient=patient, due_at__gt=timezone.now() - PAST_SHOWN, collected_at=None)
    return rows.filter(~Exists(DrugTestResult.objects.filter(test=OuterRef("pk")))).first()


def open_for(patient: Patient) -> list[DrugTest]:
    """Tests with which something is still to be done, for their chart. One query, three where there are tests."""
    return [test for test in _lately(patient.pk, timezone.now() - LATELY) if test.state != "done"]


@prepared
def _lately(patient: UUID, since: datetime) -> QuerySet[DrugTest]:
    return _told(DrugTest.objects.filter(patient=patient, notice_at__gt=since)).select_related(None)


def to_do(staff: Staff, now: datetime, *, own: bool = False) -> list[DrugTest]:
    """With which something is still to be done, what is due first on top: of one's own patients; for a director
    everyone's, unless only the own are asked for. Three queries."""
    rows = DrugTest.objects.filter(notice_at__gt=now - LATELY)
    if own or not staff.has_role(Role.DIRECTOR):
        rows = rows.filter(patient__in=own_patients(staff))
    else:
        rows = rows.filter(not_hidden(staff))
    results = DrugTestResult.objects.filter(test=OuterRef("pk"))
    unexpected = results.filter(result=DrugTestResult.Said.UNEXPECTED, stage=DrugTestResult.Stage.PRESUMPTIVE)
    talks = DrugTestTalk.objects.filter(test=OuterRef("pk"))
    confirmed = results.filter(stage=DrugTestResult.Stage.DEFINITIVE)
    to_talk = Q(Exists(results.filter(talk_by__isnull=False)), ~Exists(talks))
    to_confirm = Q(Exists(unexpected), ~Exists(confirmed), Exists(talks.filter(came=DrugTestTalk.Came.CONFIRM)))
    is_open = Q(~Exists(results)) | to_talk | to_confirm
    found = [test for test in _told(rows.filter(is_open)) if test.state != "done"]
    return sorted(found, key=next_at)


def next_at(test: DrugTest) -> datetime:
    """By when the next thing is done with it: collected, asked about, its result written, talked about, confirmed."""
    state, counts, talked = test.state, test.counts, test.talked
    if state in ("talk", "missed") and counts and counts.talk_by:
        return counts.talk_by
    if state == "missed" and test.ask_by:
        return test.ask_by
    if state == "confirm" and talked:
        return talked.at + RESULT_WITHIN
    if test.collected_at:
        return test.collected_at + RESULT_WITHIN
    return test.due_at or test.notice_at


def schedule_of(patient: Patient) -> DrugTestSchedule | None:
    return DrugTestSchedule.objects.filter(patient=patient, ended_at=None).select_related("made_by").first()


def schedules_to_look_at() -> QuerySet[DrugTestSchedule]:
    """Of everyone in care."""
    care = Episode.objects.filter(patient=OuterRef("patient"), ended_at=None)
    return DrugTestSchedule.objects.filter(Exists(care), ended_at=None).select_related("patient")


def last_tests(patients: Iterable[UUID]) -> dict[UUID, date]:
    """patient id -> the day of their last test. One query."""
    rows = DrugTest.objects.filter(patient__in=list(patients)).order_by("patient_id", "-on").distinct("patient_id")
    return dict(rows.values_list("patient", "on"))


def to_notify(now: datetime) -> QuerySet[DrugTest]:
    return DrugTest.objects.filter(Q(notice_at__lte=now), notified_at=None).select_related("patient")


def to_ask_about(now: datetime) -> QuerySet[DrugTest]:
    """Of everyone in care: whose time has passed with nothing collected, and of which nobody was told yet."""
    care = Episode.objects.filter(patient=OuterRef("patient"), ended_at=None)
    rows = DrugTest.objects.filter(due_at__lte=now, due_at__gt=now - PAST_SHOWN, collected_at=None, ask_by=None)
    nothing = ~Exists(DrugTestResult.objects.filter(test=OuterRef("pk")))
    return rows.filter(nothing, Exists(care)).select_related("patient")


def open_days(since: date) -> Callable[[date], bool]:
    """Whether the center is open on a day, from that one on. One query."""
    is_closed = closed_days(since)
    return lambda on: not is_closed(on)
