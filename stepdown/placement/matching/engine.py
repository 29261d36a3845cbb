"""From a problem to a plan: the flows' best, made to keep people apart, then made better part by part.

The order of what is aimed at: nobody sits where a need forbids it; everybody sits; days to the start; wishes; groups of
even size; few new groups; no leader with many. Each counts only when all before it are the same.
"""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from stepdown.placement.matching.exact import Part, Seating
from stepdown.placement.matching.openings import decide
from stepdown.placement.matching.plan import Goal, Name, Opened, Plan
from stepdown.placement.matching.problem import Problem
from stepdown.placement.matching.reasons import seats, unplaced
from stepdown.placement.matching.relaxed import Relaxed, relax, unevenness
from stepdown.placement.matching.world import World

WHOLE = 25_000  # arcs, up to which CP-SAT takes the whole problem
PART_PEOPLE = 60  # of a part that is looked at again
ROUNDS = 12  # of flows, to keep pairs apart
PART_EFFORT = 0.5  # for each
FRUITLESS = 8  # parts looked at in vain, after which it is left


@dataclass(frozen=True)
class Progress:
    """How far it is: what is done now, seconds so far, the goals as they stand."""

    doing: Literal["bound", "apart", "better", "reasons"]
    seconds: float
    goals: tuple[Goal, ...]


def solve(
    problem: Problem, *, effort: float = 10, seed: int = 0, tell: Callable[[Progress], None] = lambda _: None
) -> Plan:
    """effort: about seconds, counted by the solver's own steps, so that the same seed gives the same plan."""
    began = time.monotonic()
    open_world = World(problem)
    bounds = relax(open_world)
    tell(Progress("bound", time.monotonic() - began, ()))
    solver = Solver(open_world, bounds, effort=effort, seed=seed)
    solver.keep_apart()
    tell(Progress("apart", time.monotonic() - began, solver.goals()))
    for _ in solver.improve():
        tell(Progress("better", time.monotonic() - began, solver.goals()))
    world, seating, goals = solver.world, solver.seating, solver.goals()
    tell(Progress("reasons", time.monotonic() - began, goals))
    return Plan(
        seed=seed,
        seconds=round(time.monotonic() - began, 2),
        status="best" if solver.is_best or all(goal.value == goal.bound for goal in goals[:5]) else "good",
        gap=_gap(goals),
        goals=goals,
        placed=seats(world, seating),
        unplaced=unplaced(world, seating),
        opened=tuple(
            Opened(group=world.places[place].id, leader=leader) for place, leader in sorted(seating.leads.items())
        ),
    )


