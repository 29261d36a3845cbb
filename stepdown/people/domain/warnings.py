"""When it is told that a license, or something else with a last day, ends."""

from collections.abc import Iterable
from datetime import date

WARNED_BEFORE = (60, 30, 7)  # days before the last valid day


def due(expires_on: date, today: date, before: Iterable[int] = WARNED_BEFORE) -> int | None:
    """Which of the warnings is due today: the tightest that is reached; None before the first and after the last day.

    before: when they are given, in days before the last valid day. One that was passed over, as the license was written
    down late, is not made up for.
    """
    left = (expires_on - today).days
    return min((days for days in before if 0 <= left <= days), default=None)
