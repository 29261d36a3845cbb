"""A check-in round: one person after the other, nobody twice, nobody forgotten who came late or was away.

`order` holds everyone's id, `turn` the index of whoever's turn it is: before it, those who have spoken; after it, those
to come. `present`: who is in the room, in the order in which newcomers are added. While everyone to come is away, the
turn is that of the first of them; whose turn it is and who is away has not spoken.
"""

from collections.abc import Hashable, Sequence
from typing import TypeVar

One = TypeVar("One", bound=Hashable)


def _to_come(order: Sequence[One], turn: int, present: Sequence[One]) -> tuple[list[One], list[One]]:
    """(those to come who are present, those to come who are away)."""
    rest = [*order[turn + 1 :], *(one for one in present if one not in order)]
    return [one for one in rest if one in present], [one for one in rest if one not in present]


def advance(order: Sequence[One], turn: int, present: Sequence[One]) -> tuple[list[One], int] | None:
    """(order, turn) when the present turn is over, with whoever is away behind those present. None: nobody is left."""
    if order[turn] not in present:
        return skip(order, turn, present)
    here, away = _to_come(order, turn, present)
    return ([*order[: turn + 1], *here, *away], turn + 1) if here or away else None


def skip(order: Sequence[One], turn: int, present: Sequence[One]) -> tuple[list[One], int]:
    """(order, turn) when whoever's turn it is speaks later: after all present who are to come. Alone, they keep it."""
    here, away = _to_come(order, turn, present)
    return [*order[:turn], *here, order[turn], *away], turn
