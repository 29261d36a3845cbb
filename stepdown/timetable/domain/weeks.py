"""Days as a calendar lays them out: a week, or all weeks of a month, from Monday to Sunday."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
View = Literal["week", "month"]
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Day(Generic[T]):
    """is_beside: it belongs to the month before or after, and is there to fill a week."""

    on: date
    is_today: bool
    is_beside: bool
    items: list[T]


@dataclass(frozen=True)
class Pages:
    """What one page shows: days from `first` to `last`, both included; `before` and `after` are days of the pages
    around it."""

    first: date
    last: date
    before: date
    after: date


def pages(view: View, on: date) -> Pages:
    """The page on which that day stands."""
    if view == "week":
        first = _monday(on)
        return Pages(first, first + timedelta(days=6), first - WEEK, first + WEEK)
    begins = on.replace(day=1)
    ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    before, after = begins - timedelta(days=1), ends + timedelta(days=1)
    return Pages(_monday(begins), _monday(ends) + timedelta(days=6), before.replace(day=1), after)


def days(view: View, on: date, today: date, items: Iterable[T], day_of: Callable[[T], date]) -> list[Day[T]]:
    """Every day of the page, with its items in the order given."""
    page = pages(view, on)
    by_day: dict[date, list[T]] = {}
    for item in items:
        by_day.setdefault(day_of(item), []).append(item)
    count = (page.last - page.first).days + 1
    each = (page.first + timedelta(days=n) for n in range(count))
    return [Day(d, d == today, view == "month" and d.month != on.month, by_day.get(d, [])) for d in each]


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())
