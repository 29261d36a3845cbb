"""The day by which times that the law sets are counted."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.people.queries import center


def today() -> date:
    """The day at the center; in UTC before there is one."""
    here = center()
    return timezone.localdate(timezone=ZoneInfo(here.time_zone if here else "UTC"))
