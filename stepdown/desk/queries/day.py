"""The clinician's day: today's groups, who of the next one needs someone, what is late, what comes."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from stepdown.attendance import queries as attendance
from stepdown.attendance.models import Attendance
from stepdown.attendance.queries import Mark
from stepdown.chart import queries as chart
from stepdown.chart.domain.parts import DUE_AFTER
from stepdown.desk.queries import todos
from stepdown.desk.queries.todos import COMING_SHOWN, SHOWN, Todo
from stepdown.kernel.instruments import load
from stepdown.kernel.spans import Span
from stepdown.live.missing import MissingRow, missing_rows
from stepdown.live.models import DoorCheck
from stepdown.live.permissions import DOOR_OPENS, reopen
from stepdown.live.queries import LATEST, is_of_door
from stepdown.measures import queries as measures
from stepdown.people.models import License, Role, Staff
from stepdown.placement.domain.chairs import week_of
from stepdown.placement.models import Seat
from stepdown.timetable import queries as timetable
from stepdown.timetable.cannot_come import told_of
from stepdown.timetable.models import CannotCome, Session, SessionQuerySet
from stepdown.transitions import queries as transitions

HIGH_URGE = 7
AHEAD = timedelta(weeks=2)
DRAWN = 10


@dataclass(frozen=True)
class Row:
    """One person of the next group. needs: 0 ordinary, 1 attention, 2 urgent. urges: the last five, oldest first.
    missing: while the door is open, how to reach them and what was tried; None for who is there. told: that they
    cannot come, if they told us."""

    seat: Seat
    week: int
    door: DoorCheck | None
    urges: list[int | None]
    marks: list[Mark]
    since: list[str]
    needs: int
    missing: MissingRow | None = None
    told: CannotCome | None = None


@dataclass
class Day:
    """on: the reader's date. sessions: of today's session_count, earliest first, the DRAWN that run or come
    soonest, before those that are over. next: the running or next one, within two weeks; one's own where there is
    one. is_today: whether it runs or comes today.
    late: the first of all late_count things that are late. coming: the first that come next, coming_more: how many
    more. changed: today's sessions that were called off, moved or added. rooms: but for next, the sessions whose room
    the reader may open, go into or open again now, earliest first."""

    on: date
    now: datetime
    frame: Span
    sessions: list[Session]
    session_count: int
    counts: dict[UUID, tuple[int, int]]
    next: Session | None
    is_today: bool
    rows: list[Row] = field(default_factory=list)
    late: list[Todo] = field(default_factory=list)
    late_count: int = 0
    coming: list[Todo] = field(default_factory=list)
    coming_more: int = 0
    changed: list[Session] = field(default_factory=list)
    rooms: list[Session] = field(default_factory=list)

    @property
    def running(self) -> bool:
        return self.next is not None and self.next.starts_at <= self.now

    @property
    def checked_in(self) -> int:
        return sum(row.door is not None for row in self.rows)


def day_of(staff: Staff, now: datetime, zone: tzinfo) -> Day:
    """The day of a counselor, or of the whole center for a director. At most 42 queries, whatever the size."""
    on = now.astimezone(zone).date()
    own = list(_standing(staff, on, zone, now))
    sessions, count = _drawn(_standing(None, on, zone, now), now) if staff.has_role(Role.DIRECTOR) else (own, len(own))
    today = next((s for s in own + sessions if not _is_over(s, now)), None)
    ahead = today or _ahead(staff, now)
    day = Day(on, now, _frame(sessions, now, zone), sessions, count, _counts(sessions), ahead, today is not None)
    day.changed = list(timetable.changed_on(None if staff.has_role(Role.DIRECTOR) else staff, on, zone)[:SHOWN])
    day.rooms = [session for session in _rooms(staff, now) if session != today]
    if ahead:
        day.rows = _rows(ahead, staff, now)
    _add_todos(day, staff)
    return day


def _standing(leads: Staff | None, on: date, zone: tzinfo, now: datetime) -> SessionQuerySet:
    """The day's sessions that are held, and those of the day before that still run; of one leader, or of the whole
    center."""
    return _with_their_own(timetable.sessions_of_day(leads, on, zone, now).standing())


def _with_their_own(sessions: SessionQuerySet) -> SessionQuerySet:
    return sessions.select_related(None).select_related("group", "topic", "leader", "room")


def _rooms(staff: Staff, now: datetime) -> list[Session]:
    """Sessions of any day whose room this person may lead now, or open again, but for those that are past and never
    had one. One query."""
    around = Session.objects.standing().filter(starts_at__lte=now + DOOR_OPENS, ends_at__gte=now - LATEST)
    around = around.filter(Q(ends_at__gt=now) | Q(room__isnull=False))
    if not staff.has_role(Role.DIRECTOR):
        around = around.filter(Q(leader=staff) | Q(co_leader=staff))
    found = _with_their_own(around).order_by("starts_at", "group__name")
    return [session for session in found if reopen(staff, session, now)]


def _is_over(session: Session, now: datetime) -> bool:
    """By the clock, or because its leader ended it before."""
    room = getattr(session, "room", None)
    return session.ends_at <= now or bool(room and room.ended_at)


def _ahead(staff: Staff, now: datetime) -> Session | None:
    """The next session of the coming weeks, when none is left today: one's own, or for a director any. Two queries."""
    coming = _with_their_own(Session.objects.standing().filter(starts_at__gt=now, starts_at__lt=now + AHEAD))
    coming = coming.exclude(room__ended_at__isnull=False).order_by("starts_at")
    own = coming.filter(Q(leader=staff) | Q(co_leader=staff)).first()
    return own or (coming.first() if staff.has_role(Role.DIRECTOR) else None)


