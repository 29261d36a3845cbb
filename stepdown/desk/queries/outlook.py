"""What lies ahead for a whole center: its chairs for eight weeks, who finishes, what leaders carry, and who waits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum, Value
from django.db.models.functions import Coalesce

from stepdown.admissions import queries as admissions
from stepdown.admissions.board import first_groups
from stepdown.admissions.domain.waiting import median_days
from stepdown.admissions.models import Episode, Inquiry
from stepdown.people.models import Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.domain import chairs
from stepdown.placement.models import Group, Seat, still_open
from stepdown.placement.queries import GroupList, GroupNow, group_list
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session
from stepdown.ui.when import local_date

WEEKS = 8
FINISHES_SHOWN = LEADERS_SHOWN = 100
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


@dataclass(frozen=True)
class ChairsAhead:
    """groups: of one page, with their next eight weeks. finishing: the first of all `finish_count` people whose time
    ends within these weeks, in whatever group."""

    found: GroupList
    groups: list[Ahead]
    finishing: list[Finish]
    finish_count: int


def chairs_ahead(staff: Staff, now: datetime, number: str | None = None) -> ChairsAhead:
    """Groups with their next eight weeks, and who of those this person sees finishes in that time, soonest first.
    Eight queries, however many groups. number: of the page."""
    found = group_list("", number, now)
    until = now + timedelta(weeks=WEEKS)
    ending = Seat.objects.accepted().filter(still_open(now, "group__"), not_hidden(staff))
    ending = ending.filter(ends_at__gt=now, ends_at__lt=until)
    finishing = list(ending.select_related("patient", "group__program").order_by("ends_at", "pk")[:FINISHES_SHOWN])
    count = ending.count() if len(finishing) == FINISHES_SHOWN else len(finishing)
    return ChairsAhead(found, [Ahead(g.group, _weeks(g, now)) for g in found.groups], _finishing(finishing, now), count)


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
        ends = [s.last_on for s in each.seats if s.accepted_at]
        goes = sum(on is not None and begins <= on < begins + timedelta(weeks=1) for on in ends)
        weeks.append(Week(begins, taken, held, len(each.there(at)), goes))
    return weeks


def _finishing(seats: Sequence[Seat], now: datetime) -> list[Finish]:
    after = set(
        Seat.objects.standing()
        .filter(patient__in={s.patient_id for s in seats}, group__program__is_aftercare=True)
        .filter(Q(ends_at=None) | Q(ends_at__gt=now))
        .values_list("patient", flat=True)
    )
    finishes = []
    for seat in seats:
        end, on = seat.ends_at, seat.last_on
        assert end is not None
        assert on is not None
        has_after = None if seat.group.program.is_aftercare else seat.patient_id in after
        finishes.append(Finish(seat, on, has_after, soon=end < now + MONTH))
    return sorted(finishes, key=lambda f: (f.on, f.seat.patient.last_name))


def totals(ahead: Iterable[Ahead]) -> list[Week]:
    """These groups together, week by week."""
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


def loads(now: datetime) -> tuple[list[Load], int]:
    """Who carries most, and how many lead or may lead in all. Six queries, however many they are."""
    coming = Session.objects.standing().filter(starts_at__gte=now, starts_at__lt=now + MONTH)
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), DurationField())
    count: dict[UUID, int] = defaultdict(int)
    time: dict[UUID, timedelta] = defaultdict(timedelta)
    for role in ("leader", "co_leader"):
        rows = coming.exclude(**{role: None}).order_by().values_list(role)
        for staff, n, t in rows.annotate(n=Count("pk"), t=Coalesce(Sum(length), Value(timedelta()))):
            count[staff] += n
            time[staff] += t
    led = Group.objects.filter(still_open(now)).order_by()
    leads = {*count, *led.values_list("leader", flat=True).distinct()}
    staff = Staff.objects.current().order_by().values_list("pk", "name", "roles")
    everyone = {pk: name for pk, name, roles in staff if pk in leads or Role.COUNSELOR in roles}
    most = sorted(everyone, key=lambda pk: (-time[pk], everyone[pk]))[:LEADERS_SHOWN]
    shown = Staff.objects.in_bulk(most).values()
    groups = dict(led.filter(leader__in=shown).values_list("leader").annotate(n=Count("pk")))
    sitting = Seat.objects.accepted().at(now).filter(still_open(now, "group__"), group__leader__in=shown).order_by()
    people = dict(sitting.values_list("group__leader").annotate(n=Count("pk")))
    found = [
        Load(
            each,
            groups.get(each.pk, 0),
            count[each.pk],
            time[each.pk] / timedelta(hours=1),
            people.get(each.pk, 0),
        )
        for each in shown
    ]
    return sorted(found, key=lambda load: (-load.hours, load.staff.name)), len(everyone)


def waits(staff: Staff, now: datetime, zone: ZoneInfo) -> Waits:
    """How long people have waited since they asked, who have not come to a group. Three queries."""
    inquiries = admissions.inquiries_visible_to(staff)
    planned = Episode.objects.filter(ended_at=None, status__in=[Episode.Status.PLANNED, Episode.Status.WAITLIST])
    asked = inquiries.filter(status__in=Inquiry.OPEN).order_by().values("pk")
    admitted = inquiries.filter(status=Inquiry.Status.ADMITTED, patient__in=planned.order_by().values("patient"))
    # A union, so that each part is read by its own index.
    waiting = inquiries.filter(pk__in=asked.union(admitted.order_by().values("pk")))
    today = local_date(now, zone)
    seated = set(
        Seat.objects.standing()
        .filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now), episode__in=planned)
        .values_list("patient", flat=True)
    )
    rows = [
        ((today - local_date(inquiry.asked_at, zone)).days, _step(inquiry, seated), inquiry)
        for inquiry in waiting.select_related(None).only("asked_at", "name", "patient", "status").order_by("asked_at")
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
