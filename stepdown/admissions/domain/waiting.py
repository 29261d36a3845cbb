"""How long someone has waited for a call. Only the center's calling hours count, and only from when they may be called.

Source: program manual, "Admissions": we call back within the promised minutes, within calling hours, at the time the
person chose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from statistics import median

# The clock, in the center's zone, from which each chosen time of day begins.
BEST_TIME_STARTS = {"morning": time(8), "afternoon": time(12), "evening": time(17)}
BEST_TIME_ENDS = {"morning": time(12), "afternoon": time(17), "evening": time(21)}


@dataclass(frozen=True)
class Hours:
    """Calling hours of the center: `opens` to `closes` on every day, in its zone."""

    opens: time
    closes: time
    zone: tzinfo


@dataclass(frozen=True)
class Wait:
    """`due_from`: since when (or from when on) the call is due. `minutes` waited within calling hours, rounded down."""

    due_from: datetime
    minutes: int
    late: bool


def due_from(asked_at: datetime, best_time: str, next_call_at: datetime | None, hours: Hours) -> datetime:
    """When the call falls due: at the agreed time, else at once or when the chosen time of day next begins."""
    if next_call_at:
        return next_call_at
    if best_time not in BEST_TIME_STARTS:
        return asked_at
    local = asked_at.astimezone(hours.zone)
    starts = datetime.combine(local.date(), BEST_TIME_STARTS[best_time], hours.zone)
    if local < starts:
        return starts
    if local.time() < BEST_TIME_ENDS[best_time]:
        return asked_at
    return datetime.combine(local.date() + timedelta(days=1), BEST_TIME_STARTS[best_time], hours.zone)


def called_minutes(start: datetime, end: datetime, hours: Hours) -> int:
    """Whole minutes between two aware times that lie within calling hours; 0 when `end` is before `start`."""
    waited = timedelta(0)
    day, last = start.astimezone(hours.zone).date(), end.astimezone(hours.zone).date()
    # A wait of more than a month is late by any measure; nobody needs its minutes.
    day = max(day, last - timedelta(days=31))
    while day <= last:
        opens = max(start, datetime.combine(day, hours.opens, hours.zone))
        closes = min(end, datetime.combine(day, hours.closes, hours.zone))
        # Compared and subtracted as moments, so that a change of the clocks in between counts as it passed.
        waited += max(timedelta(0), timedelta(seconds=closes.timestamp() - opens.timestamp()))
        day += timedelta(days=1)
    return int(waited // timedelta(minutes=1))


def wait(
    *,
    asked_at: datetime,
    best_time: str,
    next_call_at: datetime | None,
    now: datetime,
    hours: Hours,
    limit: int,
) -> Wait:
    """The wait of one person. `limit`: promised minutes; late only after it has passed."""
    due = due_from(asked_at, best_time, next_call_at, hours)
    minutes = called_minutes(due, now, hours)
    return Wait(due, minutes, minutes > limit)


def median_days(ways: Iterable[tuple[datetime, datetime]], zone: tzinfo) -> float | None:
    """The median of the days from asking to the first group, for pairs of aware times, in the center's zone.

    Days are counted as dates: a morning's request and the same evening's group are 0 days apart. None for nobody.
    """
    days = [(at.astimezone(zone).date() - asked.astimezone(zone).date()).days for asked, at in ways]
    return median(days) if days else None


@dataclass(frozen=True)
class Bar:
    """The waiting-time bar in its 260 units: the promise ends at `goal`; what is beyond it is `over`."""

    within: int
    over: int
    goal: int = 60


def bar(minutes: int, limit: int) -> Bar:
    """How far the bar is filled. Never wider than its ground."""
    scale = Bar.goal / max(1, limit)
    return Bar(
        within=round(min(minutes, limit) * scale),
        over=round(min(200.0, max(0, minutes - limit) * scale)),
    )
