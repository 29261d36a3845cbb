"""What is due about one patient, by whom, the latest first: the list “Next” of their page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from stepdown.chart import queries_drug_tests as drug_tests
from stepdown.chart import queries_plan as plans
from stepdown.chart import queries_welfare as welfare
from stepdown.chart.domain.parts import DUE_AFTER
from stepdown.chart.models import Deadline, PlanAnswer, ReturnToUse
from stepdown.desk.queries.person import NextSession, Person
from stepdown.kernel.instruments import load
from stepdown.kernel.prepared import prepared
from stepdown.measures.queries_chart import Asked
from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session
from stepdown.transitions import queries as transitions
from stepdown.ui import when

NOTES_SHOWN = 6
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class NextStep:
    """Something due. at: by when, None when it can be done any time. by: who does it, in the reader's words. urgent: an
    answer tells of danger, so it comes before everything."""

    what: str
    by: str
    at: datetime | None
    url: str = ""
    why: str = ""
    late: bool = False
    urgent: bool = False


def in_order(steps: Iterator[NextStep], now: datetime) -> list[NextStep]:
    """What is urgent first, then what is late, then what has no date, then the rest as it comes."""
    return sorted(steps, key=lambda step: (not step.urgent, not step.late, step.at is not None, step.at or now))


def said_when(step: NextStep, now: datetime, zone: tzinfo) -> str:
    """ "2 days" when late, "Now" when it has no date, "Today", "Fri" within a week, else "Mar 12"."""
    if step.at is None:
        return "Now"
    if step.late:
        return when.late(step.at, now)
    on, today = step.at.astimezone(zone).date(), now.astimezone(zone).date()
    if on <= today:
        return "Today"
    return when.weekday(on, short=True) if on - today < WEEK else when.day_short(on, today)


def session_step(session: NextSession, now: datetime, zone: tzinfo) -> NextStep:
    topic = f"{session.topic}. " if session.topic else ""
    at = " is on now" if session.starts_at <= now else f", {when.clock(session.starts_at, zone)}"
    return NextStep(f"{session.group}{at}", f"{topic}{session.leader} leads", session.starts_at)


def work_step(item: Any, now: datetime) -> NextStep:
    """Something that somebody has to act on, one of `work_open_of`."""
    owner = item.owner.name if item.owner else "Nobody"
    url = reverse("measures:work_item", args=[item.pk])
    why = load(item.instrument).short_name if item.instrument else "somebody close is worried"
    what = f"{item.get_severity_display()}: {why}"
    return NextStep(what, owner, item.due_at, url, item.action, item.due_at <= now, urgent=True)


def missed_steps(patient: Patient, now: datetime) -> Iterator[NextStep]:
    """They did not come, and nobody knows yet that they are safe. One query, two where
    a case conference is next."""
    row = welfare.open_for(patient)
    if row is None:
        return
    due = row.next_at or now
    url, why = reverse("chart:missed", args=[row.pk]), ", ".join(row.flags_said)
    act = str(row.get_next_act_display())
    what = act if row.is_for_conference else f"Did not come: {act.lower()}" if act else "Did not come"
    yield NextStep(what, row.owner.name, due, url, why, due <= now, urgent=True)


def drug_test_steps(patient: Patient, now: datetime, writer: str) -> Iterator[NextStep]:
    """Tests they were told of and with which something is to be done. One query, three where there are any."""
    for test in drug_tests.open_for(patient):
        at, url = drug_tests.next_at(test), reverse("chart:drug_test", args=[test.pk])
        yield NextStep(drug_tests.TO_DO[test.state], writer, at, url, test.get_way_display(), at <= now)


def return_step(event: ReturnToUse, now: datetime, writer: str) -> NextStep:
    url = reverse("chart:return", args=[event.pk])
    on = when.day_short(event.on, timezone.localdate(now))
    return NextStep(f"Answer the return to use, {on}", writer, event.due_at, url, "", event.due_at <= now)


def measure_step(asked: Asked, patient: Patient, clinician: str, zone: ZoneInfo, now: datetime) -> NextStep:
    row = asked.administration
    at = _end_of(row.due_on, zone)
    url = reverse("measures:administration", args=[row.pk])
    why = str(row.get_why_display())
    if row.values:
        why = f"{why}, {len(row.values)} answered so far"
    by = patient.called if asked.by_patient else clinician
    return NextStep(asked.definition.short_name, by, at, url, why, at <= now)


def deadline_step(deadline: Deadline, patient: Patient, now: datetime) -> NextStep:
    url = reverse(plans.page_of(deadline), args=[patient.pk])
    what = str(deadline.get_kind_display())
    return NextStep(what, deadline.owner.name, deadline.due_at, url, "", deadline.due_at <= now)


def plan_steps(versions: list[Any], patient: Patient, writer: str) -> Iterator[NextStep]:
    """versions: the newest first, each with the kinds of its answers."""
    url = reverse("chart:plan", args=[patient.pk])
    newest = versions[0] if versions else None
    if newest and newest.signed_at is None:
        yield NextStep(f"Sign the plan, version {newest.number}", newest.saved_by.name, None, url, "A draft is begun")
    in_force = next((each for each in versions if each.signed_at), None)
    if in_force is None:
        return
    kinds = set(in_force.answered)
    if PlanAnswer.Kind.CHANGE in kinds and newest is in_force:
        yield NextStep("Take up the change asked for in the plan", writer, None, url)
    elif not kinds & {PlanAnswer.Kind.SIGNED, PlanAnswer.Kind.DECLINED}:
        yield NextStep("Read and sign the plan", patient.called, None, url, "In force without it")


@prepared
def _without_note(patient: UUID, now: datetime) -> QuerySet[Session, Any]:
    """Sessions of theirs that are over and whose note is not signed."""
    over = Q(ends_at__lte=now) | Q(room__ended_at__lte=now)
    unsigned = Q(note=None) | Q(note__signed_at=None)
    sessions = Session.objects.standing().filter(over, unsigned)
    sessions = sessions.filter(attendances__patient=patient, attendances__sealed_at=None).order_by("ends_at")
    return sessions.values_list("pk", "starts_at", "ends_at", "leader", "co_leader", "leader__name")[:NOTES_SHOWN]


def note_steps(patient: Patient, staff: Staff, now: datetime) -> Iterator[NextStep]:
    """Notes that are not signed yet; a link for who writes it. One query."""
    for pk, starts, ends, *writers, leader in _without_note(patient.pk, now):
        url = reverse("chart:write", args=[pk]) if staff.pk in writers else ""
        said = f"Note of the group, {timezone.localtime(starts):%b %-d}"
        yield NextStep(said, leader, ends + DUE_AFTER, url, "", ends + DUE_AFTER <= now)


def step_down_steps(person: Person, now: datetime) -> Iterator[NextStep]:
    """The Aftercare seat that has to be offered before the last session. One query where their seat ends soon."""
    episode, own = person.episode, person.seat
    if episode is None or (own and (own.ends_at is None or own.ends_at > now + transitions.DUE_WITHIN)):
        return
    seat = transitions.seat_to_follow(episode, now)
    if seat and seat.ends_at:
        url = reverse("transitions:step_down", args=[episode.pk]) if person.may_move else ""
        yield NextStep("Offer an Aftercare seat", person.leads, seat.ends_at, url, "", seat.ends_at <= now)


def held_step(seat: Seat, patient: Patient) -> NextStep:
    return NextStep(f"Accept the seat in {seat.group.name}", patient.called, seat.held_until)


@prepared
def open_deadlines(episode: UUID) -> QuerySet[Deadline]:
    """One query."""
    return Deadline.objects.open().filter(episode=episode).select_related("owner")


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.max, zone)
