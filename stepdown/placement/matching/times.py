"""Weekly times as bits, a quarter of an hour each, in UTC; and the days on which a group meets.

The clocks change, and not everywhere. Who can come must be able to on both sides of a change, so each pattern is laid
into two weeks: one of January and one of July.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from stepdown.placement.matching.problem import Meets, Window

QUARTER = timedelta(minutes=15)
WEEK_QUARTERS = 7 * 24 * 4
ANY_TIME = (1 << 2 * WEEK_QUARTERS) - 1
NEVER = np.iinfo(np.int32).max


def free_bits(windows: Sequence[Window], zone: str, today: date) -> int:
    """When somebody can come: only whole quarters within their windows. No windows: at any time."""
    if not windows:
        return ANY_TIME
    return _both(
        [(day, one.begins, one.ends) for one in windows for day in one.days], zone=zone, today=today, is_outer=False
    )


def meeting_bits(group: Meets, today: date) -> int:
    """When a group meets: every quarter that a meeting touches."""
    end = (datetime.combine(date.min, group.starts_at) + timedelta(minutes=group.minutes)).time()
    return _both([(day, group.starts_at, end) for day in group.days], zone=group.zone, today=today, is_outer=True)


def _both(spans: Iterable[tuple[int, time, time]], *, zone: str, today: date, is_outer: bool) -> int:
    bits = 0
    for half, day in enumerate((date(today.year, 1, 14), date(today.year, 7, 14))):
        monday = day - timedelta(days=day.weekday())
        for weekday, begins, ends in spans:
            on = monday + timedelta(days=weekday)
            first = _quarter(datetime.combine(on, begins), zone, monday, up=not is_outer)
            until = datetime.combine(on if ends > begins else on + timedelta(days=1), ends)
            last = _quarter(until, zone, monday, up=is_outer)
            for quarter in range(first, last):
                bits |= 1 << (half * WEEK_QUARTERS + quarter % WEEK_QUARTERS)
    return bits


def _quarter(local: datetime, zone: str, monday: date, *, up: bool) -> int:
    moment = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    passed = moment - datetime.combine(monday, time(), UTC)
    return -((-passed) // QUARTER) if up else passed // QUARTER


def first_meetings(days: Sequence[int], today: date, opens: int, horizon: int) -> NDArray[np.int32]:
    """[n] -> day of the first meeting on day n or after, for n from 0 to `horizon` + 1, counted from today.

    opens: the first day on which the group can meet. NEVER: none within the horizon.
    """
    found = np.full(horizon + 2, NEVER, dtype=np.int32)
    coming = NEVER
    for day in range(horizon, -1, -1):
        if day >= opens and (today + timedelta(days=day)).weekday() in days:
            coming = day
        found[day] = coming
    return found
