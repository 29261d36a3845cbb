"""The best that any plan could be if nobody had to be kept apart, and how: two flows, the second among the best of the
first.

Without pairs kept apart and with every option open, the problem is one of flows: people to chairs to a sink. The first
flow is of least cost in people without a chair and then in days to the start. By its prices every other flow that is as
good is known (complementary slackness), and of these the second finds the one of least wishes unmet and then of most
even groups, whose cost grows with each person and so is convex. What both cost is a proven bound for every plan.

Source: Ahuja, Magnanti, Orlin, "Network Flows", 1993, chapter 9 (optimality conditions).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from stepdown.placement.matching.world import World

Longs: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Relaxed:
    """seats: person -> row of the world's arcs. The rest are bounds, each for plans as good in those before; None: none
    is known."""

    seats: dict[int, int]
    without_chair: int
    weighted: int
    days: int
    unmet: int
    unevenness: int | None


@dataclass(frozen=True)
class _Net:
    """Arcs from `tail` to `head`; the supply of each node. Rows: people to slots, people to the sink, slots to places,
    places to the sink."""

    tail: Longs
    head: Longs
    capacity: Longs
    cost: Longs
    supply: Longs


def relax(world: World, barred: Collection[int] = ()) -> Relaxed:
    """Solves both. barred: rows of the arcs that nobody takes; with any, what it comes to is no bound."""
    arcs, net = world.arcs, _net(world)
    net.capacity[list(barred)] = 0
    flow = _solve(net)
    prices = _prices(net, flow)
    reduced = net.cost + prices[net.tail] - prices[net.head]
    flow = _second(world, net, reduced)
    chosen = np.flatnonzero(flow[: len(arcs)])
    seats = {int(arcs.person[row]): int(row) for row in chosen}
    left = np.ones(len(world.people), dtype=bool)
    left[list(seats)] = False
    return Relaxed(
        seats=seats,
        without_chair=int(left.sum()),
        weighted=int(world.weight[left].sum()),
        days=int(arcs.day[chosen].sum()),
        unmet=int(arcs.unmet[chosen].sum()),
        # To this flow an option that stays closed is a group of nobody.
        unevenness=None if world.problem.options else unevenness(world, seats),
    )


def unevenness(world: World, seats: dict[int, int]) -> int:
    """The sum of squares of how far each group is from the intended size; an option that nobody sits in is no group."""
    sizes = [world.sitting(place) for place in range(len(world.places))]
    for row in seats.values():
        sizes[world.slots[world.arcs.slot[row]].place] += 1
    return sum(
        (size - world.problem.intended) ** 2 for place, size in enumerate(sizes) if size or not world.is_option(place)
    )


def _net(world: World) -> _Net:
    arcs, people, slots, places = world.arcs, len(world.people), len(world.slots), len(world.places)
    first_slot, first_place, sink = people, people + slots, people + slots + places
    place_of = np.array([slot.place for slot in world.slots], dtype=np.int64)
    counts = np.array([slot.count for slot in world.slots], dtype=np.int64)
    more_than_all_days = world.problem.horizon * people + 1
    total = np.zeros(places, dtype=np.int64)
    np.add.at(total, place_of, counts)
    everyone, every_slot, every_place = (np.arange(n, dtype=np.int64) for n in (people, slots, places))
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:people], supply[sink] = 1, -people
    return _Net(
        tail=np.concatenate(
            [arcs.person.astype(np.int64), everyone, first_slot + every_slot, first_place + every_place]
        ),
        head=np.concatenate(
            [
                first_slot + arcs.slot.astype(np.int64),
                np.full(people, sink),
                first_place + place_of,
                np.full(places, sink),
            ]
        ),
        capacity=np.concatenate([np.ones(len(arcs) + people, dtype=np.int64), counts, total]),
        cost=np.concatenate(
            [
                arcs.day.astype(np.int64),
                world.weight.astype(np.int64) * more_than_all_days,
                np.zeros(slots + places, dtype=np.int64),
            ]
        ),
        supply=supply,
    )


def _solve(net: _Net) -> Longs:
    """Flow on each arc, of least cost. There is always one, as everybody may go to the sink at once."""
    solver = SimpleMinCostFlow()
    rows = solver.add_arcs_with_capacity_and_unit_cost(net.tail, net.head, net.capacity, net.cost)
    solver.set_nodes_supplies(np.arange(len(net.supply)), net.supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"no flow was found: {status}")
    found: Longs = solver.flows(rows)
    return found


def _prices(net: _Net, flow: Longs) -> Longs:
    """Of each node, so that no arc with room left has a negative reduced cost (Bellman and Ford)."""
    onward, back = flow < net.capacity, flow > 0
    tail = np.concatenate([net.tail[onward], net.head[back]])
    head = np.concatenate([net.head[onward], net.tail[back]])
    cost = np.concatenate([net.cost[onward], -net.cost[back]])
    price = np.zeros(len(net.supply), dtype=np.int64)
    while True:
        lower = price.copy()
        np.minimum.at(lower, head, price[tail] + cost)
        if (lower == price).all():
            return price
        price = lower


def _second(world: World, first: _Net, reduced: Longs) -> Longs:
    """Of the flows that cost no more, the one of least wishes unmet, then of most even groups."""
    arcs, places = world.arcs, len(world.places)
    # Whatever is cheaper than its price is full in every best flow, whatever is dearer is empty.
    must, may = reduced < 0, reduced == 0
    supply = first.supply.copy()
    np.subtract.at(supply, first.tail[must], first.capacity[must])
    np.add.at(supply, first.head[must], first.capacity[must])
    begin = len(first.tail) - places
    intended = world.problem.intended
    tail, head, capacity, cost = [first.tail[:begin][may[:begin]]], [first.head[:begin][may[:begin]]], [], []
    capacity.append(first.capacity[:begin][may[:begin]])
    wishes = np.zeros(begin, dtype=np.int64)
    lowest, highest = -2 * intended, 2 * 2 * 10
    wishes[: len(arcs)] = arcs.unmet.astype(np.int64) * ((highest - lowest) * len(world.people) + 1)
    cost.append(wishes[may[:begin]])
    for place in range(places):
        row = begin + place
        taken = world.sitting(place) + (int(first.capacity[row]) if must[row] else 0)
        room = int(first.capacity[row]) if may[row] else 0
        steps = np.arange(taken + 1, taken + room + 1, dtype=np.int64)
        tail.append(np.full(room, first.tail[row]))
        head.append(np.full(room, first.head[row]))
        capacity.append(np.ones(room, dtype=np.int64))
        # (n - i)² - (n - 1 - i)², moved so that it is never negative: all flows here seat the same number.
        cost.append(2 * (steps - intended) - 1 - lowest + 1)
    net = _Net(
        tail=np.concatenate(tail),
        head=np.concatenate(head),
        capacity=np.concatenate(capacity),
        cost=np.concatenate(cost),
        supply=supply,
    )
    found = np.zeros(len(first.tail), dtype=np.int64)
    found[:begin][may[:begin]] = _solve(net)[: int(may[:begin].sum())]
    found[:begin][must[:begin]] = first.capacity[:begin][must[:begin]]
    return found
