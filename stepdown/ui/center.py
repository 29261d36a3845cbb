"""The center whose installation this is, for the frame of every page.

The stage that keeps the center's row provides it once: `center.provide(queries.center)` in its AppConfig.ready().
"""

from collections.abc import Callable
from typing import Protocol


class Center(Protocol):
    """What the frame shows: the name, and the phone as +1XXXXXXXXXX."""

    name: str
    phone: str


_provider: list[Callable[[], Center | None]] = []


def provide(provider: Callable[[], Center | None]) -> None:
    """Sets who answers; the last one wins."""
    _provider[:] = [provider]


def current() -> Center | None:
    """The center, or None while there is none (before the first set-up)."""
    return _provider[0]() if _provider else None
