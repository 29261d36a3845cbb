"""The placement engine against its bound and against two ways that people place by hand, in the same worlds.

SIZES="2000x250x40" (people, groups, leaders; comma separated) and EFFORT=10 change what is run. Prints a table and
asserts nothing about time; every plan is checked by the validator. `center` measures a single
placement and the pages in a large center, and `moving` how long a group takes that moves to another time.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable

from bench import center
from bench.table import table
from stepdown.placement.matching.engine import solve
from stepdown.placement.matching.plan import Plan, Seat, Unplaced
from stepdown.placement.matching.problem import Problem
from stepdown.placement.matching.validator import broken
from stepdown.placement.matching.world import World
from stepdown.placement.tests.worlds import world

SIZES = os.environ.get("SIZES") or "2000x250x40,10000x1250x200"
EFFORT = float(os.environ.get("EFFORT") or 10)
Choice = Callable[[int], tuple[float, ...]]  # of a row of the arcs: the less, the better


def main() -> None:
    rows = []
    for size in SIZES.split(","):
        people, groups, leaders = (int(part) for part in size.split("x"))
        problem = world(1, people=people, groups=groups, leaders=leaders)
        for name, place in (("first come", first_come), ("greedy", greedy), ("engine", engine)):
            began = time.monotonic()
            plan = place(problem)
            seconds = time.monotonic() - began
            assert broken(problem, plan) == [], f"{name} breaks a rule"
            rows.append([size, name, *told(problem, plan), f"{plan.gap:.2%}" if plan.goals else "", f"{seconds:.1f}"])
    print("\nPlacement: people x groups x leaders")
    print(table(["size", "placed by", "seated", "mean days", "wishes met", "gap to the bound", "seconds"], rows))
    center.main()
    subprocess.run([sys.executable, "-m", "pytest", "bench/moving.py", "-q"], check=True)


def engine(problem: Problem) -> Plan:
    return solve(problem, effort=EFFORT)


def first_come(problem: Problem) -> Plan:
    """Who waits longest takes the chair that starts soonest."""
    made = World(problem)
    order = sorted(range(len(made.people)), key=lambda n: (made.people[n].waiting_since, n))
    return taken(made, order, lambda row: (made.arcs.day[row],))


def greedy(problem: Problem) -> Plan:
    """Who has least choice goes first, of these the most urgent; and takes, of the chairs that start soonest, the one
    that leaves fewest wishes unmet and is least sought after."""
    made = World(problem)
    choices, sought = defaultdict(int), defaultdict(float)
    for row in range(len(made.arcs)):
        choices[int(made.arcs.person[row])] += 1
    for row in range(len(made.arcs)):
        slot = int(made.arcs.slot[row])
        sought[slot] += 1 / choices[int(made.arcs.person[row])] / made.slots[slot].count
    order = sorted(range(len(made.people)), key=lambda n: (choices[n], -made.weight[n], n))
    return taken(made, order, lambda row: (made.arcs.day[row], made.arcs.unmet[row], sought[int(made.arcs.slot[row])]))


def taken(made: World, order: Iterable[int], choice: Choice) -> Plan:
    """Each in turn takes the chair they like best of those that are left, and never one beside whom they must not."""
    rows = defaultdict(list)
    for row, person in enumerate(made.arcs.person.tolist()):
        rows[person].append(row)
    apart = defaultdict(set)
    for one, other in made.apart:
        apart[one].add(other)
        apart[other].add(one)
    room = [slot.count for slot in made.slots]
    at: dict[int, int] = {}
    seats = []
    for person in order:
        for row in sorted(rows[person], key=choice):
            slot = int(made.arcs.slot[row])
            place = made.slots[slot].place
            if room[slot] and all(at.get(beside) != place for beside in apart[person]):
                room[slot] -= 1
                at[person] = place
                seats.append(seat_of(made, row))
                break
    left = [Unplaced(person=one.id, why=(), would_help=()) for n, one in enumerate(made.people) if n not in at]
    return Plan(seed=0, seconds=0, status="good", gap=0, goals=(), placed=tuple(seats), unplaced=tuple(left), opened=())


def seat_of(made: World, row: int) -> Seat:
    starts_on = made.on(int(made.arcs.day[row]))
    person, slot = made.people[made.arcs.person[row]], made.slots[made.arcs.slot[row]]
    return Seat(person=person.id, group=made.places[slot.place].id, starts_on=starts_on)


def told(problem: Problem, plan: Plan) -> list[str]:
    """Seated, mean days from today to the start, share of the wishes of those seated that are met."""
    people = {one.id: one for one in problem.people}
    groups = {one.id: one for one in problem.groups}
    wished = met = days = 0
    for seat in plan.placed:
        wish, group = people[seat.person].wishes, groups[seat.group]
        days += (seat.starts_on - problem.today).days
        for is_wished, is_met in (
            (wish.band is not None, wish.band == group.band),
            (bool(wish.days), set(group.days) <= set(wish.days)),
            (wish.language is not None, wish.language == group.language),
        ):
            wished += is_wished
            met += is_wished and is_met
    count = len(plan.placed)
    return [f"{count:,}", f"{days / max(1, count):.2f}", f"{met / max(1, wished):.1%}"]


if __name__ == "__main__":
    main()
