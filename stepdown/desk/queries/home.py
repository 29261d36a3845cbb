"""A patient's page: the one next thing, the week, the way through."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import get_language

from stepdown.admissions.models import Episode
from stepdown.attendance.models import Attendance
from stepdown.chart.models import DrugTest, HomeworkOf, PlanVersion, SafetyPlan
from stepdown.chart.queries_drug_tests import waiting_of
from stepdown.chart.queries_plan import plan_for, signatures_visible_to
from stepdown.chart.queries_safety import safety_plan_of
from stepdown.chart.queries_topics import homework_open, with_titles
from stepdown.live.permissions import DOOR_OPENS
from stepdown.live.queries import meetings_from
from stepdown.people.models import Patient
from stepdown.placement.domain.chairs import week_of
from stepdown.placement.models import Seat
from stepdown.privacy.queries import missing_consents
from stepdown.privacy.queries_minors import waits_for_parent
from stepdown.privacy.queries_notice import Standing, standing
from stepdown.timetable import queries as timetable
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Handout, Session

SOON = timedelta(hours=12)
# How far the page tells of changes.
AHEAD = timedelta(weeks=4)
LATELY = timedelta(weeks=2)
CHANGES_SHOWN = 6
# How many handouts of past sessions are offered.
RECENT = 3


@dataclass(frozen=True)
class WeekDay:
    """One session of this week. state: done, now, coming, cancelled; attendance: what was recorded, if anything;
    handout: of its topic, if it has one."""

    session: Session
    state: str
    attendance: Attendance | None
    handout: Handout | None


@dataclass(frozen=True)
class ToRead:
    """A handout to open. state: now, next, past."""

    session: Session
    handout: Handout
    state: str


@dataclass(frozen=True)
class Home:
    """kind of the next thing: offer, meeting (on, today or soon), later, waiting (no seat yet), ended.
    changes: sessions of the weeks after this one that were moved, called off, added or changed
    lately, the first of them.
    homework: open, each with the handout whose exercise it is.
    signed_plans: they signed some, of which none is in force any more.
    part: of the day, for the greeting. first: they have been to no group yet. days_away: of the session."""

    kind: str
    part: str
    held: Seat | None
    session: Session | None
    running: bool
    first: bool
    days_away: int | None
    door_at: datetime | None
    door_open: bool
    week: list[WeekDay]
    changes: list[Session]
    handouts: list[ToRead]
    episode: Episode | None
    been: int
    of: int
    week_number: int | None
    weeks_to_go: int | None
    to_sign: int
    waits_for_parent: bool
    notice: Standing
    plan: PlanVersion | None
    signed_plans: bool
    safety_plan: SafetyPlan | None
    test: DrugTest | None
    homework: list[tuple[HomeworkOf, Handout | None]]


def home(patient: Patient, now: datetime, zone: tzinfo) -> Home:
    """Everything the page shows; at most seventeen queries."""
    held = (
        Seat.objects.held()
        .filter(patient=patient, held_until__gt=now)
        .select_related("group__leader", "group__program")
        .first()
    )
    session = meetings_from(patient, now).first()
    episode = patient.episodes.filter(ended_at=None).first()
    seat = Seat.objects.accepted().at(now).filter(patient=patient).select_related("group__program").first()
    here = Q(seat=seat) if seat else Q(patient=patient)
    over = Q(session__ends_at__lte=now) | Q(session__room__ended_at__lte=now)
    been = here & Q(status__in=Attendance.THERE)
    counts = Attendance.objects.filter(over, patient=patient, session__cancelled_at=None).aggregate(
        all=Count("pk"), of=Count("pk", filter=here), been=Count("pk", filter=been)
    )
    today = now.astimezone(zone).date()
    days_away = (session.starts_at.astimezone(zone).date() - today).days if session else None
    door_at = session.starts_at - DOOR_OPENS if session else None
    days, changes = _weeks(patient, now, zone)
    recent = _recent(patient, now, session)
    handouts = timetable.handouts([*days, *recent, *([session] if session else [])], get_language() or "en")
    plan = plan_for(patient)
    return Home(
        kind=_kind(held, session, episode, now, days_away),
        part=_part(now.astimezone(zone).hour),
        held=held,
        session=session,
        running=bool(session and session.starts_at <= now),
        first=not counts["all"],
        days_away=days_away,
        door_at=door_at,
        door_open=bool(door_at and door_at <= now),
        week=_week(patient, days, handouts, now, zone),
        changes=changes,
        handouts=_to_read(session, recent, handouts, now),
        episode=episode,
        been=counts["been"],
        of=counts["of"],
        week_number=week_of(seat.starts_at, now, seat.group.zone) if seat else None,
        weeks_to_go=max(0, -(-(seat.ends_at - now).days // 7)) if seat and seat.ends_at else None,
        to_sign=len(missing_consents(patient)),
        waits_for_parent=waits_for_parent(patient, now),
        notice=standing(patient),
        plan=plan,
        signed_plans=plan is None and signatures_visible_to(patient).exists(),
        safety_plan=safety_plan_of(patient),
        test=waiting_of(patient),
        homework=with_titles(homework_open(patient), get_language() or "en"),
    )


def _part(hour: int) -> str:
    """Of the day: "morning", "afternoon" or "evening"."""
    return "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 17 else "evening"


def _kind(
    held: Seat | None, session: Session | None, episode: Episode | None, now: datetime, days_away: int | None
) -> str:
    if session and (days_away == 0 or session.starts_at <= now + SOON):
        return "meeting"
    if held:
        return "offer"
    if session:
        return "later"
    return "waiting" if episode else "ended"


def _weeks(patient: Patient, now: datetime, zone: tzinfo) -> tuple[list[Session], list[Session]]:
    """This week's sessions, and those of the weeks after it that were changed. One query."""
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    ends = (monday, monday + timedelta(days=7), monday + timedelta(days=7) + AHEAD)
    start, end, ahead = (moment(day, datetime.min.time(), zone) for day in ends)
    changed = Q(moved_from__isnull=False) | Q(cancelled_at__isnull=False) | Q(makes_up_for__isnull=False)
    changed |= Q(changed_at__gte=now - LATELY)
    found = list(
        timetable.sessions_of_patient(patient)
        .filter(Q(starts_at__lt=end) | changed, starts_at__gte=start, starts_at__lt=ahead)
        .select_related("room")
        .order_by("starts_at")
    )
    return [s for s in found if s.starts_at < end], [s for s in found if s.starts_at >= end][:CHANGES_SHOWN]


