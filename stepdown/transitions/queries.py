"""Steps between levels as screens show them, each in a known number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from stepdown.admissions.models import Episode, Level, LevelStay
from stepdown.attendance.models import Attendance
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.domain.fit import Fit, weigh
from stepdown.placement.domain.runs import Sat, present_run
from stepdown.placement.models import Group, Program, Seat
from stepdown.placement.queries import (
    Pairs,
    end_of_seat,
    groups_now,
    licenses_of,
    narrowed,
    next_meeting,
    open_groups,
    patients_visible_to,
    person_of,
    place_of,
)
from stepdown.timetable.models import Session
from stepdown.transitions.domain.criteria import Criterion, Facts, step_down_criteria, weeks_attended
from stepdown.transitions.domain.days import share_of_way
from stepdown.transitions.models import Transition
from stepdown.transitions.queries_ratings import ratings_of
from stepdown.ui.navigation import MANY, Waiting

DUE_WITHIN = timedelta(weeks=3)
ENDED_SINCE = timedelta(weeks=4)


def episodes_visible_to(staff: Staff) -> QuerySet[Episode]:
    """Of everyone a director or counselor sees. Source: RULE PRIV-33 (minimum necessary)."""
    episodes = Episode.objects.select_related("patient", "assessment")
    if staff.has_role(Role.DIRECTOR, Role.COUNSELOR):
        return episodes.filter(patient__in=patients_visible_to(staff))
    return episodes.none()


def transitions_visible_to(staff: Staff) -> QuerySet[Transition]:
    return _whole(Transition.objects.filter(episode__in=episodes_visible_to(staff).values("pk")))


def _whole(transitions: QuerySet[Transition]) -> QuerySet[Transition]:
    return transitions.select_related(
        "episode__patient", "from_seat__group__program", "to_seat__group__program", "decided_by"
    )


def seat_now(episode: Episode, now: datetime | None = None) -> Seat | None:
    """The accepted seat that covers now, or the next one to come."""
    now = now or timezone.now()
    seats = Seat.objects.accepted().filter(Q(ends_at=None) | Q(ends_at__gt=now), episode=episode)
    return seats.select_related("group__program", "group__leader", "patient").order_by("starts_at").first()


def seat_to_leave(episode: Episode, now: datetime | None = None) -> Seat | None:
    """The seat from which the next move starts: the one they have now or next, else the last while care goes on."""
    if seat := seat_now(episode, now):
        return seat
    seats = Seat.objects.accepted().filter(episode=episode, episode__status=Episode.Status.ACTIVE)
    return seats.select_related("group__program", "group__leader", "patient").order_by("-starts_at").first()


def left_by(planned: Transition) -> Seat | None:
    """The seat that this move leaves: its old one, or the one at the same level to which they have moved since."""
    if planned.from_seat is None or planned.to_seat_id is None:
        return planned.from_seat
    seats = Seat.objects.accepted().filter(
        episode=planned.episode_id,
        group__program__level=planned.from_seat.group.program.level,
        starts_at__gte=planned.from_seat.starts_at,
    )
    return seats.exclude(pk=planned.to_seat_id).order_by("-starts_at").first()


def open_transition(episode: Episode) -> Transition | None:
    """The move that is planned and neither done nor taken back."""
    return _whole(_open_of(episode)).first()


def _open_of(episode: Episode | UUID) -> QuerySet[Transition]:
    return Transition.objects.filter(episode=episode, done_at=None, cancelled_at=None)


def facts_of(episode: Episode, seat: Seat, now: datetime) -> Facts:
    """What the record knows about readiness for the next step: of attendance, that of the present time at the level of
    this seat; the newest ratings. Five queries."""
    held = Attendance.objects.filter(
        seat__in=_run_of(episode, seat), session__ends_at__lte=now, session__cancelled_at=None
    )
    rows = list(held.exclude(status=Attendance.Status.CANCELLED_SITE).values_list("session__service_date", "status"))
    minutes = held.aggregate(sum=Coalesce(Sum(Coalesce("confirmed_minutes", "minutes")), 0))["sum"]
    first = min((day for day, _ in rows), default=seat.starts_at.astimezone(seat.group.zone).date())
    newest = next(iter(ratings_of(episode)), None)
    return Facts(
        weeks_attended=weeks_attended(((day, status in Attendance.THERE) for day, status in rows), first),
        minutes_attended=minutes,
        minutes_a_week=minutes_a_week(seat.group.program),
        ratings=newest.ratings if newest else {},
        rated_on=newest.at.astimezone(seat.group.zone).date() if newest and newest.at else None,
    )


def _run_of(episode: Episode, seat: Seat) -> list[UUID]:
    """Ids of this seat and of those before it in the same time at its level."""
    seats = (
        Seat.objects.accepted().filter(episode=episode, starts_at__lte=seat.starts_at).exclude(starts_at=F("ends_at"))
    )
    found = list(seats.select_related("group__program").order_by("starts_at"))
    run = present_run([Sat(one.group.program.level, one.starts_at, one.ends_at) for one in found])
    return [one.pk for one in found[-len(run) :]]


def minutes_a_week(program: Program) -> int:
    """Clinical minutes of one full week of the program: its meetings less their planned breaks."""
    return program.meetings_a_week * (program.meeting_minutes - sum(length for _, length in program.breaks))


def criteria_of(episode: Episode, seat: Seat, now: datetime | None = None) -> list[Criterion]:
    """The criteria of the step down with what is known of each."""
    return step_down_criteria(facts_of(episode, seat, now or timezone.now()))


@dataclass(frozen=True)
class Choice:
    """A group that could follow: how many chairs are free from its first session on, when that is, why and why not."""

    group: Group
    free: int
    first_at: datetime | None
    fit: Fit

    @property
    def against(self) -> str:
        """Why it cannot be chosen; empty when it can."""
        return self.fit.blocked_by


def choices(episode: Episode, *, aftercare: bool, after: datetime, now: datetime | None = None) -> list[Choice]:
    """The open groups of that kind with room from their first session after that moment, best fit first;
    where there are more than can be weighed, those that come nearest. Fifteen queries at most."""
    now = now or timezone.now()
    groups = groups_now(narrowed(open_groups(now).filter(program__is_aftercare=aftercare), episode, now), now)
    licenses = licenses_of((leader for g in groups for leader in g.leaders), [episode.patient.state])
    sessions = Session.objects.standing().filter(group__in=[g.group for g in groups], starts_at__gte=after)
    firsts = dict(sessions.order_by().values_list("group").annotate(first=Min("starts_at")))
    found, pairs = [], Pairs.of([episode.patient_id])
    for group in groups:
        first = firsts.get(group.group.pk)
        end = end_of_seat(group.group, first) if first else None
        person = person_of(episode, group.group.program.level, pairs)
        place = place_of(group, group.held(licenses, episode.patient.state), first, end)
        free = len(group.free(first, end)) if first else 0
        found.append(Choice(group.group, free, first, weigh(person, place)))
    return sorted(found, key=lambda c: (c.fit.rank, c.group.name))


def first_session_from(group: Group, at: datetime) -> datetime | None:
    """Start of the group's first standing session at that moment or after it."""
    return next_meeting(group, at - timedelta(microseconds=1))


