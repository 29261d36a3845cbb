"""Groups with what fills their chairs, and for whom they fit; each in a known number of queries.

A group's sessions belong to a later stage; they are reached through the group (`group.sessions`), so that this stage
imports nothing of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import FilteredRelation, Min, Prefetch, Q, QuerySet
from django.utils import timezone

from stepdown.admissions.models import Episode, Level, LevelStay
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import License, Patient
from stepdown.placement.domain import chairs
from stepdown.placement.domain.fit import Fit, Person, Place, weigh
from stepdown.placement.domain.licenses import Validity
from stepdown.placement.models import Chair, Group, Program, Seat, Wishes, still_open
from stepdown.placement.queries.openings import AHEAD, worth_weighing
from stepdown.placement.queries.pairs import Pairs
from stepdown.placement.queries.people import waiting_for_seat
from stepdown.ui.states import STATES

STATE_NAMES = dict(STATES)
FITTING, NEAREST = 50, 20  # groups that are weighed for one person: of those that suit, and of the others


def open_groups(now: datetime) -> QuerySet[Group]:
    return Group.objects.filter(still_open(now)).select_related("program", "leader", "co_leader")


def standing_seat(episode: Episode, now: datetime) -> Seat | None:
    """The seat this person has, or that is held for them, now or next."""
    seats = Seat.objects.standing().filter(Q(ends_at=None) | Q(ends_at__gt=now), episode=episode)
    seats = seats.filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now))
    return seats.select_related("group__program", "chair").order_by("starts_at").first()


def groups_to_move_to(seat: Seat, now: datetime) -> tuple[list[Group], int]:
    """Open groups of the same program, other than their own, by name, `narrowed`; and how many there are in all."""
    others = open_groups(now).filter(program=seat.group.program_id).exclude(pk=seat.group_id).order_by("name")
    return list(narrowed(others, seat.episode, now)), others.count()


def narrowed(groups: QuerySet[Group], episode: Episode, now: datetime) -> QuerySet[Group]:
    """These groups; where there are more than can be weighed, those that suit this person or come nearest."""
    if groups.order_by()[: FITTING + NEAREST + 1].count() <= FITTING + NEAREST:
        return groups
    ids: list[UUID] = []
    for level in groups.order_by().values_list("program__level", flat=True).distinct():
        person = person_of(episode, level)
        ids += worth_weighing(person, episode.patient.state, now, fitting=FITTING, nearest=NEAREST)
    return groups.filter(pk__in=ids)


def changes_ahead() -> QuerySet[Any]:
    """What groups are to be from some day on, one each at most. The changes belong to a later stage, and are found
    through the group as its sessions are."""
    changes: Any = Group._meta.get_field("changes").related_model
    return changes.objects.filter(applied_at=None, taken_back_at=None).select_related("leader")


def as_it_is_on(group: Group, moment: datetime) -> Any:
    """The group on that day: what it is to be by then when a change is planned, itself otherwise. One query."""
    ahead = changes_ahead().filter(group=group).first()
    return ahead if ahead and ahead.from_on <= moment.astimezone(group.zone).date() else group


def session_at(group: Group, moment: datetime) -> Any:
    """The group's standing session that starts at that moment, or the first one after it; None when there is none."""
    sessions = group.sessions.standing().filter(starts_at__gte=moment).select_related("leader")
    return sessions.order_by("starts_at").first()


def seats_of(patient: Patient) -> QuerySet[Seat]:
    return Seat.objects.filter(patient=patient).select_related("group__program", "group__leader", "group__co_leader")


def roster_at(group: Group, moment: datetime) -> list[Seat]:
    """Who sits in the group at that moment: accepted seats in the order of the chairs, with patient and chair."""
    seats = group.seats.accepted().at(moment)
    return list(seats.select_related("patient", "chair").order_by("chair__number"))


def next_meeting(group: Group, after: datetime) -> datetime | None:
    """Start of the group's first standing session after that moment."""
    first = group.sessions.standing().filter(starts_at__gt=after).order_by("starts_at").first()
    return first.starts_at if first else None


