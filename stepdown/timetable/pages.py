"""Where messages to the staff lead them, as paths."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse

from stepdown.people.models import Staff
from stepdown.timetable import permissions
from stepdown.timetable.models import Session
from stepdown.ui import when


def absences(_staff: Staff) -> str:
    """What has no leader, and what one is asked."""
    return reverse("timetable:absences")


def of_session(session: Session) -> Callable[[Staff], str]:
    """The page of the session for whoever changes sessions, the week of their calendar for others."""

    def page(staff: Staff) -> str:
        if permissions.direct(staff):
            return reverse("timetable:session", args=[session.pk])
        return week_of(session.starts_at)(staff)

    return page


def who_stands_in(session: Session, place: str) -> Callable[[Staff], str]:
    return lambda _staff: f"{reverse('timetable:stand_in', args=[session.pk])}?{urlencode({'place': place})}"


def week_of(at: datetime) -> Callable[[Staff], str]:
    """What one leads in the week of that moment (aware)."""

    def page(staff: Staff) -> str:
        on = when.local_date(at, ZoneInfo(staff.time_zone)).isoformat()
        return f"{reverse('timetable:calendar')}?{urlencode({'view': 'week', 'on': on, 'of': 'mine'})}"

    return page
