"""A patient's page: the one next thing, the week, the way through."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.db.models import Q

from stepdown.admissions.models import Episode
from stepdown.attendance.models import Attendance
from stepdown.people.models import Patient
from stepdown.placement.domain.chairs import week_of
from stepdown.placement.models import Seat
from stepdown.privacy.queries import missing_consents
from stepdown.timetable import queries as timetable
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session

SOON = timedelta(hours=12)


@dataclass(frozen=True)
class WeekDay:
    """One session of this week. state: done, now, coming, cancelled; attendance: what was recorded, if anything."""

    session: Session
    state: str
    attendance: Attendance | None


@dataclass(frozen=True)
class Home:
    """kind of the next thing: offer, meeting (on or soon), later, waiting (no seat yet), ended."""

    kind: str
    held: Seat | None
    session: Session | None
    running: bool
    week: list[WeekDay]
    episode: Episode | None
    been: int
    of: int
    week_number: int | None
    weeks_to_go: int | None
    to_sign: int


def home(patient: Patient, now: datetime, zone: tzinfo) -> Home:
    """Everything the page shows; at most ten queries."""
    held = Seat.objects.held().filter(patient=patient, held_until__gt=now).select_related("group__leader").first()
    session = _next_session(patient, now)
    episode = patient.episodes.filter(ended_at=None).first()
    seat = Seat.objects.accepted().at(now).filter(patient=patient).select_related("group__program").first()
    counted = Attendance.objects.filter(patient=patient, session__ends_at__lte=now)
    been = counted.filter(minutes__gt=0)
    if seat:
        counted, been = counted.filter(seat=seat), been.filter(seat=seat)
    return Home(
        kind=_kind(held, session, episode, now),
        held=held,
        session=session,
        running=bool(session and session.starts_at <= now),
        week=_week(patient, now, zone),
        episode=episode,
        been=been.count(),
        of=counted.count(),
        week_number=week_of(seat.starts_at, now) if seat else None,
        weeks_to_go=max(0, -(-(seat.ends_at - now).days // 7)) if seat and seat.ends_at else None,
        to_sign=len(missing_consents(patient)),
    )


def _next_session(patient: Patient, now: datetime) -> Session | None:
    """The session that is on or the next one to come; one that its leader has ended is over, whatever the hour."""
    coming = timetable.sessions_of_patient(patient).filter(cancelled_at=None, ends_at__gt=now)
    return coming.filter(Q(room=None) | Q(room__ended_at=None)).order_by("starts_at").first()


def _kind(held: Seat | None, session: Session | None, episode: Episode | None, now: datetime) -> str:
    if session and session.starts_at <= now + SOON:
        return "meeting"
    if held:
        return "offer"
    if session:
        return "later"
    return "waiting" if episode else "ended"


def _week(patient: Patient, now: datetime, zone: tzinfo) -> list[WeekDay]:
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    start, end = (moment(day, datetime.min.time(), zone) for day in (monday, monday + timedelta(days=7)))
    sessions = list(
        timetable.sessions_of_patient(patient).filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at")
    )
    recorded = {a.session_id: a for a in Attendance.objects.filter(patient=patient, session__in=sessions)}
    return [WeekDay(s, _state(s, now, today, zone), recorded.get(s.pk)) for s in sessions]


def _state(session: Session, now: datetime, today: date, zone: tzinfo) -> str:
    if session.cancelled_at:
        return "cancelled"
    if session.ends_at <= now:
        return "done"
    return "now" if session.starts_at.astimezone(zone).date() == today else "coming"
