"""Whether what was recorded of a session is final, of which a later stage knows: it provides the answer once, in its
AppConfig.ready()."""

from collections.abc import Callable

from stepdown.timetable.models import Session

_answers: list[Callable[[Session], bool]] = []


def provide(answer: Callable[[Session], bool]) -> None:
    """Sets who answers; the last one wins."""
    _answers[:] = [answer]


def are_minutes_final(session: Session) -> bool:
    """Whether the session's note is signed, so that no minute counts any more that is spent in its room."""
    return any(answer(session) for answer in _answers)