@dataclass
class GroupNow:
    """A group with its chairs from now on and what fills them. `taken`: spans by chair number in which nobody else can
    have it: of seats held and accepted, and those in which the chair is not there. ahead: what the group is to be from
    some day on. places: what was worked out of it before, by the licenses."""

    group: Group
    next_at: datetime | None
    seats: list[Seat]
    chair_rows: list[Chair] = field(default_factory=list)
    taken: dict[int, list[chairs.Taken]] = field(default_factory=dict)
    ahead: Any = None
    places: dict["Held", Place] = field(default_factory=dict, repr=False)

    def free(self, start: datetime, end: datetime | None) -> list[int]:
        return chairs.free_chairs(self.taken, (start, end))

    def there(self, at: datetime) -> list[int]:
        """Numbers of the chairs that are there on that day, lowest first."""
        on = at.astimezone(self.group.zone).date()
        return sorted(chair.number for chair in self.chair_rows if chair.is_there(on))

    @property
    def there_next(self) -> list[int]:
        return self.there(self.next_at or timezone.now())

    def in_use(self, at: datetime) -> int:
        return chairs.in_use([(seat.starts_at, seat.ends_at) for seat in self.seats], at)

    @cached_property
    def ends_at(self) -> datetime | None:
        """When a seat that begins with the next session would end."""
        return end_of_seat(self.group, self.next_at) if self.next_at else None

    @property
    def free_from(self) -> date | None:
        """The day from which a chair is free for good; None when one is free at once or none ever is."""
        if self.free_next or self.next_at is None:
            return None
        return day_of(chairs.free_from(self.taken, self.next_at), self.group)

    @cached_property
    def free_next(self) -> list[int]:
        """Chairs free from the next session for the program's whole length."""
        return self.free(self.next_at, self.ends_at) if self.next_at else []

    @property
    def leaders(self) -> list[object]:
        """Ids of who leads it now, and of who is to."""
        return [self.group.leader_id, *([self.ahead.leader_id] if self.ahead else [])]

    def held(self, licenses: "Licenses", state: str) -> "Held":
        """Of the licenses given, those of its leaders in that state."""
        return Held(*(tuple(licenses[leader, state]) for leader in self.leaders))

    def place_with(self, held: "Held") -> Place:
        """For a seat that begins with the next session, and someone in whose state the leaders have these licenses."""
        known = self.places.get(held)
        if known is None:
            known = self.places[held] = place_of(self, held, self.next_at, self.ends_at)
        return known


def end_of_seat(group: Group, start: datetime) -> datetime | None:
    """When a seat that begins then ends by the program's length; None when the program is open-ended."""
    weeks = group.program.weeks
    return chairs.weeks_later(start, weeks, group.zone) if weeks else None


def groups_now(groups: QuerySet[Group], now: datetime, *, with_people: bool = False) -> list[GroupNow]:
    """Open groups with their chairs, seats and changes from now on, in four queries. with_people: and the patients."""
    coming = Q(sessions__cancelled_at=None, sessions__starts_at__gt=now, sessions__starts_at__lt=now + AHEAD)
    seats = Seat.objects.standing().filter(Q(ends_at=None) | Q(ends_at__gt=now))
    seats = seats.filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now)).order_by("chair__number", "starts_at")
    rows = (
        groups.filter(pk__in=open_groups(now))
        .select_related("program", "leader", "co_leader")
        .annotate(coming=FilteredRelation("sessions", condition=coming), next_at=Min("coming__starts_at"))
        .prefetch_related(
            "chairs",
            Prefetch("seats", seats.select_related("patient") if with_people else seats, "from_now"),
            Prefetch("changes", changes_ahead(), "ahead"),
        )
    )
    return [group_now(group, group.next_at, group.from_now, next(iter(group.ahead), None)) for group in rows]


