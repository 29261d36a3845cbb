"""Who has been away for a while: their session is locked, not ended, so that open pages can go on after the password.

Source: 45 CFR 164.312(a)(2)(iii), automatic logoff. Minutes: setting IDLE_MINUTES; 0 never locks. Twelve hours after
the last proof another one is asked for whatever was done: NIST SP 800-63B, 4.2.3.
"""

import time

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from stepdown.people.sessions import note_seen

ACTIVE_AT = "active_at"
LASTS = 12 * 3600  # seconds
WRITE_AFTER = 60  # seconds; most requests write nothing


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the session of this request is locked when nothing more happens in it; 0: it is locked."""
    if not settings.IDLE_MINUTES:
        return 24 * 3600
    until = min(_active_at(request) + settings.IDLE_MINUTES * 60, _proved_at(request) + LASTS)
    return max(0, int(until - time.time()))


def is_locked(request: HttpRequest) -> bool:
    return seconds_left(request) == 0


def note_active(request: HttpRequest) -> None:
    """Something happened in this session now."""
    if time.time() - _active_at(request) >= WRITE_AFTER:
        request.session[ACTIVE_AT] = time.time()
        note_seen(request)


def _active_at(request: HttpRequest) -> float:
    """Epoch seconds; a password or code that was given is an act too, and so opens what was locked."""
    return max(request.session.get(ACTIVE_AT, 0.0), _proved_at(request))


def _proved_at(request: HttpRequest) -> float:
    return max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)
