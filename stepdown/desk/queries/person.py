"""One patient on one page: where they are on the way, how they came, what was written, how to reach them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from stepdown.admissions.models import Episode
from stepdown.attendance.domain.marks import MARK_OF
from stepdown.attendance.models import Attendance
from stepdown.chart import queries as chart
from stepdown.chart import queries_plan as plans
from stepdown.chart import queries_safety as safety
from stepdown.chart.models import Diagnosis, NotePart, PlanVersion, ReturnToUse, SafetyPlan
from stepdown.chart.queries_returns import return_to_use_days, returns_of
from stepdown.kernel.decision import ALLOW, Decision
from stepdown.live.models import DoorCheck
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.domain.chairs import week_of
from stepdown.placement.models import Seat
from stepdown.placement.permissions import offer_seats
from stepdown.placement.queries import patients_visible_to
from stepdown.timetable.models import Session
from stepdown.transitions.permissions import decide

READS_NOTES = (Role.COUNSELOR, Role.DIRECTOR)
LATEST_NOTES = 12
LATEST_URGES = 20
LATEST_RETURNS = 3


@dataclass(frozen=True)
class Person:
    """A patient as this reader may see them. Who reads no clinical notes gets no `notes`, `urges`,
    `used_on` or `returned_on`."""

    patient: Patient
    episode: Episode | None
    seat: Seat | None
    held: Seat | None
    coming_seat: Seat | None
    week: int | None
    weeks: int | None
    marks: list[str]
    marked_on: list[date]
    counts: Counter[str]
    hours: float
    urges: list[tuple[date, int]]
    used_on: list[date]
    notes: list[NotePart]
    clinical: bool
    may_offer: Decision
    may_move: Decision
    plan: PlanVersion | None
    standings: list[plans.Standing]
    diagnoses: list[Diagnosis]
    safety_plan: SafetyPlan | None
    returns: list[ReturnToUse]
    returned_on: list[date]


def visible(staff: Staff) -> QuerySet[Patient]:
    return patients_visible_to(staff).select_related("counselor")


def person(patient: Patient, staff: Staff, now: datetime) -> Person:
    """At most twenty-two queries, however long the history."""
    seats = list(
        Seat.objects.standing()
        .filter(patient=patient)
        .select_related("group__program", "group__leader", "chair")
        .order_by("-starts_at")
    )
    accepted = [s for s in seats if s.accepted_at]
    seat = next((s for s in accepted if s.starts_at <= now and (s.ends_at is None or s.ends_at > now)), None)
    coming_seat = next((s for s in accepted if s.starts_at > now), None)
    held = next((s for s in seats if not s.accepted_at and s.held_until > now), None)
    shown = seat or coming_seat
    marks, on = _marks(patient, shown, now)
    clinical = staff.has_role(*READS_NOTES)
    episode = patient.episodes.select_related("patient").order_by("-planned_at").first()
    plan = plans.in_force(episode) if episode else None
    return Person(
        patient=patient,
        episode=episode,
        seat=seat,
        held=held,
        coming_seat=coming_seat,
        week=week_of(seat.starts_at, now) if seat else None,
        weeks=seat.group.program.weeks if seat else None,
        marks=marks,
        marked_on=on,
        counts=Counter(m for m in marks if m not in ("future", "now")),
        hours=_hours(patient),
        urges=_urges(patient) if clinical else [],
        used_on=_used_on(patient) if clinical else [],
        notes=_notes(patient, staff) if clinical else [],
        clinical=clinical,
        may_offer=offer_seats(staff),
        may_move=decide(staff, episode) if clinical and episode else ALLOW,
        plan=plan,
        standings=plans.standings(plan.episode) if plan else [],
        diagnoses=plans.open_diagnoses(patient),
        safety_plan=safety.safety_plan_of(patient),
        returns=list(returns_of(patient)[:LATEST_RETURNS]) if clinical else [],
        returned_on=return_to_use_days(patient) if clinical else [],
    )


def _marks(patient: Patient, seat: Seat | None, now: datetime) -> tuple[list[str], list[date]]:
    """Every session of the seat, past and planned, as a kind of mark with its date. Two queries."""
    if seat is None:
        return [], []
    sessions = Session.objects.standing().filter(group=seat.group, starts_at__gte=seat.starts_at)
    if seat.ends_at:
        sessions = sessions.filter(starts_at__lt=seat.ends_at)
    status = dict(Attendance.objects.filter(patient=patient, seat=seat).values_list("session", "status"))
    kinds, on = [], []
    for session_id, day, starts, ends in sessions.order_by("starts_at").values_list(
        "id", "service_date", "starts_at", "ends_at"
    )[:60]:
        kind = MARK_OF.get(status.get(session_id, ""), "future")
        kinds.append("now" if starts <= now < ends else kind)
        on.append(day)
    return kinds, on


def _hours(patient: Patient) -> float:
    minutes = Attendance.objects.filter(patient=patient).values_list("confirmed_minutes", "minutes")
    return round(sum(c if c is not None else m for c, m in minutes) / 60, 1)


def _urges(patient: Patient) -> list[tuple[date, int]]:
    """The latest answers at the door, oldest first, one for each session."""
    rows = (
        DoorCheck.objects.filter(patient=patient, craving__isnull=False)
        .order_by("-at")
        .values_list("session__service_date", "craving")[:LATEST_URGES]
    )
    return [(on, craving) for on, craving in dict(reversed(list(rows))).items() if craving is not None]


def _used_on(patient: Patient) -> list[date]:
    """The latest sessions at whose door they told of use since the one before, oldest first. One query."""
    rows = DoorCheck.objects.filter(patient=patient, used_since=True).order_by("-at")
    return sorted(set(rows.values_list("session__service_date", flat=True)[:LATEST_URGES]))


def _notes(patient: Patient, staff: Staff) -> list[NotePart]:
    parts = chart.parts_visible_to(staff).filter(patient=patient)
    parts = parts.select_related(None).select_related("note__session__group")
    return list(parts.order_by("-note__session__starts_at")[:LATEST_NOTES])
