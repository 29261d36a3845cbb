"""Level stays as half-open ranges of days, so that no day has two levels."""

from datetime import date, timedelta


def first_day_after(began: date, wanted: date) -> date:
    """The day on which the next level can begin: the day wanted, but never so early that the stay before it, which
    began on `began`, would have no day of its own."""
    return max(wanted, began + timedelta(days=1))


def share_of_way(began: date | None, ends: date | None, today: date) -> float:
    """How far along a stay today is, 0 to 1; half of it when it has no end, or lasts and its first day is unknown."""
    if ends is None or (began is None and today < ends):
        return 0.5
    if began is None:
        return 1.0
    whole = (ends - began).days
    return min(1.0, max(0.0, (today - began).days / whole)) if whole > 0 else 1.0
