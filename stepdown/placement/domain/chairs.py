"""Which chair, and for how long. Times are aware; a span without an end lasts for ever."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Taken = tuple[datetime, datetime | None]


def weeks_later(start: datetime, weeks: int, zone: tzinfo) -> datetime:
    """The same clock in `zone` that many weeks on, so that a program's length does not shift with the clocks."""
    local = start.astimezone(zone)
    return (local.replace(tzinfo=None) + timedelta(weeks=weeks)).replace(tzinfo=zone).astimezone(UTC)


def last_day(end: datetime, begins: time, zone: tzinfo) -> date:
    """The last day on which someone has a seat: that of its end, or the day before where it ends no later than the
    group begins. A seat ends as the first session begins that is theirs no more, or with the last that is.

    end: of the seat. begins: the group's clock in `zone`; past midnight it is still the day on which it began.
    """
    local = end.astimezone(zone)
    return local.date() if local.time() > begins else local.date() - timedelta(days=1)


def overlaps(a: Taken, b: Taken) -> bool:
    """Half-open spans that share a moment."""
    return (b[1] is None or a[0] < b[1]) and (a[1] is None or b[0] < a[1])


def free_chairs(taken: Mapping[int, Sequence[Taken]], wanted: Taken) -> list[int]:
    """Chair numbers free for the whole of `wanted`, lowest first. taken: every chair of the group with its spans."""
    return sorted(number for number, spans in taken.items() if not any(overlaps(s, wanted) for s in spans))


def free_from(taken: Mapping[int, Sequence[Taken]], after: datetime) -> datetime | None:
    """The earliest moment, not before `after`, from which one chair is free for good; None when none ever is."""
    moments = []
    for spans in taken.values():
        if any(end is None for _, end in spans):
            continue
        moments.append(max([after, *(end for _, end in spans if end is not None)]))
    return min(moments, default=None)


def week_of(start: datetime, now: datetime, zone: tzinfo) -> int:
    """Which week of the stay it is, from 1, by the days in the group's zone; 0 before the first session."""
    days = now.astimezone(zone).date() - start.astimezone(zone).date()
    return 0 if now < start else days.days // 7 + 1


def in_use(spans: Iterable[Taken], at: datetime) -> int:
    """How many spans cover the moment."""
    return sum(start <= at and (end is None or at < end) for start, end in spans)