def group_now(group: Group, next_at: datetime | None, seats: Sequence[Seat], ahead: Any) -> GroupNow:
    today = timezone.now().astimezone(group.zone).date()
    own = {chair.pk: chair for chair in group.chairs.all()}
    there = [chair for chair in own.values() if chair.gone_on is None or chair.gone_on > today]
    taken = {chair.number: list(_not_there(chair, group)) for chair in there}
    for seat in seats:
        seat.chair = own[seat.chair_id]
        taken.setdefault(seat.chair.number, []).append((seat.starts_at, seat.ends_at))
    return GroupNow(group, next_at, list(seats), there, taken, ahead)


def _not_there(chair: Chair, group: Group) -> Iterator[chairs.Taken]:
    """A seat may end as the group begins on the day on which the chair is gone: its last session was before."""
    if chair.from_on:
        yield datetime.min.replace(tzinfo=UTC), datetime.combine(chair.from_on, time(), group.zone)
    if chair.gone_on:
        yield datetime.combine(chair.gone_on, group.starts_at, group.zone), None


@dataclass(frozen=True)
class GroupFit:
    """One group for one person: free chairs over the whole time, when it would begin and end, and why or why not."""

    group: Group
    free: list[int]
    first_at: datetime | None
    ends_at: datetime | None
    fit: Fit

    @property
    def decision(self) -> Decision:
        return ALLOW if self.fit.possible else refuse(self.fit.blocked_by)


def level_of(episode: Episode) -> str:
    """The level of care decided on; the IOP where nobody decided here."""
    decided = episode.assessment.decided_level if episode.assessment else ""
    return decided or Level.IOP


def level_now(episode: Episode) -> str:
    """The level of care they are at in the program; before admission, the one decided on. At most one query."""
    stays = LevelStay.objects.filter(episode=episode, here=True, days__upper_inf=True)
    stay = stays.first() if episode.status == Episode.Status.ACTIVE else None
    return stay.level if stay else level_of(episode)


def person_of(episode: Episode, level: str | None = None, pairs: Pairs | None = None) -> Person:
    """Whom a seat is looked for; `level` overrides the level decided on, for a step to another one.

    pairs: of many people, read at once; left out, read for this one.
    """
    pairs = pairs or Pairs.of([episode.patient_id])
    wishes = getattr(episode, "wishes", None) or Wishes()
    patient = episode.patient
    return Person(
        level=level or level_of(episode),
        bands=frozenset(episode.bands),
        days_away=frozenset(episode.days_away),
        place=STATE_NAMES.get(patient.state, patient.state),
        language=patient.language,
        apart_from=pairs.apart(patient.pk),
        together_with=pairs.together(patient.pk),
        true_of=frozenset(wishes.true_of),
        wishes_band=wishes.band,
        wishes_days=frozenset(wishes.days),
        wishes_language=wishes.language,
        wishes_tags=frozenset(wishes.tags),
    )


def wishes_said(episode: Episode) -> dict[str, Any]:
    """What the person would like, as the form shows it."""
    wishes = getattr(episode, "wishes", None) or Wishes()
    days = [str(day) for day in wishes.days]
    said = {"band": wishes.band, "language": wishes.language, "tags": wishes.tags, "true_of": wishes.true_of}
    return said | {"days": days}


Licenses = dict[tuple[object, str], list[Validity]]


class Held(NamedTuple):
    """Licenses in one state: of who leads a group now, and of who is to lead it."""

    now: tuple[Validity, ...]
    then: tuple[Validity, ...] = ()


def licenses_of(leaders: Iterable[object], states: Iterable[str]) -> Licenses:
    """Validity by (leader id, state) of the licenses that are enough to lead a group, in one query."""
    found: Licenses = defaultdict(list)
    for row in License.objects.filter(staff__in=set(leaders), state__in=set(states), masters_level=True):
        found[row.staff_id, row.state].append((row.issued_on, row.expires_on))
    return found


