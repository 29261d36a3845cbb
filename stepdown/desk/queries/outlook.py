"""What lies ahead for a whole center: its chairs for eight weeks, who finishes, what leaders carry, and who waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum, Value
from django.db.models.functions import Coalesce

from stepdown.admissions import queries as admissions
from stepdown.admissions.board import first_groups
from stepdown.admissions.domain.waiting import median_days
from stepdown.admissions.models import Episode, Inquiry
from stepdown.people.models import Role, Staff
from stepdown.placement.domain import chairs
from stepdown.placement.models import Group, Seat
from stepdown.placement.queries import GroupNow, groups_now
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session
from stepdown.ui.when import local_date

WEEKS = 8
GROUPS_SHOWN = 200
WAITS_SHOWN = 20
LOOKED_BACK = timedelta(days=90)
MONTH = timedelta(weeks=4)


@dataclass(frozen=True)
class Week:
    """One group in one week: chairs taken and held at its first meeting. goes: how many finish in that week."""

    monday: date
    taken: int
    held: int
    chairs: int
    goes: int

    @property
    def free(self) -> int:
        return self.chairs - self.taken - self.held


@dataclass(frozen=True)
class Ahead:
    group: Group
    weeks: list[Week]


@dataclass(frozen=True)
class Finish:
    """Someone whose time in a group ends within the weeks shown. after: whether an Aftercare seat is held for then;
    None where there is nothing after, as in Aftercare itself. soon: within four weeks."""

    seat: Seat
    on: date
    after: bool | None
    soon: bool


@dataclass(frozen=True)
class Load:
    """What one leader carries: groups they lead, sessions and hours of the next four weeks as leader or co-leader,
    people who sit in their groups now."""

    staff: Staff
    groups: int
    sessions: int
    hours: float
    people: int

    @property
    def a_week(self) -> float:
        return self.hours * timedelta(weeks=1) / MONTH


@dataclass(frozen=True)
class Wait:
    """People who asked and have not come to a group yet, at one step of the way; days since they asked."""

    step: str
    days: list[int]

    @property
    def median(self) -> float:
        return median(self.days)

    @property
    def longest(self) -> int:
        return max(self.days)


@dataclass(frozen=True)
class Waits:
    """steps: without those where nobody waits. longest: (days, step, inquiry). came, came_in: who came to a first group
    in the last 90 days, and the median of their days from asking."""

    steps: list[Wait]
    longest: list[tuple[int, str, Inquiry]]
    came: int
    came_in: float | None


def chairs_ahead(now: datetime) -> tuple[list[Ahead], list[Finish], int]:
    """Groups with their next eight weeks; who finishes in that time, soonest first; how many groups there are in all.
    Five queries."""
    shown = Group.objects.order_by("program__is_aftercare", "name")
    found = sorted(
        groups_now(Group.objects.filter(pk__in=shown.filter(_open(now)).values("pk")[:GROUPS_SHOWN]), now),
        key=lambda each: (each.group.program.is_aftercare, each.group.name),
    )
    ahead = [Ahead(each.group, _weeks(each, now)) for each in found]
    return ahead, _finishing(found, now), shown.filter(_open(now)).count()


def _open(now: datetime) -> Q:
    return Q(closed_on=None) | Q(closed_on__gt=now.date())


def _weeks(each: GroupNow, now: datetime) -> list[Week]:
    group, zone = each.group, each.group.zone
    today = local_date(now, zone)
    monday = today - timedelta(days=today.weekday())
    weeks = []
    for number in range(WEEKS):
        begins = monday + timedelta(weeks=number)
        at = max(now, moment(begins + timedelta(days=min(group.days)), group.starts_at, zone))
        taken = chairs.in_use([(s.starts_at, s.ends_at) for s in each.seats if s.accepted_at], at)
        held = chairs.in_use([(s.starts_at, s.ends_at) for s in each.seats if not s.accepted_at], at)
        ends = [local_date(s.ends_at, zone) - timedelta(days=1) for s in each.seats if s.accepted_at and s.ends_at]
        goes = sum(begins <= on < begins + timedelta(weeks=1) for on in ends)
        weeks.append(Week(begins, taken, held, len(each.there(at)), goes))
    return weeks


def _finishing(found: Sequence[GroupNow], now: datetime) -> list[Finish]:
    until = now + timedelta(weeks=WEEKS)
    seats = [s for g in found for s in g.seats if s.accepted_at and s.ends_at and now < s.ends_at < until]
    after = set(
        Seat.objects.standing()
        .filter(patient__in={s.patient_id for s in seats}, group__program__is_aftercare=True)
        .filter(Q(ends_at=None) | Q(ends_at__gt=now))
        .values_list("patient", flat=True)
    )
    groups = {g.group.pk: g.group for g in found}
    finishes = []
    for seat in seats:
        group, end = groups[seat.group_id], seat.ends_at
        assert end is not None
        on = local_date(end, group.zone) - timedelta(days=1)
        has_after = None if group.program.is_aftercare else seat.patient_id in after
        finishes.append(Finish(seat, on, has_after, soon=end < now + MONTH))
    return sorted(finishes, key=lambda f: (f.on, f.seat.patient.last_name))


def totals(ahead: Iterable[Ahead]) -> list[Week]:
    """All groups together, week by week."""
    by_week: dict[int, list[Week]] = defaultdict(list)
    for each in ahead:
        for number, week in enumerate(each.weeks):
            by_week[number].append(week)
    return [
        Week(
            weeks[0].monday,
            sum(w.taken for w in weeks),
            sum(w.held for w in weeks),
            sum(w.chairs for w in weeks),
            sum(w.goes for w in weeks),
        )
        for weeks in by_week.values()
    ]


def loads(now: datetime) -> list[Load]:
    """Everyone who leads or may lead, who carries most first. Four queries."""
    coming = Session.objects.standing().filter(starts_at__gte=now, starts_at__lt=now + MONTH)
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), DurationField())
    carried: dict[Any, list[tuple[int, timedelta]]] = defaultdict(list)
    for role in ("leader", "co_leader"):
        rows = coming.exclude(**{role: None}).order_by().values_list(role)
        for staff, count, time in rows.annotate(n=Count("pk"), t=Coalesce(Sum(length), Value(timedelta()))):
            carried[staff].append((count, time))
    groups = dict(
        Group.objects.filter(_open(now))
        .order_by()
        .values_list("leader")
        .annotate(n=Count("pk"))
        .values_list("leader", "n")
    )
    sitting = Seat.objects.accepted().at(now).filter(_open_group(now)).order_by()
    people = dict(sitting.values_list("group__leader").annotate(n=Count("pk")).values_list("group__leader", "n"))
    staff = Staff.objects.current().filter(Q(roles__contains=[Role.COUNSELOR]) | Q(pk__in=[*carried, *groups]))
    found = [
        Load(
            each,
            groups.get(each.pk, 0),
            sum(count for count, _ in carried[each.pk]),
            sum((time for _, time in carried[each.pk]), timedelta()) / timedelta(hours=1),
            people.get(each.pk, 0),
        )
        for each in staff
    ]
    return sorted(found, key=lambda load: (-load.hours, load.staff.name))


def _open_group(now: datetime) -> Q:
    return Q(group__closed_on=None) | Q(group__closed_on__gt=now.date())


def waits(staff: Staff, now: datetime, zone: ZoneInfo) -> Waits:
    """How long people have waited since they asked, who have not come to a group. Three queries."""
    inquiries = admissions.inquiries_visible_to(staff)
    planned = Episode.objects.filter(ended_at=None, status__in=[Episode.Status.PLANNED, Episode.Status.WAITLIST])
    waiting = inquiries.filter(
        Q(status__in=Inquiry.OPEN) | Q(status=Inquiry.Status.ADMITTED, patient__episodes__in=planned)
    )
    today = local_date(now, zone)
    seated = set(
        Seat.objects.standing()
        .filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now), episode__in=planned)
        .values_list("patient", flat=True)
    )
    rows = [
        ((today - local_date(inquiry.asked_at, zone)).days, _step(inquiry, seated), inquiry)
        for inquiry in waiting.order_by("asked_at")
    ]
    by_step: dict[str, list[int]] = defaultdict(list)
    for days, step, _ in rows:
        by_step[step].append(days)
    ways = first_groups(now - LOOKED_BACK, now)
    return Waits(
        [Wait(step, by_step[step]) for step in STEPS if step in by_step],
        rows[:WAITS_SHOWN],
        len(ways),
        median_days(ways, zone),
    )


STEPS = ("For a call", "For the assessment", "For a seat", "For the first group")


def _step(inquiry: Inquiry, seated: set[Any]) -> str:
    if inquiry.status in Inquiry.TO_CALL:
        return STEPS[0]
    if inquiry.status in Inquiry.TO_ASSESS:
        return STEPS[1]
    return STEPS[3] if inquiry.patient_id in seated else STEPS[2]
