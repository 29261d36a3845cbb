"""Why each person sits where they do, or nowhere, in sentences; and what would have to change."""

from collections import Counter
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stepdown.placement.matching.exact import Seating
from stepdown.placement.matching.plan import Seat, Unplaced
from stepdown.placement.matching.world import World

Flags: TypeAlias = NDArray[np.bool_]
LAPSES_WITHIN = timedelta(weeks=13)  # the length of the program. Source: program manual


def seats(world: World, seating: Seating) -> tuple[Seat, ...]:
    """Each proposal, in the order of the people."""
    return tuple(_seat(world, seating, person, row) for person, row in sorted(seating.seats.items()))


def _seat(world: World, seating: Seating, number: int, row: int) -> Seat:
    person, slot = world.people[number], world.slots[world.arcs.slot[row]]
    group, starts_on = world.places[slot.place], world.on(int(world.arcs.day[row]))
    reasons = ["It meets when they can come." if person.available else "They can come at any time.",
               f"It is led by somebody licensed in {person.state}."]  # fmt: skip
    against: list[str] = []
    wait = (starts_on - person.ready_on).days
    (reasons if wait <= 7 else against).append(
        "They start on the first day they can." if wait <= 0 else f"They start {_days(wait)} after they could."
    )
    wish = person.wishes
    for is_wished, is_met, name in (
        (wish.band is not None, group.band == wish.band, f"a group in the {wish.band}"),
        (bool(wish.days), set(group.days) <= set(wish.days), "these weekdays"),
        (wish.language is not None, group.language == wish.language, f"a group in {wish.language}"),
        *((True, tag in group.tags, f"a group for {tag}") for tag in wish.tags),
    ):
        if is_wished:
            (reasons if is_met else against).append(f"They wish for {name}" + ("." if is_met else ", which it is not."))
    until = _licensed_until(world, seating, slot.place, person.state, int(world.arcs.day[row]))
    if until is not None and until < starts_on + LAPSES_WITHIN:
        against.append(f"The leader’s license in {person.state} ends on {until.isoformat()}.")
    return Seat(person=person.id, group=group.id, starts_on=starts_on, reasons=tuple(reasons), against=tuple(against))


def _licensed_until(world: World, seating: Seating, place: int, state: str, day: int) -> date | None:
    """The last day of the leader's license that is valid then; None when it does not end."""
    leaders = world.leaders_of(place)
    if place in seating.leads:
        leaders = [world.leaders[seating.leads[place]]]
    today = world.problem.today
    found: date | None = None
    for leader in leaders:
        for one in leader.licenses:
            if one.state == state and (one.first - today).days <= day:
                if one.last is None:
                    return None
                if (one.last - today).days >= day:
                    found = max(found or one.last, one.last)
    return found


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def unplaced(world: World, seating: Seating) -> tuple[Unplaced, ...]:
    """Everybody without a chair, in the order of the people."""
    used = Counter(int(world.arcs.slot[row]) for row in seating.seats.values())
    room = np.zeros(len(world.places), dtype=bool)
    for number, slot in enumerate(world.slots):
        room[slot.place] |= used[number] < slot.count
    could_sit = set(world.arcs.person.tolist())
    licensed: dict[tuple[str, int], Flags] = {}  # state and day -> [place]
    found = []
    for number in range(len(world.people)):
        if number not in seating.seats:
            key = world.people[number].state, int(world.ready[number])
            if key not in licensed:
                licensed[key] = _licensed(world, *key)
            found.append(_unplaced(world, number, room, licensed[key], number in could_sit))
    return tuple(found)


def _licensed(world: World, state: str, day: int) -> Flags:
    on = np.full(1, day, dtype=np.int32)
    return np.array([bool(world.licensed(place, [state], on)[0]) for place in range(len(world.places))], dtype=bool)


def _unplaced(world: World, number: int, room: Flags, licensed: Flags, could_sit: bool) -> Unplaced:
    """Which of their needs, were it alone not there, would leave them a chair that is free in this plan."""
    person = world.people[number]
    kind, free = world.fits_kind[number], world.fits_time[number]
    why, would_help = [], []
    if not kind.any():
        why.append(f"No group of the program {person.program} takes them.")
        would_help.append(f"Open a group of {person.program}.")
    elif not (kind & free).any():
        why.append("No group of their program meets when they can come.")
    elif not (kind & free & licensed).any():
        why.append(f"No group that meets when they can come is led by somebody licensed in {person.state}.")
    elif could_sit or person.not_led_by:
        why.append("Every group that suits them is full, or would seat them beside somebody they are kept apart from.")
    else:
        why.append("No group that suits them has a chair within the time that is planned for.")
    for count, words in (
        (int((kind & licensed & room & ~free).sum()), "could come at other times"),
        (int((kind & free & room & ~licensed).sum()), f"were led by somebody licensed in {person.state}"),
    ):
        if count:
            they = "they" if "come" in words else "these"
            groups = "1 group has" if count == 1 else f"{count} groups have"
            would_help.append(f"{groups} a free chair, if {they} {words}.")
    if (kind & free & licensed).any():
        would_help.append("One more chair at a time that suits them: open a group, or wait until somebody leaves.")
    if not would_help:
        would_help.append(f"A new group at a time that suits them, led by somebody licensed in {person.state}.")
    return Unplaced(person=person.id, why=tuple(why), would_help=tuple(would_help))
