"""The problem as arrays: every chair that every person could take, and what taking it costs.

Chairs of one group that are free from the same day are one slot. Whatever is forbidden by a need has no arc, so nothing
that is made of arcs seats anybody where they must not sit, but for pairs kept apart, who are looked after later.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from stepdown.placement.matching import times
from stepdown.placement.matching.problem import Group, Leader, Option, Person, Problem

Ints: TypeAlias = NDArray[np.int32]
T = TypeVar("T")
URGENCIES = 24  # by how much it can matter more to seat one than another
WAITS_COUNT_TO = 7  # months of waiting


@dataclass(frozen=True)
class Slot:
    """So many chairs of one place that are free from one day on, counted from today."""

    place: int
    free_from: int
    count: int


@dataclass(frozen=True)
class Arcs:
    """One row for each chair somebody could take: person, slot, day of the first meeting, wishes left unmet."""

    person: Ints
    slot: Ints
    day: Ints
    unmet: Ints

    def __len__(self) -> int:
        return len(self.person)

    def only(self, chosen: NDArray[np.bool_]) -> "Arcs":
        return Arcs(self.person[chosen], self.slot[chosen], self.day[chosen], self.unmet[chosen])


class World:
    """`places`: groups, then options. `led_by`: option -> its leader, for options that are decided on; the others are
    led by nobody (`closed`) or by whoever of their leaders suits the person (a relaxation)."""

    def __init__(self, problem: Problem, led_by: dict[int, str] | None = None) -> None:
        self.problem = problem
        self.led_by = led_by
        self.places: tuple[Group | Option, ...] = (*problem.groups, *problem.options)
        self.people = problem.people
        self.number = {person.id: n for n, person in enumerate(self.people)}
        self.leaders = {leader.id: leader for leader in problem.leaders}
        self.slots = self._slots()

    def is_option(self, place: int) -> bool:
        return place >= len(self.problem.groups)

    def sitting(self, place: int) -> int:
        one = self.places[place]
        return len(one.sitting) if isinstance(one, Group) else 0

    def _slots(self) -> list[Slot]:
        found = []
        for number, place in enumerate(self.places):
            if isinstance(place, Option):
                if self.led_by is None or number in self.led_by:
                    found.append(Slot(number, self._day(place.opens_on), place.chairs))
                continue
            chairs: dict[int, int] = defaultdict(int)
            for some in place.chairs:
                chairs[self._day(some.free_from)] += some.count
            found += [Slot(number, day, count) for day, count in sorted(chairs.items())]
        return found

    def _day(self, on: date) -> int:
        return max(0, min((on - self.problem.today).days, self.problem.horizon + 1))

    def on(self, day: int) -> date:
        """The date of a day counted from today."""
        return self.problem.today + timedelta(days=day)

    def leaders_of(self, place: int) -> list[Leader]:
        one = self.places[place]
        if isinstance(one, Group):
            return [self.leaders[one.leader]]
        if self.led_by is not None:
            return [self.leaders[self.led_by[place]]] if place in self.led_by else []
        return [self.leaders[leader] for leader in one.leaders if self._could_lead(leader, place)]

    def _could_lead(self, leader: str, place: int) -> bool:
        """Whether they have room for one more group, and lead or co-lead none at that time."""
        most, busy = self.leaders[leader].most_groups, self._busy.get(leader, [])
        led = sum(group.leader == leader for group in self.problem.groups)
        return (most is None or led < most) and not any(self.bits[place] & self.bits[other] for other in busy)

    @cached_property
    def _busy(self) -> dict[str, list[int]]:
        """leader -> groups that they lead or co-lead."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, group in enumerate(self.problem.groups):
            for who in (group.leader, group.co_leader):
                if who is not None:
                    found[who].append(place)
        return found

    @cached_property
    def bits(self) -> list[int]:
        """When each place meets."""
        kinds = dict.fromkeys(map(_pattern, self.places), 0)
        for place in self.places:
            kinds[_pattern(place)] = kinds[_pattern(place)] or times.meeting_bits(place, self.problem.today)
        return [kinds[_pattern(place)] for place in self.places]

    @cached_property
    def fits_time(self) -> NDArray[np.bool_]:
        """[person, place]: whether every meeting lies within the time the person has."""
        today = self.problem.today
        free, free_of = _alike([(p.available, p.zone) for p in self.people])
        needed, meets_of = _alike(self.bits)
        table = np.array(
            [
                [need & ~have == 0 for need in needed]
                for have in (times.free_bits(windows, zone, today) for windows, zone in free)
            ],
            dtype=bool,
        ).reshape(len(free), len(needed))
        return table[np.ix_(free_of, meets_of)]

    @cached_property
    def fits_kind(self) -> NDArray[np.bool_]:
        """[person, place]: whether it is their program, and what the group asks for is true of them."""
        who, who_of = _alike([(p.program, frozenset(p.tags)) for p in self.people])
        what, what_of = _alike([(g.program, frozenset(g.only)) for g in self.places])
        table = np.array([[p == q and only <= tags for q, only in what] for p, tags in who], dtype=bool)
        return table.reshape(len(who), len(what))[np.ix_(who_of, what_of)]

    @cached_property
    def unmet(self) -> NDArray[np.int8]:
        """[person, place]: how many wishes the place leaves unmet."""
        wishes, wishes_of = _alike([p.wishes for p in self.people])
        offers, offers_of = _alike([(g.band, frozenset(g.days), g.language, frozenset(g.tags)) for g in self.places])
        table = np.array(
            [
                [
                    (wish.band not in (None, band))
                    + (bool(wish.days) and not days <= set(wish.days))
                    + (wish.language not in (None, language))
                    + len(set(wish.tags) - tags)
                    for band, days, language, tags in offers
                ]
                for wish in wishes
            ],
            dtype=np.int8,
        )
        return table.reshape(len(wishes), len(offers))[np.ix_(wishes_of, offers_of)]

    def licensed(
        self,
        place: int,
        states: Sequence[str] | NDArray[np.str_],
        days: Ints,
        who: NDArray[np.intp] | None = None,
    ) -> NDArray[np.bool_]:
        """For people in these states who start on these days: whether somebody who could lead it is licensed there.
        who: which people these are, of whom some are kept apart from some leaders."""
        found = np.zeros(len(days), dtype=bool)
        in_state = np.array(states)
        for leader in self.leaders_of(place):
            refused = self._refused.get(leader.id)
            may = ~refused[who] if who is not None and refused is not None else True
            for one in leader.licenses:
                first = (one.first - self.problem.today).days
                last = (one.last - self.problem.today).days if one.last else times.NEVER
                found |= (in_state == one.state) & (days >= first) & (days <= last) & may
        return found

    @cached_property
    def _refused(self) -> dict[str, NDArray[np.bool_]]:
        """leader -> [person]: whether they are kept apart; of leaders with anybody like that."""
        found: dict[str, NDArray[np.bool_]] = {}
        for number, person in enumerate(self.people):
            for leader in person.not_led_by:
                found.setdefault(leader, np.zeros(len(self.people), dtype=bool))[number] = True
        return found

    @cached_property
    def ready(self) -> Ints:
        return np.array([self._day(person.ready_on) for person in self.people], dtype=np.int32)

    @cached_property
    def arcs(self) -> Arcs:
        """All of them, by slot."""
        states = np.array([person.state for person in self.people])
        kept_off = self._kept_off()
        parts = []
        for number, slot in enumerate(self.slots):
            place = self.places[slot.place]
            could = self.fits_time[:, slot.place] & self.fits_kind[:, slot.place]
            could[list(kept_off.get(slot.place, ()))] = False
            who = np.flatnonzero(could)
            opens = self._day(place.opens_on) if isinstance(place, Option) else 0
            coming = times.first_meetings(place.days, self.problem.today, opens, self.problem.horizon)
            day = coming[np.maximum(self.ready[who], slot.free_from)]
            holds = (day != times.NEVER) & self.licensed(slot.place, states[who], day, who)
            who, day = who[holds], day[holds]
            parts.append(
                (who, np.full(len(who), number), day, self.unmet[who, slot.place] if len(who) else np.zeros(0))
            )
        columns = [np.concatenate(column) if parts else np.zeros(0) for column in zip(*parts, strict=True)] or [
            np.zeros(0)
        ] * 4
        return Arcs(*(column.astype(np.int32) for column in columns))

    def _kept_off(self) -> dict[int, set[int]]:
        """place -> people who are kept apart from somebody who sits there already, or who co-leads it."""
        sits = {who: place for place, group in enumerate(self.problem.groups) for who in group.sitting}
        found: dict[int, set[int]] = defaultdict(set)
        for one, other in self.problem.apart:
            for who, beside in ((one, other), (other, one)):
                if who in self.number and beside in sits:
                    found[sits[beside]].add(self.number[who])
        for place, group in enumerate(self.problem.groups):
            if (refused := self._refused.get(group.co_leader or "")) is not None:
                found[place] |= set(np.flatnonzero(refused).tolist())
        return found

    @cached_property
    def apart(self) -> list[tuple[int, int]]:
        """Pairs of people who both wait."""
        pairs = ((self.number.get(one), self.number.get(other)) for one, other in self.problem.apart)
        return [(one, other) for one, other in pairs if one is not None and other is not None]

    @cached_property
    def together(self) -> list[tuple[int, int]]:
        pairs = ((self.number.get(one), self.number.get(other)) for one, other in self.problem.together)
        return [(one, other) for one, other in pairs if one is not None and other is not None]

    @cached_property
    def weight(self) -> Ints:
        """How much it matters to seat each person, more than URGENCIES and at most twice that: by priority, then by
        months of waiting. Only the order counts: of several sets of people of whom one could be seated, the best by
        this order wins."""
        return np.array([URGENCIES + _urgency(person, self.problem.today) for person in self.people], dtype=np.int32)


def _pattern(place: Group | Option) -> tuple[object, ...]:
    return place.days, place.starts_at, place.minutes, place.zone


def _urgency(person: Person, today: date) -> int:
    months = min(max((today - person.waiting_since).days // 30, 0), WAITS_COUNT_TO)
    return (3 - person.priority) * (WAITS_COUNT_TO + 1) + months + 1


def _alike(values: Sequence[T]) -> tuple[list[T], NDArray[np.intp]]:
    """Each different value once, and for each of `values` which one it is."""
    kinds: dict[T, int] = {}
    of = np.array([kinds.setdefault(value, len(kinds)) for value in values], dtype=np.intp)
    return list(kinds), of
