"""When a group meets: its clock in its own zone, turned into moments, and the topic of a calendar week.

A group that meets at 6 pm meets at 6 pm all year: across a change of clocks its moment in UTC moves, not its clock.
Two cases remain, and both follow PEP 495 with fold 0:

* a clock time that is skipped in spring (2:30 am) meets as long after midnight as it would have on any other day, which
  the new clock calls 3:30 am;
* a clock time that comes twice in autumn (1:30 am) meets the first time it comes.

A meeting lasts its minutes as they pass, whatever the clock does in between.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

# A Monday. Weeks are counted from here, so that all groups of a center work on the same week of the curriculum.
FIRST_MONDAY = date(2024, 1, 1)


class Meeting(NamedTuple):
    """One meeting: aware moments in UTC, and the day in the group's own zone."""

    starts_at: datetime
    ends_at: datetime
    service_date: date


def moment(on: date, clock: time, zone: tzinfo) -> datetime:
    """The moment (aware, UTC) at which `clock` shows in `zone` on that day. Skipped and doubled times: see above."""
    return datetime.combine(on, clock.replace(fold=0), tzinfo=zone).astimezone(UTC)


def meeting_times(
    days: Iterable[int], starts_at: time, minutes: int, zone: tzinfo, first: date, last: date
) -> list[Meeting]:
    """Every meeting from `first` to `last`, both included, earliest first.

    days: weekdays, 0 is Monday; starts_at: the clock in `zone`; minutes: length of a meeting, one or more.
    Raises ValueError for a weekday outside 0 to 6 or a length below one minute.
    Source: program manual, "Scheduling": three hours on three days a week, the same clock all year.
    """
    weekdays = set(days)
    if not weekdays <= set(range(7)):
        raise ValueError("A weekday is a number from 0 (Monday) to 6 (Sunday).")
    if minutes < 1:
        raise ValueError("A meeting lasts at least one minute.")
    length = timedelta(minutes=minutes)
    each_day = (first + timedelta(days=n) for n in range((last - first).days + 1))
    starts = [(on, moment(on, starts_at, zone)) for on in each_day if on.weekday() in weekdays]
    return [Meeting(start, start + length, on) for on, start in starts]


def topic_of(on: date, days: Iterable[int], weeks: int) -> tuple[int, int]:
    """(week, place) of the curriculum for a meeting on that day: the week from 1 to `weeks`, cycling by calendar week,
    and the place of the meeting within the group's own week, from 1.

    Source: RULE PROG-04: the core topic of that calendar week; entry is rolling, so topics are not a course sequence.
    """
    week = (on - FIRST_MONDAY).days // 7 % weeks + 1
    return week, sorted(set(days)).index(on.weekday()) + 1


def three_months_after(on: date) -> date:
    """The last day for which meetings are made ahead: 13 weeks on."""
    return on + timedelta(weeks=13)
