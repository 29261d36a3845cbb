"""Which groups to open and who leads them, as the flow over all options suggests: for problems too large to be solved
whole."""

from collections import Counter, defaultdict

from ortools.sat.python import cp_model

from stepdown.placement.matching.exact import clashing, led_now, may_lead
from stepdown.placement.matching.world import World

EFFORT = 5.0


def decide(world: World, seats: dict[int, int]) -> dict[int, str]:
    """Option -> its leader: so that of those whom the flow seats in options most are led by somebody who may, where
    they are. seats: the flow's, person -> row of the world's arcs."""
    inside = defaultdict(list)
    for person, row in seats.items():
        place = world.slots[world.arcs.slot[row]].place
        if world.is_option(place):
            inside[place].append((person, row))
    model = cp_model.CpModel()
    leads: dict[tuple[int, str], cp_model.IntVar] = {}
    worth = Counter[tuple[int, str]]()
    for place, some in inside.items():
        for could in world.leaders_of(place):
            worth[place, could.id] = sum(
                may_lead(world, could.id, world.people[person], world.arcs.day[row : row + 1]) for person, row in some
            )
            if worth[place, could.id] >= world.problem.opens_with:
                leads[place, could.id] = model.new_bool_var("")
    for place in inside:
        model.add_at_most_one(lead for (at, _), lead in leads.items() if at == place)
    for leader, pairs in clashing(world).items():
        for one, other in pairs:
            both = [leads[place, leader] for place in (one, other) if (place, leader) in leads]
            if len(both) == 2:
                model.add_at_most_one(both)
        own = [lead for (_, who), lead in leads.items() if who == leader]
        most = world.leaders[leader].most_groups
        if own and most is not None:
            model.add(sum(own) <= max(0, most - led_now(world, leader)))
    model.maximize(sum(worth[key] * lead for key, lead in leads.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_deterministic_time = 1, EFFORT
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {}
    return {place: leader for (place, leader), lead in leads.items() if solver.boolean_value(lead)}
