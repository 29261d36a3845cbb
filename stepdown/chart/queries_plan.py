"""Plans, diagnoses and deadlines as screens and services ask for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from stepdown.admissions.models import Assessment, Episode, Inquiry
from stepdown.chart.domain import icd10
from stepdown.chart.domain.draft import Known
from stepdown.chart.domain.plan import Intervention
from stepdown.chart.models import (
    Deadline,
    Diagnosis,
    NotePart,
    Objective,
    PlanAnswer,
    PlanVersion,
    Progress,
)
from stepdown.chart.models.plans import PlanVersionQuerySet
from stepdown.kernel.prepared import prepared
from stepdown.live.models import Incident
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.models import Seat
from stepdown.placement.queries import patients_visible_to
from stepdown.ui.navigation import Waiting
from stepdown.ui.when import day as said_day
from stepdown.ui.when import in_words, minutes_said

# After these the plan is reviewed.
GRAVE = (
    Incident.Kind.OVERDOSE,
    Incident.Kind.MEDICAL,
    Incident.Kind.SUICIDE,
    Incident.Kind.INJURY,
    Incident.Kind.THREAT,
)


def patients_written_by(staff: Staff) -> QuerySet[Patient]:
    """Whose plan this person writes: a director that of everyone they see; a counselor that of who sits, or will sit,
    in a group they lead or co-lead, and of their caseload."""
    return patients_visible_to(staff) if staff.has_role(Role.DIRECTOR) else own_patients(staff)


def own_patients(staff: Staff) -> QuerySet[Patient]:
    """Who sits, or will sit, in a group this person leads or co-leads, and their caseload."""
    return patients_of([staff.pk])


def patients_of(staff: Any) -> QuerySet[Patient]:
    """`own_patients` of several. staff: their ids, or a query for these."""
    seated = Seat.objects.accepted().filter(
        Q(group__leader__in=staff) | Q(group__co_leader__in=staff), Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    )
    caseload = Patient.objects.filter(counselor__in=staff).order_by()
    return Patient.objects.filter(pk__in=caseload.values("pk").union(seated.values("patient")))


# -- diagnoses


def open_diagnoses(patient: Patient) -> list[Diagnosis]:
    return _open_diagnoses(patient.pk)


@prepared
def _open_diagnoses(patient: UUID) -> QuerySet[Diagnosis]:
    return Diagnosis.objects.open().filter(patient=patient).select_related("recorded_by")


def diagnoses_of(patient: Patient) -> list[Diagnosis]:
    """All of them, those that hold first, then the latest to end."""
    rows = Diagnosis.objects.filter(patient=patient).select_related("recorded_by", "ended_by")
    return sorted(rows, key=lambda each: (each.until_on is not None, -(each.until_on or each.from_on).toordinal()))


def code_of(diagnosis: Diagnosis) -> icd10.Code:
    """The code as the list of its first day has it; as it was recorded when the lists no longer go back so far."""
    known = icd10.codes_on(diagnosis.from_on).get(diagnosis.code)
    if known:
        return known
    severity, _comma, remission = diagnosis.kind.partition(", ")
    return icd10.Code(diagnosis.code, diagnosis.words, diagnosis.substance, severity, bool(remission))


@dataclass(frozen=True)
class Coded:
    """A diagnosis on a page. outdated: its code is in no list of today, so that a claim with it is refused."""

    diagnosis: Diagnosis
    plainly: str
    outdated: bool


def coded(rows: Iterable[Diagnosis], today: date) -> list[Coded]:
    current = icd10.codes_on(today)
    return [
        Coded(each, code_of(each).plainly, each.until_on is None and bool(current) and each.code not in current)
        for each in rows
    ]


# -- plans


def episode_of(patient: Patient) -> Episode | None:
    """The episode a plan is about: the open one, else the last."""
    return patient.episodes.order_by("ended_at", "-planned_at").filter(ended_at=None).first() or (
        patient.episodes.order_by("-planned_at").first()
    )


def versions_of(episode: Episode) -> PlanVersionQuerySet:
    """The newest first."""
    return PlanVersion.objects.filter(episode=episode).select_related(
        "episode__patient", "begun_by", "saved_by", "signed_by"
    )


def versions_visible_to(staff: Staff) -> QuerySet[PlanVersion]:
    versions = PlanVersion.objects.filter(episode__patient__in=patients_visible_to(staff))
    return versions.select_related("episode__patient", "begun_by", "saved_by", "signed_by")


def in_force(episode: Episode) -> PlanVersion | None:
    return versions_of(episode).signed().first()


def version_before(version: PlanVersion) -> PlanVersion | None:
    return versions_of(version.episode).filter(number__lt=version.number).first()


def plan_for(patient: Patient) -> PlanVersion | None:
    """The plan in force of the patient's episode of today, for their own page, with `patient_has_signed`. One query."""
    versions = PlanVersion.objects.signed().filter(episode__patient=patient, episode__ended_at=None)
    theirs = PlanAnswer.objects.filter(version=OuterRef("pk"), kind=PlanAnswer.Kind.SIGNED)
    versions = versions.annotate(patient_has_signed=Exists(theirs)).order_by("-number")
    return versions.select_related("episode__patient", "signed_by").first()


