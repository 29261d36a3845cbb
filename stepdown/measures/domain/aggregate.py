"""Numbers about many people that tell nothing about few: cells of 1 to 10 are hidden, and no total gives them away.

Where one cell is hidden, the difference between the total and the other cells would tell it. So at least two cells are
hidden, together of 11 people or more, the smallest of the others if need be; where there are none, the total is hidden.
Which ones were hidden for their size and which for the others' sake is not told apart.
A score that is NULL is nobody's score: it enters no average and no count.
Source: rules PRIV-46 (fewer than 11 persons) and INS-04 (NULL scores).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

FEWEST = 11
K = TypeVar("K")


@dataclass(frozen=True)
class Cells(Generic[K]):
    """How many people in each cell and in all; None where it is hidden."""

    people: Mapping[K, int | None]
    total: int | None


@dataclass(frozen=True)
class Mean:
    """people: how many have a score."""

    people: int
    mean: float


@dataclass(frozen=True)
class Answers:
    """One person's: how many instruments were answered of those asked."""

    answered: int
    asked: int


@dataclass(frozen=True)
class Rate:
    """people: how many were asked. answered, asked: how many times, all together."""

    people: int
    answered: int
    asked: int

    @property
    def share(self) -> float:
        return self.answered / self.asked

    @property
    def of_100(self) -> int:
        return round(self.share * 100)


@dataclass(frozen=True)
class Hidden(Generic[K]):
    """cells: those that may not be shown. total: whether the total may not be shown either."""

    cells: frozenset[K]
    total: bool


def hidden(people: Mapping[K, int], fewest: int = FEWEST) -> Hidden[K]:
    """What may not be shown of people by cell. Nobody is in two cells; that nobody is in one may be shown."""
    small = [cell for cell, count in people.items() if 0 < count < fewest]
    if not small:
        return Hidden(frozenset(), total=False)
    cells, others = list(small), sorted((c for c in people if people[c] >= fewest), key=lambda c: people[c])
    while others and not _is_enough(cells, people, fewest):
        cells.append(others.pop(0))
    return Hidden(frozenset(cells), total=not _is_enough(cells, people, fewest))


def _is_enough(cells: Sequence[K], people: Mapping[K, int], fewest: int) -> bool:
    return len(cells) > 1 and sum(people[cell] for cell in cells) >= fewest


def counts(people: Mapping[K, int], fewest: int = FEWEST) -> Cells[K]:
    """People by cell, as they may be shown."""
    away = hidden(people, fewest)
    shown = {cell: None if cell in away.cells else count for cell, count in people.items()}
    return Cells(shown, None if away.total else sum(people.values()))


def means(
    scores: Mapping[K, Sequence[float | None]], fewest: int = FEWEST
) -> tuple[Mapping[K, Mean | None], Mean | None]:
    """The average of each cell, and of all. scores: one for each person of a cell, None for not scorable.

    None where it is hidden, and where nobody has a score.
    """
    known = {cell: [score for score in values if score is not None] for cell, values in scores.items()}
    away = hidden({cell: len(values) for cell, values in known.items()}, fewest)
    shown = {cell: None if cell in away.cells else _mean(values) for cell, values in known.items()}
    return shown, None if away.total else _mean([score for values in known.values() for score in values])


def _mean(values: Sequence[float]) -> Mean | None:
    return Mean(len(values), sum(values) / len(values)) if values else None


def rates(answers: Mapping[K, Sequence[Answers]], fewest: int = FEWEST) -> tuple[Mapping[K, Rate | None], Rate | None]:
    """How much of what was asked was answered, by cell and in all. answers: one for each person of a cell.

    None where it is hidden, and where nobody was asked anything. Who was asked nothing counts in no cell.
    """
    known = {cell: [one for one in people if one.asked] for cell, people in answers.items()}
    away = hidden({cell: len(people) for cell, people in known.items()}, fewest)
    shown = {cell: None if cell in away.cells else _rate(people) for cell, people in known.items()}
    return shown, None if away.total else _rate([one for people in known.values() for one in people])


def _rate(people: Sequence[Answers]) -> Rate | None:
    if not people:
        return None
    return Rate(len(people), sum(one.answered for one in people), sum(one.asked for one in people))