def zone_of(episode: Episode) -> ZoneInfo:
    """The zone in which an episode's days are counted: that of the patient's latest group; before one, their own."""
    seat = Seat.objects.accepted().filter(episode=episode).select_related("group").order_by("-starts_at").first()
    return seat.group.zone if seat else ZoneInfo(episode.patient.time_zone)


@dataclass(frozen=True)
class Due:
    """Someone whose seat ends soon or has ended, with the move that is planned for them, if one is."""

    seat: Seat
    transition: Transition | None

    @property
    def waits_for(self) -> str:
        """ "plan", "answer" (the patient has not accepted yet), "again" (the offer was not taken)."""
        if self.transition is None or self.transition.to_seat is None:
            return "plan"
        return "again" if self.transition.to_seat.released_at else "answer"


def seats_ending(staff: Staff, now: datetime) -> QuerySet[Seat]:
    """IOP seats that end within three weeks, or ended in the last four, whose patient has accepted no seat after it;
    the earliest first. Source: RULE PROG-09 (the offer comes before the last session)."""
    return _visible(_ending(now), staff).order_by("ends_at")


def _visible(seats: QuerySet[Seat], staff: Staff) -> QuerySet[Seat]:
    if staff.has_role(Role.DIRECTOR):
        return seats.filter(not_hidden(staff))
    return seats.filter(episode__in=episodes_visible_to(staff).values("pk"))


