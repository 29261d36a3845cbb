"""The line on every page of who has a record open in an emergency: what is open, until when, and how to end it."""

import time
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from stepdown.privacy.models import EmergencyAccess
from stepdown.privacy.queries_restricted import open_for
from stepdown.ui import when
from stepdown.ui.navigation import Strip

UNTIL = "emergency_until"


def remember(request: HttpRequest, until: datetime) -> None:
    """In the session, so that pages of everybody else ask the database nothing."""
    request.session[UNTIL] = until.timestamp()


def forget(request: HttpRequest) -> None:
    request.session.pop(UNTIL, None)


def strip(request: Any) -> Strip | None:
    """None for who has nothing open, or no longer."""
    if request.session.get(UNTIL, 0) <= time.time():
        return None
    found = open_for(request.staff, timezone.now())
    if not found:
        return None
    until = when.clock(min(one.until for one in found), timezone.get_current_timezone())
    here = _is_of(request, found)
    return Strip(
        said=f"You opened {'this' if here else 'a'} record in an emergency until {until}.",
        url="" if here else reverse("desk:patient", args=[found[0].patient_id]),
        act="End now",
        act_url=reverse("privacy:end_emergency_access"),
    )


def _is_of(request: HttpRequest, found: list[EmergencyAccess]) -> bool:
    """Whether the page is about somebody whose record is open."""
    match = request.resolver_match
    return match is not None and match.kwargs.get("patient_id") in {one.patient_id for one in found}
