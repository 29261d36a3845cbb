"""Side rooms: nobody stays alone in one, and nobody is left over. Plain arithmetic; clock and chance are arguments."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

One = TypeVar("One", bound=Hashable)
MOST = 3  # in one pair

# Longer than coming back on a broken line takes, or loading the page again. A private word ends first: its patient
# wants to be with somebody.
PATIENCE = {"word": timedelta(seconds=15), "door": timedelta(seconds=15), "pair": timedelta(seconds=30)}


def lonely_since(there: int, before: datetime | None, now: datetime) -> datetime | None:
    """Since when fewer than two people are in a side room; None when there are two or more.

    there: people who are in it now. before: the answer a moment ago.
    """
    return None if there > 1 else before or now


def is_too_long(kind: str, since: datetime | None, now: datetime) -> bool:
    """Whether whoever is left in it should be with the group again; `kind` is a key of PATIENCE."""
    return since is not None and now - since >= PATIENCE[kind]


def pairs_of(people: Sequence[One], chosen: Mapping[One, int], shuffle: Callable[[list[One]], None]) -> list[list[One]]:
    """Twos, and threes where somebody would be left over.

    people: everyone there is. chosen: the number of a pair for those who are not left to chance; numbers give the
    order. Who was chosen alone gets somebody by chance. Raises ValueError for fewer than two people, or more than
    three chosen for one pair; `str()` is the sentence.
    """
    if len(people) < 2:
        raise ValueError("There are not two people to put together.")
    by_number: defaultdict[int, list[One]] = defaultdict(list)
    rest: list[One] = []
    for one in people:
        (by_number[chosen[one]] if one in chosen else rest).append(one)
    if any(len(together) > MOST for together in by_number.values()):
        raise ValueError("At most three talk together. Give somebody another pair.")
    shuffle(rest)
    made, alone = [], []
    for number in sorted(by_number):
        together = by_number[number]
        if len(together) == 1 and rest:
            together.append(rest.pop())
        if len(together) == 1:
            alone += together
        else:
            made.append(together)
    rest += alone
    while len(rest) > 1:
        made.append([rest.pop(), rest.pop()])
    if rest:
        min(made, key=len).append(rest[0])
    return made
