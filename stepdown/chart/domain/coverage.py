"""Which topics one person has met, which they missed, and when each comes again.

Source: RULE PROG-04: rolling entry means topics are per-person coverage, not a course sequence.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Meeting(Generic[T]):
    """One session of theirs with a topic. key: names the session. there: None while it is to come."""

    topic: T
    starts_at: datetime
    key: Hashable
    there: bool | None


@dataclass(frozen=True)
class Covered(Generic[T]):
    """state: "met", "missed" or "coming". last: the session in which it was met, or missed; None when it is to come.
    again: the next session that works on it; None when none is planned in their time."""

    topic: T
    state: str
    last: Meeting[T] | None
    again: Meeting[T] | None


def coverage(meetings: Iterable[Meeting[T]]) -> list[Covered[T]]:
    """One for each topic of these sessions, in the order in which they were first worked on, or will be.

    Being there once is enough: a topic that was missed and met is met, whatever came first. Topics to come keep their
    next session only.
    """
    found: dict[T, list[Meeting[T]]] = {}
    for meeting in sorted(meetings, key=lambda each: each.starts_at):
        found.setdefault(meeting.topic, []).append(meeting)
    return [_covered(topic, of_topic) for topic, of_topic in found.items()]


def _covered(topic: T, meetings: list[Meeting[T]]) -> Covered[T]:
    again = next((each for each in meetings if each.there is None), None)
    met = [each for each in meetings if each.there]
    missed = [each for each in meetings if each.there is False]
    if met:
        return Covered(topic, "met", met[-1], again)
    if missed:
        return Covered(topic, "missed", missed[-1], again)
    return Covered(topic, "coming", None, again)
