"""Spans of time: pairs of aware datetimes, closed at the start and open at the end.

Every function takes spans in any order and gives them sorted, so results do not depend on the order of the input.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """From `start` up to, not including, `end`. Raises nothing by itself; `span()` checks."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def span(start: datetime, end: datetime) -> Span:
    """A checked span, in UTC so that lengths are right across clock changes.

    Raises ValueError when it ends before it starts or a time carries no zone.
    """
    if start.utcoffset() is None or end.utcoffset() is None:
        raise ValueError("A span needs times with a zone.")
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end < start:
        raise ValueError("A span ends before it starts.")
    return Span(start, end)


def merged(spans: Iterable[Span], gap: timedelta = timedelta(0)) -> list[Span]:
    """The same time covered once. Spans that touch, or lie less than `gap` apart, become one.

    An empty span closes gaps like any other, then vanishes when it is still empty.
    """
    result: list[Span] = []
    for s in sorted(span(*s) for s in spans):
        if result and (s.start <= result[-1].end or s.start - result[-1].end < gap):
            result[-1] = Span(result[-1].start, max(result[-1].end, s.end))
        else:
            result.append(s)
    return [s for s in result if s.start < s.end]


def overlap(a: Iterable[Span], b: Iterable[Span]) -> list[Span]:
    """What lies in both."""
    left, right = merged(a), merged(b)
    found = [Span(max(x.start, y.start), min(x.end, y.end)) for x in left for y in right]
    return [s for s in found if s.start < s.end]


def without(a: Iterable[Span], b: Iterable[Span]) -> list[Span]:
    """What lies in `a` and not in `b`."""
    rest = merged(a)
    for hole in merged(b):
        cut: list[Span] = []
        for s in rest:
            cut += [Span(s.start, min(s.end, hole.start)), Span(max(s.start, hole.end), s.end)]
        rest = [s for s in cut if s.start < s.end]
    return rest


def total(spans: Iterable[Span]) -> timedelta:
    """Time covered, counting overlaps once."""
    return sum((s.length for s in merged(spans)), timedelta(0))


def whole_minutes(spans: Sequence[Span]) -> int:
    """Time covered in whole minutes, rounded down."""
    return int(total(spans) // timedelta(minutes=1))