def place_of(now: GroupNow, held: Held, first: datetime | None, last: datetime | None) -> Place:
    """The group for a seat in that time, with what it is to be from some day within it. What comes before the first
    session counts from the beginning."""
    place, ahead = _as_now(now, held, first, last), now.ahead
    if ahead is None or place.first_on is None or (place.last_on and ahead.from_on >= place.last_on):
        return place
    begins_as_it_is = place.first_on < ahead.from_on
    then = replace(
        place,
        band=ahead.band,
        days=frozenset(ahead.days),
        leader=ahead.leader.first_name,
        licenses=held.then,
        first_on=max(ahead.from_on, place.first_on),
        entry_until=None if begins_as_it_is else ahead.entry_until,
        people=place.people | {ahead.leader_id, ahead.co_leader_id},
        language=ahead.language,
        tags=frozenset(ahead.tags),
    )
    if not begins_as_it_is:
        return then
    return replace(place, then=replace(then, people=then.people - {now.group.leader_id, now.group.co_leader_id}))


def _as_now(now: GroupNow, held: Held, first: datetime | None, last: datetime | None) -> Place:
    group, program = now.group, now.group.program
    later = chairs.free_from(now.taken, first) if first else None
    return Place(
        level=program.level,
        program=program.name,
        band=group.band,
        days=frozenset(group.days),
        leader=group.leader.first_name,
        licenses=held.now,
        first_on=day_of(first, group),
        last_on=day_of(last, group),
        chairs=len(now.there(first)) if first else len(now.chair_rows),
        chairs_free=len(now.free(first, last)) if first else 0,
        taken=now.in_use(first) if first else 0,
        intended=program.seats_intended,
        free_from=day_of(later, group),
        entry_until=group.entry_until,
        people=frozenset(_there(now, first, last)) if first else frozenset(),
        language=group.language,
        tags=frozenset(group.tags),
    )


def _there(now: GroupNow, first: datetime, last: datetime | None) -> Iterator[object]:
    """Who leads the group, and who sits there or has it offered in that time."""
    yield now.group.leader_id
    yield now.group.co_leader_id
    for seat in now.seats:
        if chairs.overlaps((seat.starts_at, seat.ends_at), (first, last)):
            yield seat.patient_id


def day_of(at: datetime | None, group: Group) -> date | None:
    return at.astimezone(group.zone).date() if at else None


def groups_for(episode: Episode, *, level: str | None = None, now: datetime | None = None) -> list[GroupFit]:
    """Groups with their reasons for and against this person, best first: of those that suit, the first that meet; of
    the others, those that come nearest. Nine queries, however many groups."""
    now = now or timezone.now()
    state, person = episode.patient.state, person_of(episode, level)
    ids = worth_weighing(person, state, now, fitting=FITTING, nearest=NEAREST)
    found = groups_now(Group.objects.filter(pk__in=ids), now)
    licenses = licenses_of((leader for g in found for leader in g.leaders), [state])
    fits = [fit_of(g, person, g.held(licenses, state)) for g in found]
    return sorted(
        fits, key=lambda f: (*f.fit.rank, f.first_at or datetime.max.replace(tzinfo=now.tzinfo), f.group.name)
    )


def fit_of(now: GroupNow, person: Person, held: Held) -> GroupFit:
    return GroupFit(now.group, now.free_next, now.next_at, now.ends_at, weigh(person, now.place_with(held)))


@dataclass(frozen=True)
class Candidate:
    """One waiting person for one group."""

    episode: Episode
    chair: int | None
    fit: Fit


def who_could_sit(now: GroupNow, visible: QuerySet[Episode]) -> list[Candidate]:
    """People who wait for a seat at this group's level, best fit first, then who waits longest. Two queries."""
    waiting = list(waiting_for_seat(visible).select_related("wishes")[:200])
    level = now.group.program.level
    pairs = Pairs.of(episode.patient_id for episode in waiting)
    people = [(episode, person_of(episode, pairs=pairs)) for episode in waiting]
    people = [(episode, person) for episode, person in people if person.level == level]
    licenses = licenses_of(now.leaders, {e.patient.state for e, _ in people})
    free = now.free_next
    found = [
        Candidate(e, free[0] if free else None, fit_of(now, p, now.held(licenses, e.patient.state)).fit)
        for e, p in people
    ]
    return sorted(found, key=lambda c: (c.fit.rank, c.episode.planned_at))


def programs() -> QuerySet[Program]:
    return Program.objects.order_by("is_aftercare", "name")
