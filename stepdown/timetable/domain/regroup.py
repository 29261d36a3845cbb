"""Which session becomes which when a group meets at other times from some day on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Pairs(NamedTuple):
    """kept: (day before, day from then on); gone: days without a meeting from then on; new: days with one more."""

    kept: list[tuple[date, date]]
    gone: list[date]
    new: list[date]


def pair(before: Iterable[date], after: Iterable[date]) -> Pairs:
    """Each meeting goes to the same day where there is still one, else to a day of the same week, in order; so a row
    keeps its id, and what hangs on it, wherever a week has as many meetings as before. Days are distinct."""
    old, new = set(before), set(after)
    kept = [(day, day) for day in old & new]
    weeks: dict[tuple[int, int], tuple[list[date], list[date]]] = defaultdict(lambda: ([], []))
    for side, days in ((0, old - new), (1, new - old)):
        for day in sorted(days):
            weeks[day.isocalendar()[:2]][side].append(day)
    gone, more = [], []
    for left, right in weeks.values():
        kept += list(zip(left, right, strict=False))
        gone += left[len(right) :]
        more += right[len(left) :]
    return Pairs(sorted(kept), sorted(gone), sorted(more))
