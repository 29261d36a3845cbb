"""What flows cannot say, said to CP-SAT: pairs kept apart and together, groups to open and who leads them.

A whole problem, or a part of one while everybody outside the part keeps their chair. The goals come one after the
other: each solve keeps what the ones before have reached. One worker and deterministic time make the answer depend on
problem and seed alone. Source: OR-Tools documentation, "CP-SAT solver".
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from stepdown.placement.matching.problem import Option, Person
from stepdown.placement.matching.world import Ints, World

Linear: TypeAlias = cp_model.LinearExpr | int


@dataclass(frozen=True)
class Seating:
    """seats: person -> row of the world's arcs. leads: option -> id of its leader, for those that open."""

    seats: dict[int, int]
    leads: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """is_best: nothing in the part could be better in any goal. effort: spent on it, in deterministic time."""

    seating: Seating
    is_best: bool
    effort: float


class Part:
    """The people in `free` may sit anywhere; the others stay where `now` has them. With undecided options in the world,
    everybody has to be free."""

    def __init__(self, world: World, now: Seating, free: Collection[int]) -> None:
        self.world, self.now, self.free = world, now, set(free)
        self.model = cp_model.CpModel()
        self.opens: dict[int, cp_model.IntVar] = {}
        self.leads: dict[tuple[int, str], cp_model.IntVar] = {}
        self.fixed: dict[int, int] = {  # person -> place
            person: world.slots[world.arcs.slot[row]].place
            for person, row in now.seats.items()
            if person not in self.free
        }
        self.takes: dict[int, cp_model.IntVar] = {}  # row of the arcs -> whether it is taken
        self.of: dict[int, list[int]] = defaultdict(list)  # person -> rows
        self.at: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)  # person, place -> variables
        self._seat()
        self._keep_apart()
        self._open()
        self.sizes = self._sizes()
        self.goals = self._goals()

    def _seat(self) -> None:
        arcs, world = self.world.arcs, self.world
        room = [slot.count for slot in world.slots]
        for person, row in self.now.seats.items():
            if person not in self.free:
                room[arcs.slot[row]] -= 1
        rows = np.flatnonzero(np.isin(arcs.person, list(self.free)))
        by_slot: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for row in rows.tolist():
            slot = int(arcs.slot[row])
            if room[slot] > 0:
                take = self.model.new_bool_var("")
                person = int(arcs.person[row])
                self.takes[row] = take
                self.of[person].append(row)
                self.at[person, world.slots[slot].place].append(take)
                by_slot[slot].append(take)
        for rows_of in self.of.values():
            self.model.add_at_most_one(self.takes[row] for row in rows_of)
        for slot, some in by_slot.items():
            if len(some) > room[slot]:
                self.model.add(sum(some) <= room[slot])

    def _keep_apart(self) -> None:
        places = defaultdict(set)
        for person, place in self.at:
            places[person].add(place)
        for one, other in self.world.apart:
            for who, beside in ((one, other), (other, one)):
                if beside in self.fixed:
                    for take in self.at.get((who, self.fixed[beside]), ()):
                        self.model.add(take == 0)
            for place in places[one] & places[other]:
                self.model.add_at_most_one([*self.at[one, place], *self.at[other, place]])

    def _open(self) -> None:
        """Options that are decided on keep enough people. Of the others: whether they open, by whom they are led, and
        whom they then can seat."""
        world, problem = self.world, self.world.problem
        if world.led_by is not None:
            stay = Counter(self.fixed.values())
            for place in world.led_by:
                inside = [take for (_, at), some in self.at.items() if at == place for take in some]
                if stay[place] < problem.opens_with:
                    self.model.add(sum(inside) >= problem.opens_with - stay[place])
            return
        for place in range(len(problem.groups), len(world.places)):
            option = world.places[place]
            assert isinstance(option, Option)
            opens = self.opens[place] = self.model.new_bool_var("")
            could = [leader.id for leader in world.leaders_of(place)]
            for leader in could:
                self.leads[place, leader] = self.model.new_bool_var("")
            self.model.add(sum(self.leads[place, leader] for leader in could) == opens)
            inside = [take for (_, at), some in self.at.items() if at == place for take in some]
            self.model.add(sum(inside) >= problem.opens_with * opens)
            for take in inside:
                self.model.add_implication(take, opens)
        self._licensed()
        for leader, pairs in clashing(world).items():
            for first, second in pairs:
                self.model.add_at_most_one(self.leads[first, leader], self.leads[second, leader])
        for one in world.leaders.values():
            own = [lead for (_, who), lead in self.leads.items() if who == one.id]
            if own and one.most_groups is not None:
                self.model.add(sum(own) <= max(0, one.most_groups - led_now(world, one.id)))

    def _licensed(self) -> None:
        """Who sits in an option is led by somebody who is licensed where they are, and not kept apart from them."""
        world, arcs = self.world, self.world.arcs
        for row, take in self.takes.items():
            place = world.slots[arcs.slot[row]].place
            if place not in self.opens:
                continue
            person, day = world.people[arcs.person[row]], arcs.day[row : row + 1]
            for leader in world.leaders_of(place):
                if not may_lead(world, leader.id, person, day):
                    self.model.add_implication(self.leads[place, leader.id], take.negated())

    def _sizes(self) -> dict[int, Linear]:
        """Size of each group that somebody in the part could come to."""
        inside: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for (_, place), some in self.at.items():
            inside[place] += some
        stay: dict[int, int] = defaultdict(int)
        for place in self.fixed.values():
            stay[place] += 1
        return {place: sum(some) + self.world.sitting(place) + stay[place] for place, some in inside.items()}

    def _goals(self) -> list[Linear]:
        """Three, each of two in one: the second counts when the first is the same."""
        arcs, world = self.world.arcs, self.world
        horizon = world.problem.horizon
        without: Linear = sum(
            int(world.weight[person]) * (1 - sum(self.takes[row] for row in self.of[person])) for person in self.free
        )
        days: Linear = sum(int(arcs.day[row]) * take for row, take in self.takes.items())
        wishes: Linear = sum(int(arcs.unmet[row]) * take for row, take in self.takes.items()) + self._alone()
        uneven = [self._squared(place, size) for place, size in self.sizes.items()]
        most = self.model.new_int_var(0, 1000, "")
        for leader in {leader for _, leader in self.leads}:
            own = [lead for (_, who), lead in self.leads.items() if who == leader]
            self.model.add(sum(own) + led_now(world, leader) <= most)
        return [
            without * (horizon * len(self.free) + 1) + days,
            wishes * (400 * len(uneven) + 1) + sum(uneven),
            sum(self.opens.values()) * 1001 + most,
        ]

    def _alone(self) -> Linear:
        """Pairs who would like to sit together and do not."""
        alone: list[Linear] = []
        for one, other in self.world.together:
            if one not in self.free and other not in self.free:
                continue
            both = []
            for (person, place), some in list(self.at.items()):
                if person != one:
                    continue
                if other in self.free:
                    beside: Linear = sum(self.at.get((other, place), []))
                else:
                    beside = int(self.fixed.get(other) == place)
                shared = self.model.new_bool_var("")
                self.model.add(shared <= sum(some))
                self.model.add(shared <= beside)
                both.append(shared)
            if one not in self.free and one in self.fixed:
                alone.append(1 - sum(self.at.get((other, self.fixed[one]), [])))
            else:
                alone.append(1 - sum(both))
        return sum(alone)

    def _squared(self, place: int, size: Linear) -> cp_model.IntVar:
        """At least (size - intended)², by its tangents; nothing for an option that stays closed."""
        intended = self.world.problem.intended
        square = self.model.new_int_var(0, 400, "")
        for k in range(-intended, 11):
            above = (2 * k + 1) * (size - intended) - k * (k + 1)
            if place in self.opens:
                above = above - 10_000 * (1 - self.opens[place])
            self.model.add(square >= above)
        return square

    def solve(self, *, effort: float, seed: int) -> Answer:
        """effort: in units of the solver's deterministic time, about seconds, for all goals together."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        best, is_best, spent = self.now, True, 0.0
        self._hint(self.now)
        for goal, share in zip(self.goals, (0.6, 0.3, 0.1), strict=True):
            self.model.minimize(goal)
            solver.parameters.max_deterministic_time = effort * share
            status = solver.solve(self.model)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return Answer(best, is_best=False, effort=spent)
            is_best &= status == cp_model.OPTIMAL
            spent += solver.response_proto.deterministic_time
            best = self._seating(solver)
            self.model.add(goal <= round(solver.objective_value))
            self.model.clear_hints()
            self._hint(best)
        return Answer(best, is_best, spent)

    def _hint(self, seating: Seating) -> None:
        for row, take in self.takes.items():
            self.model.add_hint(take, seating.seats.get(int(self.world.arcs.person[row])) == row)
        for place, opens in self.opens.items():
            self.model.add_hint(opens, place in seating.leads)
        for (place, leader), lead in self.leads.items():
            self.model.add_hint(lead, seating.leads.get(place) == leader)

    def _seating(self, solver: cp_model.CpSolver) -> Seating:
        seats = {person: row for person, row in self.now.seats.items() if person not in self.free}
        seats |= {
            int(self.world.arcs.person[row]): row for row, take in self.takes.items() if solver.boolean_value(take)
        }
        leads = {place: leader for (place, leader), lead in self.leads.items() if solver.boolean_value(lead)}
        return Seating(seats, leads if self.world.led_by is None else self.now.leads)


def led_now(world: World, leader: str) -> int:
    """How many groups they lead already, and options that are decided on."""
    decided = (world.led_by or {}).values()
    return sum(group.leader == leader for group in world.problem.groups) + sum(who == leader for who in decided)


def may_lead(world: World, leader: str, person: Person, day: Ints) -> bool:
    """Whether that leader is licensed where the person is on that day, and not kept apart from them."""
    today = world.problem.today
    return leader not in person.not_led_by and any(
        one.state == person.state
        and (one.first - today).days <= day[0]
        and (one.last is None or (one.last - today).days >= day[0])
        for one in world.leaders[leader].licenses
    )


def clashing(world: World) -> Mapping[str, Iterable[tuple[int, int]]]:
    """leader -> pairs of options that they could lead, at the same time."""
    could: dict[str, list[int]] = defaultdict(list)
    for place in range(len(world.problem.groups), len(world.places)):
        for leader in world.leaders_of(place):
            could[leader.id].append(place)
    return {
        leader: [(one, other) for one, other in combinations(places, 2) if world.bits[one] & world.bits[other]]
        for leader, places in could.items()
    }