def _drawn(sessions: SessionQuerySet, now: datetime) -> tuple[list[Session], int]:
    """The first that are not over, and where they leave room, the last of those before; and how many there are in
    all. Three queries."""
    ahead = list(sessions.filter(ends_at__gt=now)[:DRAWN])
    over = sessions.filter(ends_at__lte=now).order_by("-starts_at")[: DRAWN - len(ahead)]
    return [*reversed(over), *ahead], sessions.count()


def _frame(sessions: list[Session], now: datetime, zone: tzinfo) -> Span:
    """From 8 am to 9 pm, or further when a group meets outside."""
    local = now.astimezone(zone)
    first = min([local.replace(hour=8), *(s.starts_at.astimezone(zone) for s in sessions)])
    last = max([local.replace(hour=21), *(s.ends_at.astimezone(zone) for s in sessions)])
    start = first.replace(minute=0, second=0, microsecond=0)
    end = last.replace(minute=0, second=0, microsecond=0)
    return Span(start, end if end >= last else end + timedelta(hours=1))


def _counts(sessions: list[Session]) -> dict[UUID, tuple[int, int]]:
    """session id -> (how many came, of how many), for sessions with attendance. One query."""
    found: dict[UUID, tuple[int, int]] = {}
    rows = (
        Attendance.objects.filter(session__in=sessions)
        .values_list("session")
        .annotate(all=Count("id"), there=Count("id", filter=Q(status__in=Attendance.THERE)))
    )
    for session_id, of, there in rows:
        found[session_id] = (there, of)
    return found


def _rows(session: Session, staff: Staff, now: datetime) -> list[Row]:
    leads = staff.pk in (session.leader_id, session.co_leader_id)
    seats = timetable.roster(session, None if leads else staff)
    ids = [seat.patient_id for seat in seats]
    marks = attendance.marks(ids)
    doors = _doors(ids)
    told = told_of(session)
    missing = _missing(session, now, told)
    rows = []
    for seat in seats:
        checks = doors.get(seat.patient_id, [])
        today = checks[-1] if checks and is_of_door(checks[-1], session) else None
        since, needs = _since(
            today or (checks[-1] if checks else None), marks.get(seat.patient_id, []), today is not None
        )
        urges = [c.craving for c in checks]
        week, last = week_of(seat.starts_at, now, session.group.zone), marks.get(seat.patient_id, [])
        who = seat.patient_id
        rows.append(Row(seat, week, today, urges, last, since, needs, missing.get(who), told.get(who)))
    return sorted(rows, key=lambda r: (-r.needs, -(r.urges[-1] or 0) if r.urges else 0))