def last_plan_of(patient: Patient) -> PlanVersion | None:
    """The plan in force; without one, that of the episode with a plan that ended last. One query."""
    versions = PlanVersion.objects.signed().filter(episode__patient=patient).select_related("episode__patient")
    return versions.order_by(F("episode__ended_at").desc(nulls_first=True), "-number").first()


@prepared
def last_versions(episode: UUID) -> QuerySet[PlanVersion, Any]:
    """The newest two, one of which is in force when any is, `answered` with the kinds of answers. One query."""
    versions = PlanVersion.objects.filter(episode=episode).select_related("saved_by").order_by("-number")
    answers = PlanAnswer.objects.filter(version=OuterRef("pk")).order_by().values("kind")
    return versions.annotate(answered=ArraySubquery(answers))[:2]


def is_in_care(patient: Patient) -> bool:
    """Whether an episode of theirs is open. One query."""
    return patient.episodes.filter(ended_at=None).exists()


def signature_of(version: PlanVersion) -> PlanAnswer | None:
    """The patient's, if there is one."""
    return version.answers.filter(kind=PlanAnswer.Kind.SIGNED).first()


def signatures_visible_to(patient: Patient) -> QuerySet[PlanAnswer]:
    """Every plan a patient ever signed: they may keep all of them. Source: RULE PRIV-44."""
    signed = PlanAnswer.objects.filter(patient=patient, kind=PlanAnswer.Kind.SIGNED)
    return signed.select_related("version").order_by("-at")


def changes_asked(staff: Staff, *, own: bool = False) -> list[PlanAnswer]:
    """What patients want changed in plans this person writes (own: of their own patients), while no later version took
    it up. One query."""
    later = PlanVersion.objects.filter(episode=OuterRef("version__episode"), number__gt=OuterRef("version__number"))
    asked = PlanAnswer.objects.filter(~Exists(later), kind=PlanAnswer.Kind.CHANGE, version__episode__ended_at=None)
    asked = asked.filter(patient__in=own_patients(staff) if own else patients_written_by(staff))
    return list(asked.select_related("patient").order_by("at"))


def objectives_visible_to(staff: Staff) -> QuerySet[Objective]:
    objectives = Objective.objects.filter(episode__patient__in=patients_visible_to(staff))
    return objectives.select_related("episode__patient", "version")


@dataclass(frozen=True)
class Standing:
    """An objective with how it goes: the latest entry first; how many signed notes worked on it, and when last."""

    objective: Objective
    entries: list[Progress]
    notes: int
    last_note_on: date | None

    @property
    def latest(self) -> Progress | None:
        return self.entries[0] if self.entries else None

    @property
    def is_met(self) -> bool:
        return self.latest is not None and self.latest.status == Progress.Status.MET


