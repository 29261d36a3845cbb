"""What is planned with a seat, of which a later stage knows: it provides this once, in its AppConfig.ready()."""

from collections.abc import Callable

from stepdown.placement.models import Seat

Holds = Callable[[Seat], None]
Follows = Callable[[Seat, Seat], None]

_holds: list[Holds] = []
_follows: list[Follows] = []


def provide(*, hold: Holds, follow: Follows) -> None:
    """Sets who is told; the last one wins. hold: locks what is planned with a seat, before the seat itself is locked.
    follow: what was planned with the first seat goes on with the second."""
    _holds[:] = [hold]
    _follows[:] = [follow]


def hold(seat: Seat) -> None:
    for holds in _holds:
        holds(seat)


def follow(old: Seat, new: Seat) -> None:
    """The person moves from one to the other before the first has begun."""
    for follows in _follows:
        follows(old, new)
