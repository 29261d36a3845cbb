"""The center whose installation this is, for the frame of every page.

The stage that keeps the center's row provides it once: `center.provide(queries.center)` in its AppConfig.ready().
"""

from collections.abc import Callable
from datetime import time
from typing import Protocol

from django.http import HttpRequest


class Center(Protocol):
    """What the frame shows: the name, the phone as +1XXXXXXXXXX, times in the zone, and when it calls and is called."""

    name: str
    phone: str
    time_zone: str
    calls_from: time
    calls_until: time


_provider: list[Callable[[], Center | None]] = []


def provide(provider: Callable[[], Center | None]) -> None:
    """Sets who answers; the last one wins."""
    _provider[:] = [provider]


def current() -> Center | None:
    """The center, or None while there is none (before the first set-up)."""
    return _provider[0]() if _provider else None


def of(request: HttpRequest) -> Center | None:
    """The same, read once for a request however often the page asks."""
    if not hasattr(request, "center"):
        request.center = current()  # type: ignore[attr-defined]  # as the middleware puts the staff on it
    found: Center | None = request.center  # type: ignore[attr-defined]
    return found
