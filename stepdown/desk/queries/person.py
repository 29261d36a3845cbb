"""Where one patient is in the program: episode, level, group, chair, week, and every session of their seat."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from stepdown.admissions.models import Episode, Level
from stepdown.attendance.domain.marks import MARK_OF
from stepdown.attendance.models import Attendance
from stepdown.kernel.decision import ALLOW, Decision
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.domain.chairs import week_of
from stepdown.placement.models import Seat
from stepdown.placement.permissions import offer_seats
from stepdown.placement.queries import patients_visible_to
from stepdown.timetable.models import Session
from stepdown.timetable.queries import next_session_of
from stepdown.transitions.permissions import decide

READS_NOTES = (Role.COUNSELOR, Role.DIRECTOR)
PAST_SHOWN, AHEAD_SHOWN = 42, 39


@dataclass(frozen=True)
class Mark:
    """One session of the seat. kind: of the small marks that are drawn. week: of the seat, from 1."""

    kind: str
    on: date
    week: int


@dataclass(frozen=True)
class Person:
    """A patient as this reader may see them. clinical: the reader sees what was said in sessions, and notes.

    day: of the program, from 1. marks: every session of the seat, past and planned, or the latest where there are very
    many (is_cut). counts: by kind of mark, and hours of clinical time, since the episode began. leads: who has to act.
    """

    patient: Patient
    episode: Episode | None
    seat: Seat | None
    held: Seat | None
    coming_seat: Seat | None
    week: int | None
    weeks: int | None
    day: int | None
    level: str
    next_session: Session | None
    marks: list[Mark]
    is_cut: bool
    counts: Counter[str]
    hours: float
    clinical: bool
    may_offer: Decision
    may_move: Decision

    @property
    def by_week(self) -> list[tuple[int, list[Mark]]]:
        return [(week, list(marks)) for week, marks in groupby(self.marks, key=lambda mark: mark.week)]

    @property
    def leads(self) -> str:
        """Who does what the care team has to do next."""
        if self.seat:
            return self.seat.group.leader.name
        return self.patient.counselor.name if self.patient.counselor else "The care team"

    @property
    def missed_in_a_row(self) -> int:
        held = [mark.kind for mark in self.marks if mark.kind not in ("future", "now")]
        return next((n for n, kind in enumerate(reversed(held)) if kind != "missed"), len(held))


def visible(staff: Staff) -> QuerySet[Patient]:
    return patients_visible_to(staff).select_related("counselor")


def person(patient: Patient, staff: Staff, now: datetime) -> Person:
    """At most nine queries, however long the history."""
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
    marks, is_cut = _marks(patient, seat or coming_seat, now)
    episode = patient.episodes.select_related("patient", "assessment").order_by("-planned_at").first()
    clinical = staff.has_role(*READS_NOTES)
    counts, hours = _counted(patient, episode)
    began = episode.admitted_on if episode else None
    return Person(
        patient=patient,
        episode=episode,
        seat=seat,
        held=held,
        coming_seat=coming_seat,
        week=week_of(seat.starts_at, now) if seat else None,
        weeks=seat.group.program.weeks if seat else None,
        day=(now.astimezone(seat.group.zone).date() - began).days + 1 if seat and began else None,
        level=str(Level(seat.group.program.level).label) if seat else "",
        next_session=next_session_of(patient, now) if accepted else None,
        marks=marks,
        is_cut=is_cut,
        counts=counts,
        hours=hours,
        clinical=clinical,
        may_offer=offer_seats(staff),
        may_move=decide(staff, episode, seat or coming_seat) if clinical and episode else ALLOW,
    )


def _marks(patient: Patient, seat: Seat | None, now: datetime) -> tuple[list[Mark], bool]:
    """Sessions of the seat, and whether earlier ones are left out. Three queries."""
    if seat is None:
        return [], False
    sessions = Session.objects.standing().filter(group=seat.group, starts_at__gte=seat.starts_at)
    if seat.ends_at:
        sessions = sessions.filter(starts_at__lt=seat.ends_at)
    rows = sessions.order_by("starts_at").values_list("pk", "service_date", "starts_at", "ends_at")
    begun = list(rows.filter(starts_at__lte=now).order_by("-starts_at")[: PAST_SHOWN + 1])
    shown = [*reversed(begun[:PAST_SHOWN]), *rows.filter(starts_at__gt=now)[:AHEAD_SHOWN]]
    held = Attendance.objects.filter(patient=patient, session__in=[pk for pk, *_ in begun])
    status = dict(held.values_list("session", "status"))
    marks = []
    for pk, on, starts, ends in shown:
        kind = "now" if starts <= now < ends else MARK_OF.get(status.get(pk, ""), "future")
        marks.append(Mark(kind, on, week_of(seat.starts_at, starts)))
    return marks, len(begun) > PAST_SHOWN


def _counted(patient: Patient, episode: Episode | None) -> tuple[Counter[str], float]:
    """(sessions by kind of mark, clinical hours) of the episode. One query."""
    rows = Attendance.objects.filter(patient=patient, seat__episode=episode).values_list("status")
    counts, minutes = Counter[str](), 0
    for status, sessions, counted in rows.annotate(
        n=Count("pk"), sum=Sum(Coalesce(F("confirmed_minutes"), F("minutes")))
    ):
        counts[MARK_OF.get(status, "future")] += sessions
        minutes += counted or 0
    return counts, round(minutes / 60, 1)