def _missing(session: Session, now: datetime, told: dict[UUID, CannotCome]) -> dict[UUID, MissingRow]:
    """patient id -> how to reach them, of everyone who is neither in nor waiting while the door is open; seven
    queries."""
    if not session.starts_at - DOOR_OPENS <= now <= session.ends_at:
        return {}
    return {row.patient.pk: row for row in missing_rows(session, now, told=told)}


def _doors(patients: list[UUID]) -> dict[UUID, list[DoorCheck]]:
    """patient id -> their last five door checks, oldest first, the latest of each session. One query."""
    newest = Window(RowNumber(), partition_by=[F("patient_id")], order_by=F("at").desc())
    found: dict[UUID, list[DoorCheck]] = {}
    for check in (
        DoorCheck.objects.filter(patient__in=patients).annotate(newest=newest).filter(newest__lte=8).order_by("at")
    ):
        checks = found.setdefault(check.patient_id, [])
        if checks and checks[-1].session_id == check.session_id:
            checks.pop()
        checks.append(check)
    return {patient: checks[-5:] for patient, checks in found.items()}


def _since(check: DoorCheck | None, marks: list[Mark], is_today: bool) -> tuple[list[str], int]:
    """What happened since last time, in short sentences, and how much it needs someone (0, 1, 2)."""
    said, needs = [], 0
    if check and (check.craving or 0) >= HIGH_URGE:
        said.append(f"Urge {check.craving}" if is_today else f"Urge {check.craving} last time")
        needs = 2 if is_today else 1
    if check and check.mood == DoorCheck.Mood.VERY_LOW:
        said.append("Mood very low")
        needs = max(needs, 2 if is_today else 1)
    missed = 0
    for mark in reversed(marks):
        if mark.kind != "missed":
            break
        missed += 1
    if missed >= 2:
        said.append(f"Missed {'two' if missed == 2 else missed} in a row")
        needs = 2
    elif missed:
        said.append(f"Missed {marks[-1].on:%A}")
        needs = max(needs, 1)
    if is_today and check and check.used_since:
        said.append("Used since last time, told us at the door")
        needs = max(needs, 1)
    return said, needs


def _add_todos(day: Day, staff: Staff) -> None:
    """What is late and what comes, the first of each. Twenty queries, of directors 22, however much waits."""
    now, upcoming = day.now, day.next
    notes, notes_late, notes_coming = _to_sign(staff, chart.sessions_due(staff, now), now)
    seats, seats_late, seats_coming = _to_offer(transitions.seats_to_follow(staff, now), now)
    due, due_late = todos.due_plans(staff, now)
    used, used_late = todos.waiting_returns(staff, now)
    missed, missed_late = todos.missed_people(staff, now)
    tests, tests_late = todos.open_drug_tests(staff, now)
    incidents, incidents_late = todos.open_incidents(staff, now)
    told, told_late = todos.open_emergencies(staff, now)
    cosigns, cosigns_late = todos.to_cosign(staff, now)
    drafts, drafts_late = todos.contact_drafts(staff, now)
    neglected = todos.neglected_cosigns(staff, now)
    day.late_count = notes_late + seats_late + due_late + used_late + missed_late + tests_late + incidents_late
    day.late_count += told_late + cosigns_late + drafts_late + len(neglected)
    every = notes + seats + due + used + missed + tests + incidents + told + cosigns + drafts + neglected
    day.late = _first([todo for todo in every if todo.at <= now], SHOWN)
    coming = [todo for todo in notes + seats if todo.at > now]
    unread = notes_coming + seats_coming - len(coming)
    coming += [todo for todo in due + cosigns + drafts if todo.at > now]
    coming += todos.plans_to_sign(staff) + todos.changes_asked(staff) + todos.questions_to(staff)
    ending = License.objects.filter(staff=staff, expires_on__range=(now.date(), now.date() + timedelta(days=60)))
    for license, state, expires_on in ending.values_list("pk", "state", "expires_on"):
        url = reverse("people:license", args=[license])
        coming.append(Todo(expires_on or now, f"Your {state} license ends", "Tell the office when it is renewed", url))
    for asking in measures.to_ask(staff, now, day.on)[:SHOWN]:
        url = reverse("measures:fill_in", args=[asking.pk])
        what = f"Ask {asking.patient.called} the {load(asking.instrument).short_name}"
        coming.append(Todo(asking.due_on, what, str(asking.get_why_display()), url))
    if upcoming and day.is_today and staff.pk in (upcoming.leader_id, upcoming.co_leader_id):
        coming.append(
            Todo(
                upcoming.ends_at,
                f"{upcoming.group.name} group note",
                "Opens when the group ends, due in 24 hours",
                "",
            )
        )
    coming += [todo for todo in tests if todo.at > now]
    answers = [todo for todo in told + missed + incidents + used if todo.at > now]
    day.coming = answers + _first(coming, COMING_SHOWN)
    day.coming_more = len(answers) + len(coming) + unread - len(day.coming)


