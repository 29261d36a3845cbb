"""The placement engine: no plan breaks a rule, small ones are the best there are, and bounds are bounds."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stepdown.placement.matching import engine
from stepdown.placement.matching.engine import solve
from stepdown.placement.matching.plan import Plan, Seat, Unplaced
from stepdown.placement.matching.problem import Group, Problem
from stepdown.placement.matching.validator import broken
from stepdown.placement.tests.worlds import TODAY, world

NAMES = ("without a chair", "urgent without a chair", "days to start", "wishes unmet", "unevenness")


def goals(plan: Plan) -> dict[str, int]:
    return {goal.name: goal.value for goal in plan.goals}


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    people=st.integers(0, 40),
    groups=st.integers(0, 8),
    options=st.integers(0, 4),
    states=st.integers(1, 4),
    apart=st.sampled_from([0, 0.1, 0.6]),
    acquainted=st.sampled_from([0, 0.5]),
)
def test_no_plan_breaks_a_rule_and_none_is_better_than_its_bound(
    seed, people, groups, options, states, apart, acquainted
):
    problem = world(
        seed,
        people=people,
        groups=groups,
        leaders=3,
        options=options,
        states=states,
        apart=apart,
        acquainted=acquainted,
    )
    plan = solve(problem, effort=1)
    assert broken(problem, plan) == []
    assert all(goal.value >= goal.bound for goal in plan.goals if goal.bound is not None)
    assert len(plan.placed) + len(plan.unplaced) == people
    assert all(one.why and one.would_help for one in plan.unplaced)


@pytest.mark.parametrize("seed", [103, 109, 122, 209, 239, 241, 257, 263, 287, 294, 394])
def test_what_is_too_large_to_be_solved_whole_breaks_no_rule_either(seed, monkeypatch):
    """Small worlds, taken for large ones: what opens has enough people, and bounds are bounds."""
    monkeypatch.setattr(engine, "WHOLE", -1)
    apart = (0, 0.3, 0.8)[seed % 3]
    problem = world(
        seed,
        people=10 + seed % 40,
        groups=seed % 6,
        leaders=3,
        options=seed % 5,
        states=1 + seed % 3,
        apart=apart,
        acquainted=0.3,
    )
    plan = solve(problem, effort=0.3)
    assert broken(problem, plan) == []
    assert all(goal.value >= goal.bound for goal in plan.goals if goal.bound is not None)


def every_plan(problem: Problem) -> list[Plan]:
    """All that break no rule, by trying everything; only for very small problems without options."""
    choices = []
    for person in problem.people:
        possible: list[tuple[Group, int] | None] = [None]
        for group in problem.groups:
            starts = range((person.ready_on - TODAY).days, 70)
            days = [day for day in starts if (TODAY + timedelta(days=day)).weekday() in group.days]
            for chairs in group.chairs:
                on = next((day for day in days if TODAY + timedelta(days=day) >= chairs.free_from), None)
                if on is not None and (group, on) not in possible:
                    possible.append((group, on))
        choices.append([one for one in possible if one is None or not alone_broken(problem, person.id, *one)])
    plans = (plan_of(problem, chosen) for chosen in product(*choices))
    return [plan for plan in plans if not broken(problem, plan)]


def alone_broken(problem: Problem, person: str, group: Group, day: int) -> bool:
    seat = Seat(person=person, group=group.id, starts_on=TODAY + timedelta(days=day))
    others = tuple(Unplaced(person=one.id, why=(), would_help=()) for one in problem.people if one.id != person)
    return bool(broken(problem, empty().model_copy(update={"placed": (seat,), "unplaced": others})))


def plan_of(problem: Problem, chosen) -> Plan:
    pairs = list(zip(problem.people, chosen, strict=True))
    placed = [
        Seat(person=person.id, group=at[0].id, starts_on=TODAY + timedelta(days=at[1])) for person, at in pairs if at
    ]
    unplaced = [Unplaced(person=person.id, why=(), would_help=()) for person, at in pairs if not at]
    return empty().model_copy(update={"placed": tuple(placed), "unplaced": tuple(unplaced)})


def empty() -> Plan:
    return Plan(seed=0, seconds=0, status="good", gap=0, goals=(), placed=(), unplaced=(), opened=())


def counted(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """The goals of NAMES but the second, counted from the plan alone."""
    people = {one.id: one for one in problem.people}
    groups = {one.id: one for one in problem.groups}
    where = {seat.person: seat.group for seat in plan.placed}
    unmet = sum(
        (people[who].wishes.band not in (None, groups[at].band))
        + (bool(people[who].wishes.days) and not set(groups[at].days) <= set(people[who].wishes.days))
        + (people[who].wishes.language not in (None, groups[at].language))
        for who, at in where.items()
    )
    unmet += sum(where.get(one, 1) != where.get(other, 2) for one, other in problem.together)
    sizes = {one.id: len(one.sitting) for one in problem.groups}
    for at in where.values():
        sizes[at] += 1
    return (
        len(plan.unplaced),
        sum((seat.starts_on - TODAY).days for seat in plan.placed),
        unmet,
        sum((size - problem.intended) ** 2 for size in sizes.values()),
    )


@pytest.mark.parametrize("seed", range(10))
def test_a_small_plan_is_the_best_of_all_there_are(seed):
    crowded = world(seed, people=4, groups=3, leaders=2, states=1, apart=0.5, together=0.25)
    groups = [
        group.model_copy(update={"chairs": tuple(one.model_copy(update={"count": 1}) for one in group.chairs)})
        for group in crowded.groups
    ]
    alike = [one.model_copy(update={"priority": 2, "waiting_since": TODAY}) for one in crowded.people]
    problem = crowded.model_copy(update={"groups": tuple(groups), "people": tuple(alike)})
    plan = solve(problem, effort=20)
    best = min(counted(problem, one) for one in every_plan(problem))
    assert counted(problem, plan) == best
    told = goals(plan)
    assert tuple(told[name] for name in NAMES if name != "urgent without a chair") == best
    assert plan.status == "best"


def test_the_same_seed_gives_the_same_plan():
    problem = world(3, people=60, groups=6, leaders=3, options=3, states=3, apart=0.3)
    first, again = (solve(problem, effort=2, seed=5).model_copy(update={"seconds": 0}) for _ in range(2))
    assert first == again


def test_a_large_world_is_within_one_percent_of_the_bound():
    """Too large to be tried whole, with pairs who are kept apart."""
    problem = world(1, people=800, groups=100, leaders=25)
    plan = solve(problem, effort=1)
    assert broken(problem, plan) == []
    assert plan.gap <= 0.01


def test_of_those_who_cannot_all_sit_the_most_urgent_do():
    problem = world(2, people=30, groups=2, leaders=1, states=1, apart=0, together=0)
    plan = solve(problem, effort=1)
    people = {one.id: one for one in problem.people}
    groups = {one.id: one for one in problem.groups}
    assert plan.unplaced
    for one in plan.unplaced:
        for seat in plan.placed:
            swapped = seat.model_copy(update={"person": one.person, "reasons": (), "against": ()})
            day = max(seat.starts_on, people[one.person].ready_on)
            is_possible = day == seat.starts_on and not alone_broken(
                problem, one.person, groups[seat.group], (swapped.starts_on - TODAY).days
            )
            if is_possible:
                assert people[seat.person].priority <= people[one.person].priority


def changed(plan: Plan, **seat) -> Plan:
    first, *rest = plan.placed
    return plan.model_copy(update={"placed": (first.model_copy(update=seat), *rest)})


def test_the_validator_sees_each_broken_rule():
    problem = world(7, people=40, groups=6, leaders=3, states=2, apart=0.2)
    plan = solve(problem, effort=2)
    assert broken(problem, plan) == []
    first = plan.placed[0]
    assert any("cannot start" in one for one in broken(problem, changed(plan, starts_on=TODAY - timedelta(days=7))))
    assert any(
        "does not meet" in one
        for one in broken(problem, changed(plan, starts_on=first.starts_on + timedelta(days=1), group=first.group))
    )
    assert any("2 times" in one for one in broken(problem, changed(plan, person=plan.placed[1].person)))
    assert any("not known" in one for one in broken(problem, changed(plan, group="nowhere")))
    full = problem.model_copy(update={"groups": tuple(one.model_copy(update={"chairs": ()}) for one in problem.groups)})
    assert any("no chair" in one for one in broken(full, plan))
    unlicensed = problem.model_copy(
        update={"leaders": tuple(one.model_copy(update={"licenses": ()}) for one in problem.leaders)}
    )
    assert any("not licensed" in one for one in broken(unlicensed, plan))
    busy = problem.model_copy(
        update={
            "people": tuple(
                one.model_copy(update={"available": tuple(w.model_copy(update={"days": (6,)}) for w in one.available)})
                for one in problem.people
            )
        }
    )
    assert any("cannot come" in one for one in broken(busy, plan))
    together = next(
        (a.person, b.person) for a in plan.placed for b in plan.placed if a.group == b.group and a.person < b.person
    )
    assert any("kept apart" in one for one in broken(problem.model_copy(update={"apart": (together,)}), plan))


def test_a_group_opens_with_a_leader_who_is_free_and_licensed():
    problem = world(11, people=120, groups=2, leaders=6, options=8, states=3, apart=0.1)
    plan = solve(problem, effort=5)
    assert plan.opened
    assert broken(problem, plan) == []
    one, *others = plan.opened
    assert sum(seat.group == one.group for seat in plan.placed) >= problem.opens_with
    nobody = plan.model_copy(update={"opened": (one.model_copy(update={"leader": "nobody"}), *others)})
    assert any("cannot be opened" in sentence for sentence in broken(problem, nobody.model_copy(update={"placed": ()})))
    closed = plan.model_copy(update={"opened": tuple(others)})
    assert any("not opened" in sentence for sentence in broken(problem, closed))
