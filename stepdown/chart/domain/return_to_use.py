"""Return to use: within which time somebody answers it. A clinical event, never a reason to send someone away.

Source: programme facts, attendance policy, "Use/lapse": the plan changes, a higher level is considered.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

WORKING_DAYS = 2
SATURDAY = 5


def due_at(told_at: datetime, zone: tzinfo, is_closed: Callable[[date], bool] = lambda on: False) -> datetime:
    """When the response is due: at the same clock on the second working day after.

    told_at: aware. is_closed: whether the center holds nothing on that day. Weekends are no working days.
    """
    local, left = told_at.astimezone(zone), WORKING_DAYS
    on = local.date()
    while left:
        on += timedelta(days=1)
        if on.weekday() < SATURDAY and not is_closed(on):
            left -= 1
    return datetime.combine(on, local.timetz().replace(tzinfo=None), zone)
