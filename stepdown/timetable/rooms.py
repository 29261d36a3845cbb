"""The room of a session, of which a later stage knows: it provides the answers once, in its AppConfig.ready()."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from stepdown.people.models import Staff
from stepdown.timetable.models import Session

Answers = Callable[[Session], bool]
SHUT_UNTIL = timedelta(days=1)  # before its start; longer before nobody is at a session's door or in its room


class Moved(Protocol):
    def __call__(self, *, session: Session, by: Staff) -> None: ...


class Led(Protocol):
    def __call__(self, *, session: Session) -> None: ...


class WorksOn(Protocol):
    def __call__(self, *, session: Session) -> None: ...


_in_use: list[Answers] = []
_met: list[Answers] = []
_called_off: list[Moved] = []
_moved: list[Moved] = []
_led: list[Led] = []
_works_on: list[WorksOn] = []
_recorded: list[Answers] = []


def provide(*, in_use: Answers, met: Answers, called_off: Moved, moved: Moved, led: Led, works_on: WorksOn) -> None:
    """Sets who answers; the last one wins. called_off: what becomes of whoever waits at the door when the session does
    not take place. moved: what becomes of the room when its session has another time or
    is brought back. led: what follows when somebody else leads or co-leads it. works_on: who is in it learns that it
    has another topic."""
    _in_use[:] = [in_use]
    _met[:] = [met]
    _called_off[:] = [called_off]
    _moved[:] = [moved]
    _led[:] = [led]
    _works_on[:] = [works_on]


def provide_record(recorded: Answers) -> None:
    """Adds who answers whether a record of a session says that the group met."""
    if recorded not in _recorded:
        _recorded.append(recorded)


def may_be_open(session: Session, now: datetime) -> bool:
    """Whether anybody can be at the session's door or in its room already, so that it is worth asking. No query."""
    return session.starts_at <= now + SHUT_UNTIL


def is_in_use(session: Session) -> bool:
    """Whether people are in the session's room right now."""
    return any(in_use(session) for in_use in _in_use)


def has_met(session: Session) -> bool:
    """Whether the session's room was open in some of its time, so that the group may have met."""
    return any(met(session) for met in _met)


def is_recorded(session: Session) -> bool:
    """Whether its attendance is final or says that somebody was there, wherever the group met, or its note has words
    already."""
    return any(recorded(session) for recorded in _recorded)


def call_off(session: Session, by: Staff) -> None:
    """The session does not take place; nobody waits for it any more."""
    for called_off in _called_off:
        called_off(session=session, by=by)


def leave_behind(session: Session, by: Staff) -> None:
    """The session has another time now, or takes place after all; the room it had does not go with it."""
    for moved in _moved:
        moved(session=session, by=by)


def led_by_another(session: Session) -> None:
    """Somebody else leads or co-leads the session now, who may be named as its observer, or have no license where those
    at its door are."""
    for led in _led:
        led(session=session)


def works_on_another(session: Session) -> None:
    """Another topic was chosen for the session, maybe while people are in its room."""
    for works_on in _works_on:
        works_on(session=session)
