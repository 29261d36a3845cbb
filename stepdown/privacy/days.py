"""The day by which times that the law sets are counted."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.people.queries import center


def here() -> ZoneInfo:
    """The zone of the center; UTC before there is one."""
    ours = center()
    return ZoneInfo(ours.time_zone if ours else "UTC")


def today() -> date:
    """The day at the center."""
    return timezone.localdate(timezone=here())