def standings(episode: Episode, *, dropped: bool = False) -> list[Standing]:
    """Every objective of the plan in force, by number; dropped: those that no version has any more. Three queries."""
    objectives = (_dropped if dropped else _objectives)(episode.pk)
    worked = {objective: (notes, last) for objective, notes, last in _worked_on(episode.pk)}
    return [
        Standing(each, list(each.progress.all()), *worked.get(each.pk, (0, None)))
        for each in sorted(objectives, key=lambda each: [int(part) for part in each.number.split(".")])
    ]


PROGRESS = Prefetch("progress", Progress.objects.select_related("by"))


@prepared
def _objectives(episode: UUID) -> QuerySet[Objective]:
    return Objective.objects.filter(episode=episode, dropped_at=None).prefetch_related(PROGRESS)


@prepared
def _dropped(episode: UUID) -> QuerySet[Objective]:
    return Objective.objects.filter(episode=episode, dropped_at__isnull=False).prefetch_related(PROGRESS)


@prepared
def _worked_on(episode: UUID) -> QuerySet[NotePart, Any]:
    """(objective, signed notes that hold and worked on it, the day of the last)."""
    signed = NotePart.objects.holding().filter(objective__episode=episode).exclude(note__signed_at=None).order_by()
    return signed.values_list("objective").annotate(notes=Count("pk"), last=Max("note__session__service_date"))


def open_objectives(patient: Patient) -> list[Objective]:
    """What the patient works toward now: in the plan in force, and not met. Two queries."""
    rows = Objective.objects.filter(episode__patient=patient, episode__ended_at=None, dropped_at=None)
    rows = rows.prefetch_related("progress")
    return [
        each
        for each in sorted(rows, key=lambda row: [int(part) for part in row.number.split(".")])
        if not any(entry.status == Progress.Status.MET for entry in list(each.progress.all())[:1])
    ]


def objectives_for(part: NotePart) -> list[Objective]:
    """What a part of a note may work toward: the patient's open objectives, and the one it has already."""
    found = open_objectives(part.patient)
    return found if part.objective is None or part.objective in found else [*found, part.objective]


def seat_of(episode: Episode, now: datetime) -> Seat | None:
    """Where the patient sits: now, or else where they will next."""
    seats = Seat.objects.accepted().filter(Q(ends_at=None) | Q(ends_at__gt=now), episode=episode)
    return seats.select_related("group__program", "group__leader").order_by("starts_at").first()


def known_of(episode: Episode, now: datetime) -> Known:
    """What the product knows before anyone writes a word of the plan. Three queries."""
    assessment = Assessment.objects.filter(episode=episode).select_related("inquiry").first()
    inquiry = assessment.inquiry if assessment else None
    wrote = inquiry.note if inquiry and inquiry.came_by == Inquiry.CameBy.WEB else ""
    today = timezone.localdate(now)
    schedule, group = _schedule(seat_of(episode, now))
    return Known(
        assessed=f"Assessment of {said_day(_local(assessment.decided_at or assessment.saved_at), today)}"
        if assessment
        else "",
        answers=assessment.answers if assessment else None,
        said=assessment.words if assessment else None,
        asked=wrote,
        asked_on=said_day(_local(inquiry.asked_at), today) if inquiry else "",
        schedule=schedule,
        group=group,
    )


def _local(at: datetime) -> date:
    return timezone.localtime(at).date()


def _schedule(seat: Seat | None) -> tuple[str, Intervention | None]:
    if seat is None:
        return "", None
    group, program = seat.group, seat.group.program
    count = program.meetings_a_week
    times = "once" if count == 1 else f"{in_words(count)} times"
    often = f"{times} a week, {minutes_said(program.meeting_minutes)} each"
    length = f", for {program.weeks} weeks" if program.weeks else ""
    said = f"{program.name}, group {group.name}, with {group.leader.signature}: {often}{length}."
    by = group.leader.signature
    return said, Intervention(f"Group {group.name}, {program.name}", often, by, f"Schedule of {group.name}")


# -- deadlines