def _without_next() -> QuerySet[Seat]:
    """Seats after which the patient has accepted none."""
    follows = Seat.objects.accepted().filter(episode=OuterRef("episode"), starts_at__gte=OuterRef("ends_at"))
    return Seat.objects.accepted().filter(~Exists(follows))


def _left(staff: Staff, now: datetime) -> QuerySet[Seat]:
    """Aftercare seats that ended in the last four weeks and nothing follows, and those of people who did not take the
    way back."""
    seats = Seat.objects.filter(group__program__is_aftercare=True, episode__status=Episode.Status.ACTIVE)
    ended = seats.filter(ends_at__gt=now - ENDED_SINCE, ends_at__lte=now)
    lasting = seats.filter(Q(ends_at=None) | Q(ends_at__gt=now), episode__in=ways_back_not_taken().values("episode"))
    # A union, so that the few are looked up by their ids.
    either = ended.order_by().values("pk").union(lasting.order_by().values("pk"))
    return _visible(_without_next().filter(pk__in=either), staff)


def _ending(now: datetime) -> QuerySet[Seat]:
    return _without_next().filter(
        ends_at__gt=now - ENDED_SINCE,
        ends_at__lte=now + DUE_WITHIN,
        group__program__is_aftercare=False,
        episode__status=Episode.Status.ACTIVE,
    )


def seats_to_follow(staff: Staff, now: datetime) -> QuerySet[Seat]:
    """Those of `seats_ending` that still need a plan or a new offer, rather than the patient's answer."""
    return _to_follow(seats_ending(staff, now))


def _to_follow(ending: QuerySet[Seat]) -> QuerySet[Seat]:
    offered = Transition.objects.filter(
        episode=OuterRef("episode"), done_at=None, cancelled_at=None, to_seat__isnull=False, to_seat__released_at=None
    )
    return ending.exclude(Exists(offered))


def steps_waiting(staff: Staff) -> Waiting:
    """How many seats still need a plan or a new offer, for the menu, which counts to a hundred. One query."""
    now = timezone.now()
    ending, left = (
        _to_follow(seats).order_by().values("pk") for seats in (seats_ending(staff, now), _left(staff, now))
    )
    return Waiting(ending.union(left)[:MANY].count())


def seat_to_follow(episode: Episode, now: datetime) -> Seat | None:
    """The one of `seats_to_follow` that is this episode's, for whoever sees its patient. One query."""
    return _to_follow(_ending(now).filter(episode=episode)).order_by("ends_at").first()


def step_downs_due(staff: Staff) -> list[Due]:
    """`seats_ending`, each with what is planned to follow. Two queries."""
    return _with_plans(seats_ending(staff, timezone.now()))


def ways_back(staff: Staff) -> list[Due]:
    """Who was in Aftercare and sits nowhere now, or did not take the way back that was planned; the one whose seat
    ended first on top. Two queries. Source: program manual, "Step-down, discharge, aftercare"."""
    return _with_plans(_left(staff, timezone.now()).order_by("ends_at"))


def _with_plans(seats: QuerySet[Seat]) -> list[Due]:
    ending = list(seats.select_related("patient", "episode", "group__program"))
    planned = {
        t.episode_id: t
        for t in _whole(
            Transition.objects.filter(episode__in=[s.episode_id for s in ending], done_at=None, cancelled_at=None)
        )
    }
    return [Due(seat, planned.get(seat.episode_id)) for seat in ending]


def ready_to_complete(now: datetime) -> QuerySet[Transition]:
    """Planned moves whose day has come, whose old seat has ended, and whose new seat the patient accepted."""
    return _whole(
        Transition.objects.filter(
            Q(from_seat=None) | Q(from_seat__ends_at__lte=now),
            done_at=None,
            cancelled_at=None,
            effective_at__lte=now,
            to_seat__accepted_at__isnull=False,
            to_seat__released_at=None,
        )
    )


