"""The day by which times that the law sets are counted."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.people.queries import the_center


def today() -> date:
    """The day at the center."""
    return timezone.localdate(timezone=ZoneInfo(the_center().time_zone))