def _first(todos: list[Todo], shown: int) -> list[Todo]:
    return sorted(todos, key=lambda todo: todo.at.isoformat())[:shown]


def _first_of_each(rows: QuerySet[Any], late: Q) -> tuple[QuerySet[Any], int, int]:
    """The first SHOWN that are late and the first that are not, and how many there are of each. Their ids are counted
    and put in order, and only the rows of those shown are read."""
    kinds = rows.select_related(None).order_by("ends_at").annotate(late=ExpressionWrapper(late, BooleanField()))
    placed = kinds.annotate(
        place=Window(RowNumber(), partition_by=F("late"), order_by="ends_at"),
        of=Window(Count("pk"), partition_by=F("late")),
    )
    shown = list(placed.filter(place__lte=SHOWN).values_list("pk", "late", "of"))
    counts = {is_late: of for _pk, is_late, of in shown}
    read = rows.model._default_manager.filter(pk__in=[pk for pk, _late, _of in shown]).order_by("ends_at")
    return read, counts.get(True, 0), counts.get(False, 0)


def _to_sign(staff: Staff, sessions: QuerySet[Session], now: datetime) -> tuple[list[Todo], int, int]:
    """The notes to sign that are shown, how many are late, and how many are not. Two queries."""
    rows, late, coming = _first_of_each(sessions, Q(ends_at__lte=now - DUE_AFTER))
    return [_note(staff, session) for session in rows.select_related("group", "leader")], late, coming


def _note(staff: Staff, session: Session) -> Todo:
    """A note to sign. A director waits for the notes of others: they stand on the page of notes."""
    at, group = session.ends_at + DUE_AFTER, session.group.name
    if staff.pk in (session.leader_id, session.co_leader_id):
        url = reverse("chart:write", args=[session.pk])
        return Todo(at, f"Sign the note, {group}", "Due 24 hours after the group", url)
    return Todo(at, f"{group} group note", f"{session.leader.first_name} signs it", reverse("chart:notes"))


def _to_offer(seats: QuerySet[Seat], now: datetime) -> tuple[list[Todo], int, int]:
    """The seats to offer that are shown, how many are late, and how many are not. Two queries."""
    rows, late, coming = _first_of_each(seats, Q(ends_at__lte=now))
    todos = [
        Todo(
            seat.ends_at,
            f"Offer {seat.patient.called} an Aftercare seat",
            f"The three months {'ended' if seat.ends_at <= now else 'end'} {seat.ends_at:%B %-d}",
            reverse("transitions:step_down", args=[seat.episode_id]),
        )
        for seat in rows.select_related("patient")
    ]
    return todos, late, coming