def ways_back_not_taken() -> QuerySet[Transition]:
    """Open moves back to IOP whose new seat was declined, ran out or was taken back."""
    return Transition.objects.filter(
        kind=Transition.Kind.RETURN, done_at=None, cancelled_at=None, to_seat__released_at__isnull=False
    )


def last_session(seat: Seat) -> Session | None:
    """The last session that the seat covers, as far as the timetable is made."""
    sessions = Session.objects.standing().filter(group=seat.group_id, starts_at__gte=seat.starts_at)
    if seat.ends_at:
        sessions = sessions.filter(starts_at__lt=seat.ends_at)
    return sessions.order_by("-starts_at").first()


def sessions_left(seat: Seat, now: datetime) -> list[Session]:
    """The sessions to come that the seat covers, earliest first."""
    sessions = Session.objects.standing().filter(group=seat.group_id, ends_at__gt=now, starts_at__gte=seat.starts_at)
    sessions = sessions.exclude(room__ended_at__lte=now)
    if seat.ends_at:
        sessions = sessions.filter(starts_at__lt=seat.ends_at, ends_at__lt=seat.ends_at)
    return list(sessions.select_related("group").order_by("starts_at"))


@dataclass(frozen=True)
class Step:
    """One level on the way: from a day (None: nobody knows it, then `ends` is known) up to, not including, another
    (None: it lasts), or planned to begin."""

    name: str
    level: str
    here: bool
    begins: date | None
    ends: date | None
    reasons: list[str]
    planned: bool = False


@dataclass(frozen=True)
class Timeline:
    """The levels of one episode in order; `at` the place of the present one, `share` how far along it (0 to 1)."""

    steps: list[Step]
    at: int
    share: float


def timeline(episode: Episode, today: date | None = None, seat: Seat | None = None) -> Timeline | None:
    """The way from where someone came from to where they are going, in days; None before anything is known.
    seat: the one they have, where it is known. At most five queries."""
    today = today or timezone.now().astimezone(ZoneInfo(episode.patient.time_zone)).date()
    stays = _stays(episode.pk)
    steps = [Step(s.name, s.level, s.here, s.days.lower, s.days.upper, s.reasons) for s in stays]
    begun = [step for step in steps if step.begins is None or step.begins <= today]
    seat = (seat or seat_now(episode)) if episode.ended_at is None else None
    if (ahead := _step_ahead(episode, seat)) and episode.ended_at is None:
        steps.append(ahead)
    if not steps:
        return None
    at = max(0, len(begun) - 1)
    ends = steps[at].ends or (seat.ends_at.astimezone(seat.group.zone).date() if seat and seat.ends_at else None)
    return Timeline(steps, at, share_of_way(steps[at].begins, ends, today))


def _step_ahead(episode: Episode, seat: Seat | None) -> Step | None:
    """The level that is planned to follow; without a plan, Aftercare at the planned end of an IOP seat."""
    for at, level, program in _planned(episode.pk):
        on = at.astimezone(zone_of(episode)).date()
        return Step(program or str(Level(level).label), level, True, on, None, [], planned=True)
    if seat and seat.ends_at and not seat.group.program.is_aftercare:
        for name, level in _aftercare():
            on = seat.ends_at.astimezone(seat.group.zone).date()
            return Step(name, level, True, on, None, [], planned=True)
    return None


@prepared
def _stays(episode: UUID) -> QuerySet[LevelStay]:
    return LevelStay.objects.filter(episode=episode).order_by("days")


@prepared
def _planned(episode: UUID) -> QuerySet[Transition, Any]:
    """(when, to which level, name of the program or None) of the move that is planned."""
    return _open_of(episode).values_list("effective_at", "to_level", "to_seat__group__program__name")[:1]


@prepared
def _aftercare() -> QuerySet[Program, tuple[str, str]]:
    return Program.objects.filter(is_aftercare=True).order_by("pk").values_list("name", "level")[:1]
