"""The chairs of one group as a row of small squares, for lists of groups."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from stepdown.placement.models import Seat
from stepdown.ui.charts.seats import CLASSES
from stepdown.ui.charts.svg import Drawing, rect, svg

SIDE, STEP = 14, 19


def chair_states(chairs: Iterable[int], seats: Sequence[Seat], at: datetime) -> list[str]:
    """ "taken", "held" or "free" for each chair at that moment, in the order of their numbers."""
    states = dict.fromkeys(chairs, "free")
    for seat in seats:
        if seat.starts_at <= at and (seat.ends_at is None or seat.ends_at > at):
            states[seat.chair.number] = "taken" if seat.accepted_at else "held"
    return list(states.values())


def chair_row(states: Sequence[str]) -> Drawing:
    """One square a chair, with a sentence that counts them."""
    parts = [rect(1 + STEP * i, 1, SIDE, SIDE, CLASSES[state][0], 4) for i, state in enumerate(states)]
    counts = [f"{states.count(state)} {state}" for state in ("taken", "held", "free") if state in states]
    sentence = f"{len(states)} chairs: {', '.join(counts)}."
    return Drawing(svg(parts, STEP * max(1, len(states)), SIDE + 2, sentence, fixed=True), sentence)
