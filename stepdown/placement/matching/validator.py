"""Whether a plan keeps every rule. Written apart from the engine and with nothing of it but the problem and the plan:
slow, plain, meeting by meeting."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from stepdown.placement.matching.plan import Plan
from stepdown.placement.matching.problem import Group, Leader, Option, Person, Problem

MEETINGS_LOOKED_AT = 60  # of each group: more than half a year of three a week, so both sides of a change of clocks


def broken(problem: Problem, plan: Plan) -> list[str]:
    """A sentence for each rule that is broken; empty for a plan that can be approved."""
    return list(_Check(problem, plan).all())


class _Check:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.people = {one.id: one for one in problem.people}
        places: tuple[Group | Option, ...] = (*problem.groups, *problem.options)
        self.groups = {one.id: one for one in places}
        self.leaders = {one.id: one for one in problem.leaders}
        self.leads = {one.group: one.leader for one in plan.opened}

    def all(self) -> Iterator[str]:
        yield from self._everyone_once()
        for seat in self.plan.placed:
            yield from self._seat(seat.person, seat.group, seat.starts_on)
        yield from self._chairs()
        yield from self._apart()
        yield from self._opened()

    def _everyone_once(self) -> Iterator[str]:
        named = Counter([seat.person for seat in self.plan.placed] + [one.person for one in self.plan.unplaced])
        for person in self.people:
            if named[person] != 1:
                yield f"{person} is in the plan {named[person]} times."
        for person in set(named) - set(self.people):
            yield f"{person} does not wait."

    def _seat(self, who: str, where: str, on: date) -> Iterator[str]:
        person, group = self.people.get(who), self.groups.get(where)
        if person is None or group is None:
            yield f"{who} or {where} is not known."
            return
        if isinstance(group, Option) and where not in self.leads:
            yield f"{where} is not opened, and {who} sits in it."
            return
        if person.program != group.program:
            yield f"{who} is not for the program of {where}."
        if not set(group.only) <= set(person.tags):
            yield f"{where} is not for {who}."
        opens = group.opens_on if isinstance(group, Option) else self.problem.today
        if on < max(person.ready_on, self.problem.today, opens) or on > self.problem.today + timedelta(
            days=self.problem.horizon
        ):
            yield f"{who} cannot start on {on}."
        if on.weekday() not in group.days:
            yield f"{where} does not meet on {on}."
        if not all(_can_come(person, group, day) for day in _meetings(group, on)):
            yield f"{who} cannot come to {where}."
        leader = self.leaders[group.leader if isinstance(group, Group) else self.leads[where]]
        if not _licensed(leader, person.state, on):
            yield f"{leader.id} is not licensed where {who} is."
        leads = {leader.id, group.co_leader if isinstance(group, Group) else None}
        if leads & set(person.not_led_by):
            yield f"{who} is kept apart from somebody who leads {where}."

    def _chairs(self) -> Iterator[str]:
        starts: dict[str, list[date]] = defaultdict(list)
        for seat in self.plan.placed:
            starts[seat.group].append(seat.starts_on)
        for where, days in starts.items():
            group = self.groups.get(where)
            if group is None:
                continue  # told already
            if isinstance(group, Option):
                free = [group.opens_on] * group.chairs
            else:
                free = sorted(some.free_from for some in group.chairs for _ in range(some.count))
            # Whoever starts first takes the chair that is free first.
            if len(days) > len(free) or any(start < chair for start, chair in zip(sorted(days), free, strict=False)):
                yield f"{where} has no chair for everybody in it."

    def _apart(self) -> Iterator[str]:
        sits = {seat.person: seat.group for seat in self.plan.placed}
        sits |= {who: group.id for group in self.problem.groups for who in group.sitting}
        for one, other in self.problem.apart:
            if one in sits and sits[one] == sits.get(other):
                yield f"{one} and {other} are kept apart and sit in {sits[one]}."

    def _opened(self) -> Iterator[str]:
        sizes = Counter(seat.group for seat in self.plan.placed)
        leads: dict[str, list[Group | Option]] = defaultdict(list)
        co_leads: dict[str, list[Group]] = defaultdict(list)
        for group in self.problem.groups:
            leads[group.leader].append(group)
            if group.co_leader is not None:
                co_leads[group.co_leader].append(group)
        for where, leader in self.leads.items():
            option = self.groups.get(where)
            if not isinstance(option, Option) or leader not in option.leaders:
                yield f"{where} cannot be opened with {leader}."
                continue
            if sizes[where] < self.problem.opens_with:
                yield f"{where} would open with {sizes[where]}."
            leads[leader].append(option)
        for leader, groups in leads.items():
            most = self.leaders[leader].most_groups
            has_new = any(isinstance(group, Option) for group in groups)
            if has_new and most is not None and len(groups) > most:
                yield f"{leader} would lead {len(groups)} groups."
            for one, other in combinations([*groups, *co_leads[leader]], 2):
                if (isinstance(one, Option) or isinstance(other, Option)) and _meet_at_once(one, other, self.problem):
                    yield f"{leader} would lead {one.id} and {other.id} at the same time."


def _meetings(group: Group | Option, first: date) -> Iterator[date]:
    day, count = first, 0
    while count < MEETINGS_LOOKED_AT:
        if day.weekday() in group.days:
            yield day
            count += 1
        day += timedelta(days=1)


def _span(group: Group | Option, day: date) -> tuple[datetime, datetime]:
    """Of one meeting, by the clock of the group's zone."""
    begins = datetime.combine(day, group.starts_at)
    zone = ZoneInfo(group.zone)
    ends = begins + timedelta(minutes=group.minutes)
    return begins.replace(tzinfo=zone).astimezone(UTC), ends.replace(tzinfo=zone).astimezone(UTC)


def _can_come(person: Person, group: Group | Option, day: date) -> bool:
    """Whether the whole meeting lies in one window, or in windows that follow on each other."""
    if not person.available:
        return True
    zone = ZoneInfo(person.zone)
    begins, ends = (moment.astimezone(zone) for moment in _span(group, day))
    moment = begins.replace(tzinfo=None)
    last = ends.replace(tzinfo=None)
    while moment < last:
        inside = [
            datetime.combine(moment.date(), window.ends)
            for window in person.available
            if moment.weekday() in window.days and window.begins <= moment.time() < window.ends
        ]
        if not inside:
            return False
        moment = max(inside)
    return True


def _licensed(leader: Leader, state: str, on: date) -> bool:
    return any(
        one.state == state and one.first <= on and (one.last is None or on <= one.last) for one in leader.licenses
    )


def _meet_at_once(one: Group | Option, other: Group | Option, problem: Problem) -> bool:
    spans = [
        sorted(_span(group, day) for day in _meetings(group, problem.today - timedelta(days=1)))
        for group in (one, other)
    ]
    return any(a[0] < b[1] and b[0] < a[1] for a in spans[0] for b in spans[1])