def _recent(patient: Patient, now: datetime, session: Session | None) -> list[Session]:
    """The last sessions with a topic that have begun, latest first, without the one that is on. One query."""
    begun = timetable.sessions_of_patient(patient).filter(cancelled_at=None, starts_at__lte=now)
    on = [session.pk] if session else []
    return list(begun.exclude(topic=None).exclude(pk__in=on).order_by("-starts_at")[:RECENT])


def _week(
    patient: Patient, days: list[Session], handouts: dict[UUID, Handout], now: datetime, zone: tzinfo
) -> list[WeekDay]:
    today = now.astimezone(zone).date()
    recorded = {a.session_id: a for a in Attendance.objects.filter(patient=patient, session__in=days)}
    return [
        WeekDay(s, _state(s, now, today, zone), recorded.get(s.pk), handouts.get(s.topic_id) if s.topic_id else None)
        for s in days
    ]


def _to_read(
    session: Session | None, recent: list[Session], handouts: dict[UUID, Handout], now: datetime
) -> list[ToRead]:
    """The handout of the session that is on or comes next, and of the last ones."""
    found = [ToRead(past, handouts[past.topic_id], "past") for past in recent if past.topic_id]
    if session and session.topic_id:
        found.insert(0, ToRead(session, handouts[session.topic_id], "now" if session.starts_at <= now else "next"))
    return found


def _state(session: Session, now: datetime, today: date, zone: tzinfo) -> str:
    if session.cancelled_at:
        return "cancelled"
    room = getattr(session, "room", None)
    if session.ends_at <= now or (room and room.ended_at):
        return "done"
    return "now" if session.starts_at.astimezone(zone).date() == today else "coming"
