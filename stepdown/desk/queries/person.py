"""Where one patient is in the program: episode, level, group, chair, week, and every session of their seat."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from stepdown.admissions.models import Episode, Level
from stepdown.attendance.domain.marks import MARK_OF
from stepdown.attendance.models import Attendance
from stepdown.kernel.decision import ALLOW, Decision
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.domain.chairs import week_of
from stepdown.placement.models import Seat
from stepdown.placement.permissions import offer_seats
from stepdown.timetable.models import Session
from stepdown.timetable.queries import next_session_of
from stepdown.transitions.permissions import decide

READS_NOTES = (Role.COUNSELOR, Role.DIRECTOR)
PAST_SHOWN, AHEAD_SHOWN = 42, 39
FAR = datetime(9000, 1, 1, tzinfo=UTC)
LATELY = timedelta(days=1)
OF_SESSION = ("service_date", "starts_at", "ends_at", "own__status", "topic__title", "leader__name")


@dataclass(frozen=True)
class Mark:
    """One session of the seat. kind: of the small marks that are drawn. week: of the seat, from 1."""

    kind: str
    on: date
    week: int


@dataclass(frozen=True)
class NextSession:
    """The one that is on, or the next to come, in names; topic "" where none is planned."""

    starts_at: datetime
    group: str
    topic: str
    leader: str


@dataclass(frozen=True)
class Sessions:
    """Those of a seat: marks of the latest and of those to come; is_cut: earlier ones are left out."""

    marks: list[Mark]
    is_cut: bool
    next: NextSession | None


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
    next_session: NextSession | None
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


def person(patient: Patient, staff: Staff, now: datetime) -> Person:
    """At most six queries, however long the history."""
    seats = _seats(patient.pk)
    accepted = [s for s in seats if s.accepted_at]
    seat = next((s for s in accepted if s.starts_at <= now and (s.ends_at is None or s.ends_at > now)), None)
    coming_seat = next((s for s in accepted if s.starts_at > now), None)
    held = next((s for s in seats if not s.accepted_at and s.held_until > now), None)
    sessions = _sessions(patient, seat or coming_seat, now)
    coming = sessions.next
    others = [s for s in accepted if s is not (seat or coming_seat)]
    if coming is None and any(s.ends_at is None or s.ends_at > now - LATELY for s in others):
        coming = _next_of_all(patient, now)
    episode = _last_episode(patient)
    clinical = staff.has_role(*READS_NOTES)
    counts, hours = _counted(patient, episode)
    began = episode.admitted_on if episode else None
    return Person(
        patient=patient,
        episode=episode,
        seat=seat,
        held=held,
        coming_seat=coming_seat,
        week=week_of(seat.starts_at, now, seat.group.zone) if seat else None,
        weeks=seat.group.program.weeks if seat else None,
        day=(now.astimezone(seat.group.zone).date() - began).days + 1 if seat and began else None,
        level=str(Level(seat.group.program.level).label) if seat else "",
        next_session=coming,
        marks=sessions.marks,
        is_cut=sessions.is_cut,
        counts=counts,
        hours=hours,
        clinical=clinical,
        may_offer=offer_seats(staff),
        may_move=decide(staff, episode, seat or coming_seat) if clinical and episode else ALLOW,
    )


def _sessions(patient: Patient, seat: Seat | None, now: datetime) -> Sessions:
    """One query."""
    if seat is None:
        return Sessions([], False, None)
    rows = _of_seat(patient.pk, seat.group_id, seat.starts_at, seat.ends_at or FAR, now)
    found = sorted(rows, key=lambda row: row.starts_at)
    is_cut = sum(row.starts_at <= now for row in found) > PAST_SHOWN
    coming = next((row for row in found if row.ends_at > now), None)
    if coming:
        coming = NextSession(coming.starts_at, seat.group.name, coming.topic__title or "", coming.leader__name)
    return Sessions([_mark(row, seat, now) for row in found[is_cut:]], is_cut, coming)


@prepared
def _of_seat(patient: UUID, group: UUID, begins: datetime, ends: datetime, now: datetime) -> QuerySet[Session, Any]:
    """The group's sessions in that time, the latest that have begun and the next to come, with what the patient was."""
    sessions = Session.objects.standing().filter(group=group, starts_at__gte=begins, starts_at__lt=ends)
    own = FilteredRelation("attendances", condition=Q(attendances__patient=patient))
    rows = sessions.annotate(own=own).values_list(*OF_SESSION, named=True)
    begun = rows.filter(starts_at__lte=now).order_by("-starts_at")[: PAST_SHOWN + 1]
    return begun.union(rows.filter(starts_at__gt=now).order_by("starts_at")[:AHEAD_SHOWN], all=True)


def _mark(row: Any, seat: Seat, now: datetime) -> Mark:
    kind = "future"
    if row.starts_at <= now:
        kind = "now" if now < row.ends_at else MARK_OF.get(row.own__status or "", "future")
    return Mark(kind, row.service_date, week_of(seat.starts_at, row.starts_at, seat.group.zone))


def _next_of_all(patient: Patient, now: datetime) -> NextSession | None:
    """By whichever seat they accepted. One query."""
    found = next_session_of(patient, now)
    return NextSession(found.starts_at, found.group.name, str(found.topic or ""), found.leader.name) if found else None


def _counted(patient: Patient, episode: Episode | None) -> tuple[Counter[str], float]:
    """(sessions by kind of mark, clinical hours) of the episode. One query."""
    counts, minutes = Counter[str](), 0
    for status, sessions, counted in _statuses(patient.pk, episode.pk) if episode else ():
        counts[MARK_OF.get(status, "future")] += sessions
        minutes += counted or 0
    return counts, round(minutes / 60, 1)


@prepared
def _statuses(patient: UUID, episode: UUID) -> QuerySet[Attendance, Any]:
    """(status, how many, minutes that stand)."""
    rows = Attendance.objects.filter(patient=patient, seat__episode=episode, session__cancelled_at=None)
    return rows.values_list("status").annotate(n=Count("pk"), sum=Sum(Coalesce(F("confirmed_minutes"), F("minutes"))))


@prepared
def _seats(patient: UUID) -> QuerySet[Seat]:
    seats = Seat.objects.standing().filter(patient=patient).order_by("-starts_at")
    return seats.select_related("group__program", "group__leader", "chair")


def _last_episode(patient: Patient) -> Episode | None:
    for episode in _episodes(patient.pk):
        episode.patient = patient
        return episode
    return None


@prepared
def _episodes(patient: UUID) -> QuerySet[Episode]:
    return Episode.objects.filter(patient=patient).order_by("-planned_at")[:1]