def begun_without_plan(*, since: datetime, now: datetime) -> QuerySet[Episode]:
    """Episodes whose first session was since then, with no signed plan and no date for one."""
    episodes = Episode.objects.filter(
        ended_at=None, admitted_on__gte=_local(since), admitted_on__lte=_local(now), status=Episode.Status.ACTIVE
    )
    return episodes.filter(
        ~Exists(PlanVersion.objects.signed().filter(episode=OuterRef("pk"))),
        ~Exists(Deadline.objects.filter(episode=OuterRef("pk"), kind=Deadline.Kind.PLAN)),
    )


def deadlines_visible_to(staff: Staff) -> QuerySet[Deadline]:
    deadlines = Deadline.objects.filter(episode__patient__in=patients_visible_to(staff))
    return deadlines.select_related("episode__patient", "owner")


def incidents_to_review(*, since: datetime) -> QuerySet[Incident]:
    """Grave incidents since then after which no review of the plan was asked for yet."""
    asked = Deadline.objects.filter(
        episode__patient=OuterRef("patient"), kind=Deadline.Kind.EVENT_REVIEW, counted_from__gte=OuterRef("at")
    )
    grave = Incident.objects.filter(~Exists(asked), at__gt=since, kind__in=GRAVE)
    return grave.select_related("patient").order_by("at")


def leads_or_led(episode: Episode, now: datetime) -> Staff | None:
    """Who leads the group they sit in now or next, else the one they sat in last. Two queries at most."""
    last = Seat.objects.accepted().filter(episode=episode).select_related("group__leader").order_by("-starts_at")
    seat = seat_of(episode, now) or last.first()
    return seat.group.leader if seat else None


def in_other_hands(now: datetime) -> list[tuple[UUID, UUID]]:
    """(deadline, leader) of open deadlines whose owner is not who leads the patient's group now; for calls after IOP
    also the group they sat in last. In whichever episode. One query."""
    theirs = Seat.objects.accepted().filter(patient=OuterRef("episode__patient"))
    seats, last = theirs.filter(Q(ends_at=None) | Q(ends_at__gt=now)), theirs.order_by("-starts_at")
    led = Case(When(kind__in=Deadline.CALLS, then=Subquery(last.values("group__leader")[:1])))
    leads = Coalesce(Subquery(seats.order_by("starts_at").values("group__leader")[:1]), led)
    rows = Deadline.objects.open().annotate(leads=leads).exclude(leads=None).exclude(leads=F("owner"))
    return list(rows.values_list("pk", "leads"))


def deadlines_of(episode: Episode) -> list[Deadline]:
    """Open ones first, then the latest done, each with its moves. Two queries."""
    rows = Deadline.objects.filter(episode=episode).select_related("owner", "done_by")
    rows = rows.prefetch_related("moves__by")
    return sorted(rows, key=lambda each: (each.done_at is not None, -(each.done_at or each.due_at).timestamp()))


def deadlines_due(staff: Staff, *, own: bool = False) -> QuerySet[Deadline]:
    """Open deadlines this person owns, and those of their own patients; a director's: all, unless only the own are
    asked for. The latest first."""
    due = Deadline.objects.open()
    if own or not staff.has_role(Role.DIRECTOR):
        due = due.filter(Q(owner=staff) | Q(episode__patient__in=own_patients(staff)))
    else:
        due = due.filter(Q(owner=staff) | not_hidden(staff, "episode__patient"))
    return due.select_related("episode__patient", "owner").order_by("due_at")


def page_of(deadline: Deadline) -> str:
    """The name of the patient's page on which it is done."""
    return "chart:contacts" if deadline.kind in Deadline.CALLS else "chart:plan"


def plans_due(staff: Staff) -> QuerySet[Deadline]:
    """`deadlines_due` without the calls after IOP."""
    return deadlines_due(staff).exclude(kind__in=Deadline.CALLS)


def plans_waiting(staff: Staff) -> Waiting:
    """How many plans are late, for the menu; what is not due yet waits on its page. One query."""
    late = plans_due(staff).filter(due_at__lte=timezone.now()).count()
    return Waiting(late, late)