class Solver:
    """A seating that becomes better."""

    def __init__(self, open_world: World, bounds: Relaxed, *, effort: float, seed: int) -> None:
        self.bounds, self.effort, self.seed = bounds, effort, seed
        self.random = random.Random(seed)  # noqa: S311  # where to look next, no secret
        self._choices: Counter[int] = Counter(open_world.arcs.person.tolist())
        self.is_best = False
        self.is_whole = len(open_world.arcs) <= WHOLE
        self.open_world = self.world = open_world
        self.seating = Seating(dict(bounds.seats))
        if open_world.problem.options:
            self._decide(decide(open_world, bounds.seats))

    def _decide(self, leads: dict[int, str]) -> None:
        """These options open, under these leaders, and no others: as far as the flow tells."""
        self.world = World(self.open_world.problem, leads)
        self.seating = Seating(relax(self.world).seats, leads)

    def _carried(self) -> Seating:
        """The seating in the rows of the world in which all options may open."""
        rows = {}
        for row in range(len(self.open_world.arcs)):
            slot = self.open_world.slots[self.open_world.arcs.slot[row]]
            rows[int(self.open_world.arcs.person[row]), slot.place, slot.free_from] = row
        seats = {}
        for person, row in self.seating.seats.items():
            slot = self.world.slots[self.world.arcs.slot[row]]
            seats[person] = rows[person, slot.place, slot.free_from]
        return Seating(seats, self.seating.leads)

    def keep_apart(self) -> None:
        """Nobody sits with somebody they are kept apart from, and no option opens with too few.

        Where two sit together, one is barred from that group and the flow runs again, so that everybody moves up as it
        is best. An option that is left with too few does not open. CP-SAT then takes a small problem whole, with all
        options open again.
        """
        while True:
            self._bar()
            small = self._too_small()
            if not small:
                break
            self._decide({place: leader for place, leader in self.seating.leads.items() if place != small[0]})
        if self.is_whole and self.open_world.problem.options:
            self.seating = self._carried()
            self.world = self.open_world

    def _bar(self) -> None:
        barred: set[int] = set()
        for _ in range(ROUNDS):
            leaves = self._beside_whom_they_must_not()
            if not leaves:
                break
            for person, place in leaves:
                barred.update(self._rows_at(person, place))
            self.seating = Seating(relax(self.world, barred).seats, self.seating.leads)
        for person, _ in self._beside_whom_they_must_not():
            del self.seating.seats[person]

    def _too_small(self) -> list[int]:
        """Options that would open with too few, the smallest first."""
        sizes = Counter(self._place(row) for row in self.seating.seats.values())
        small = [place for place in self.seating.leads if sizes[place] < self.world.problem.opens_with]
        return sorted(small, key=lambda place: (sizes[place], place))

    def _beside_whom_they_must_not(self) -> list[tuple[int, int]]:
        """Of each pair that sits together the one who could more easily sit elsewhere, with the place."""
        place = {person: self._place(row) for person, row in self.seating.seats.items()}
        found: dict[int, int] = {}
        for one, other in self.world.apart:
            if place.get(one, -1) == place.get(other, -2) and not {one, other} & found.keys():
                found[max((one, other), key=self._easily)] = place[one]
        return sorted(found.items())

    def _easily(self, person: int) -> tuple[int, int, int]:
        """The more, the more easily they sit elsewhere and the less it matters."""
        return self._choices[person], -int(self.world.weight[person]), person

    def _rows_at(self, person: int, place: int) -> list[int]:
        rows = (self.world.arcs.person == person).nonzero()[0].tolist()
        return [row for row in rows if self._place(row) == place]

    def improve(self) -> Iterator[None]:
        """Yields after each part that was looked at."""
        if self._is_at_bounds() and not self.world.problem.options:
            return
        if self.is_whole:
            answer = Part(self.world, self.seating, range(len(self.world.people))).solve(
                effort=self.effort, seed=self.seed
            )
            self.seating, self.is_best = answer.seating, answer.is_best
            yield
            return
        fruitless, effort = 0, 0.0
        while self._wanting() and fruitless < FRUITLESS and effort < self.effort and not self._is_at_bounds():
            before = self.goals()
            part = self._neighbors(self.random.choice(self._wanting()))
            answer = Part(self.world, self.seating, part).solve(effort=PART_EFFORT, seed=self.seed)
            self.seating, effort = answer.seating, effort + answer.effort
            fruitless = 0 if self.goals() != before else fruitless + 1
            yield

    def _wanting(self) -> list[int]:
        """Where to look: at whom flows do not see to the end, of these at those without a chair when there are any."""
        some = sorted({who for pair in (*self.world.apart, *self.world.together) for who in pair if self._choices[who]})
        return [who for who in some if who not in self.seating.seats] or some

    def _is_at_bounds(self) -> bool:
        return all(goal.value == goal.bound for goal in self.goals()[:5])

    def _place(self, row: int) -> int:
        return self.world.slots[self.world.arcs.slot[row]].place

    def _neighbors(self, person: int) -> set[int]:
        """The person, and who sits where they could."""
        arcs = self.world.arcs
        rows = (arcs.person == person).nonzero()[0]
        rows = rows[arcs.day[rows].argsort(kind="stable")]
        sits = defaultdict(list)
        for who, row in self.seating.seats.items():
            sits[self._place(row)].append(who)
        found = {person}
        for row in rows.tolist():
            if len(found) >= PART_PEOPLE:
                break
            found.update(sits[self._place(row)])
        return found

    def goals(self) -> tuple[Goal, ...]:
        """As they stand, with the bounds that hold: each for plans as good in the goals before."""
        world, seated = self.world, self.seating.seats
        rows = list(seated.values())
        values: list[tuple[Name, int, int | None]] = [
            ("without a chair", len(world.people) - len(seated), self.bounds.without_chair),
            ("urgent without a chair", self._weight_left(), self.bounds.weighted),
            ("days to start", int(world.arcs.day[rows].sum()), self.bounds.days),
            ("wishes unmet", int(world.arcs.unmet[rows].sum()) + self._alone(), self.bounds.unmet),
            ("unevenness", unevenness(world, seated), self.bounds.unevenness),
            ("new groups", len(self.seating.leads), None),
            ("most groups led", self._most_led(), None),
        ]
        goals, holds = [], True
        for name, value, bound in values:
            known = value if self.is_best else bound
            goals.append(Goal(name=name, value=value, bound=known if holds else None))
            holds = holds and value == known
        return tuple(goals)

    def _weight_left(self) -> int:
        seated = list(self.seating.seats)
        return int(self.world.weight.sum() - self.world.weight[seated].sum())

    def _alone(self) -> int:
        place = {person: self._place(row) for person, row in self.seating.seats.items()}
        return sum(place.get(one, -1) != place.get(other, -2) for one, other in self.world.together)

    def _most_led(self) -> int:
        led = Counter(group.leader for group in self.world.problem.groups)
        led.update(self.seating.leads.values())
        return max(led.values(), default=0)


def _gap(goals: tuple[Goal, ...]) -> float:
    for goal in goals:
        if goal.bound is not None and goal.value != goal.bound:
            return round((goal.value - goal.bound) / max(1, goal.value), 4)
    return 0.0
