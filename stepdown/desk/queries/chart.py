"""Everything the page about one patient shows besides where they are: what is due, what is dangerous, the plan, the
notes, what they agreed to. What the reader may not see is not read at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from stepdown.chart import queries_chart as notes
from stepdown.chart import queries_plan as plans
from stepdown.chart import queries_safety as safety
from stepdown.chart.models import Diagnosis, PlanVersion, ReturnToUse, SafetyPlan
from stepdown.chart.queries_returns import last_returns
from stepdown.desk.queries import next_steps as steps
from stepdown.desk.queries.person import Person
from stepdown.kernel.prepared import prepared
from stepdown.live.models import DoorCheck
from stepdown.live.queries import last_incidents
from stepdown.measures import queries_chart as measures
from stepdown.measures.models import CheckIn
from stepdown.measures.permissions import see_scores
from stepdown.people.models import Patient, Staff
from stepdown.privacy.models import Consent, ConsentType, ReceivedRecord
from stepdown.privacy.queries import NEEDED, consents_in_short
from stepdown.privacy.queries_received import latest_of
from stepdown.privacy.queries_sharing import Shown, shared_now

DOORS_SHOWN = 40
TOLD_AT_DOOR = ("at", "session__service_date", "craving", "mood", "used_since", "address", "callback_phone")
URGES_SHOWN = 20
RETURNS_SHOWN = 3


@dataclass(frozen=True)
class Urge:
    """How strong it was when they last said so, at a door or by themselves; mood in words, or empty."""

    at: datetime
    value: int
    mood: str


@dataclass(frozen=True)
class Doors:
    """What they said at the door, oldest first: the urge of each session, and the sessions before which they used.
    last: where they were and how to call them, with the urge they told."""

    urges: list[tuple[date, int]] = field(default_factory=list)
    used_on: list[date] = field(default_factory=list)
    last: Any = None
    last_urge: Urge | None = None


@dataclass(frozen=True)
class Plan:
    """in_force with how each objective stands; draft: the version that is being written."""

    in_force: PlanVersion | None
    draft: PlanVersion | None
    standings: list[plans.Standing]
    diagnoses: list[Diagnosis]


@dataclass(frozen=True)
class Risks:
    """What tells of danger. answers and work are None and empty for who may not see answers; returns, incidents and
    what was said at the door for who sees no notes."""

    safety_plan: SafetyPlan | None
    work: list[Any]
    answers: measures.RiskAnswers | None
    returns: list[ReturnToUse]
    incidents: list[tuple[UUID, datetime]]
    check_in: CheckIn | None
    doors: Doors

    @property
    def last_urge(self) -> Urge | None:
        mine = self.check_in
        told = [self.doors.last_urge] if self.doors.last_urge else []
        if mine and mine.craving is not None:
            told.append(Urge(mine.at, mine.craving, str(mine.get_mood_display())))
        return max(told, key=lambda urge: urge.at, default=None)


@dataclass(frozen=True)
class Agreements:
    """What was signed, what is still to be asked, what is shared outside now, and what came from others last."""

    signed: list[Consent]
    missing: list[ConsentType]
    shared: list[Shown]
    received: list[ReceivedRecord]


@dataclass(frozen=True)
class Chart:
    """notes: the latest of note_count. sees_scores: whether answers and scores are on the page."""

    next: list[steps.NextStep]
    risks: Risks
    plan: Plan
    notes: list[notes.NoteLine]
    note_count: int
    agreements: Agreements
    sees_scores: bool

    @property
    def returned_on(self) -> list[date]:
        return sorted({event.on for event in self.risks.returns})


def chart(person: Person, staff: Staff, now: datetime, zone: ZoneInfo) -> Chart:
    """At most twenty-four queries, however long the history."""
    patient, clinical = person.patient, person.clinical
    scores = bool(see_scores(staff, patient))
    risks = _risks(patient, clinical=clinical, scores=scores)
    versions = plans.last_versions(person.episode.pk) if person.episode else []
    agreements = _agreements(patient, now)
    latest, note_count = notes.latest(patient, staff, notes.LATEST, person.seat) if clinical else ([], 0)
    due = _due(person, staff, risks, versions, agreements, scores=scores, now=now, zone=zone)
    return Chart(
        next=steps.in_order(due, now),
        risks=risks,
        plan=_plan(person, versions),
        notes=latest,
        note_count=note_count,
        agreements=agreements,
        sees_scores=scores,
    )


def _plan(person: Person, versions: list[PlanVersion]) -> Plan:
    in_force = next((each for each in versions if each.signed_at), None)
    return Plan(
        in_force=in_force,
        draft=next((each for each in versions if each.signed_at is None), None),
        standings=plans.standings(person.episode) if person.episode and in_force else [],
        diagnoses=plans.open_diagnoses(person.patient),
    )


def _risks(patient: Patient, *, clinical: bool, scores: bool) -> Risks:
    return Risks(
        safety_plan=safety.safety_plan_of(patient),
        work=measures.work_open_of(patient.pk) if scores else [],
        answers=measures.risk_answers(patient) if scores else None,
        returns=last_returns(patient.pk) if clinical else [],
        incidents=last_incidents(patient.pk) if clinical else [],
        check_in=measures.last_check_in(patient) if clinical else None,
        doors=_doors(patient) if clinical else Doors(),
    )


def _doors(patient: Patient) -> Doors:
    """The latest answers at the door, those of one session once. One query."""
    found = _checks(patient.pk)
    if not found:
        return Doors()
    last = found[0]
    urges = {each.session__service_date: each.craving for each in reversed(found)}
    used_on = sorted({each.session__service_date for each in found if each.used_since})
    mood = str(DoorCheck.Mood(last.mood).label) if last.mood else ""
    urge = None if last.craving is None else Urge(last.at, last.craving, mood)
    return Doors([(on, urge) for on, urge in urges.items() if urge is not None][-URGES_SHOWN:], used_on, last, urge)


@prepared
def _checks(patient: UUID) -> QuerySet[DoorCheck, Any]:
    checks = DoorCheck.objects.filter(patient=patient).order_by("-at")
    return checks.values_list(*TOLD_AT_DOOR, named=True)[:DOORS_SHOWN]


def _agreements(patient: Patient, now: datetime) -> Agreements:
    """Four queries."""
    signed = consents_in_short(patient.pk)
    types = {consent.type for consent in signed}
    missing = [each for each in NEEDED if each not in types]
    return Agreements(signed, missing, shared_now(patient, now), latest_of(patient))


def _due(
    person: Person,
    staff: Staff,
    risks: Risks,
    versions: list[PlanVersion],
    agreements: Agreements,
    *,
    scores: bool,
    now: datetime,
    zone: ZoneInfo,
) -> Iterator[steps.NextStep]:
    """What waits, of what the reader may see. Five queries."""
    patient, episode = person.patient, person.episode
    yield from (steps.work_step(item, now) for item in risks.work)
    if person.next_session:
        yield steps.session_step(person.next_session, now, zone)
    if person.held:
        yield steps.held_step(person.held, patient)
    if episode is None or episode.ended_at:
        return
    if agreements.missing:
        left = len(agreements.missing)
        yield steps.NextStep(f"Sign {'an agreement' if left == 1 else f'{left} agreements'}", patient.called, None)
    yield from (steps.deadline_step(each, patient, now) for each in steps.open_deadlines(episode.pk))
    yield from steps.plan_steps(versions, patient, person.leads)
    if scores:
        asked = measures.waiting(patient)
        yield from (steps.measure_step(each, patient, person.leads, zone, now) for each in asked)
    if person.clinical:
        yield from steps.missed_steps(patient, now)
        yield from steps.drug_test_steps(patient, now, person.leads)
        waits = [event for event in risks.returns if not hasattr(event, "response")]
        yield from (steps.return_step(event, now, person.leads) for event in waits)
        yield from steps.note_steps(patient, staff, now)
        yield from steps.step_down_steps(person, now)
