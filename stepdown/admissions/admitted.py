"""Somebody was admitted: later stages that have to do something then say so here, once, in their AppConfig.ready()."""

from collections.abc import Callable

from stepdown.admissions.models import Episode

# Called within the transaction that admits; a job is deferred there.
Taker = Callable[[Episode], None]
_takers: dict[str, Taker] = {}


def register(taker: Taker) -> None:
    """Registering the same twice, as happens when apps load again, keeps one."""
    _takers[f"{taker.__module__}.{taker.__qualname__}"] = taker


def told(episode: Episode) -> None:
    for taker in _takers.values():
        taker(episode)
