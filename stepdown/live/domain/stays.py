"""Who was in the room, and when: a fold over what three witnesses saw."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stepdown.kernel.spans import Span, merged, without


class Kind(StrEnum):
    """What a witness can see; the values of InboxEvent.Kind."""

    ARRIVED = "arrived"
    SEEN = "seen"
    LEFT = "left"
    MEDIA_LOST = "media_lost"
    MEDIA_BACK = "media_back"
    SERVER_DIED = "server_died"


CLOSING = frozenset({Kind.LEFT, Kind.SERVER_DIED})


@dataclass(frozen=True)
class Event:
    """One thing one witness saw of one join. `person` and `join` are any keys; a join belongs to one person."""

    join: Hashable
    person: Hashable
    kind: Kind
    at: datetime


def fold(events: Iterable[Event], until: datetime) -> dict[Hashable, list[Span]]:
    """Stays of each person, sorted, never overlapping; a person who never arrived is not in the answer.

    events: of one session, in any order, told once or many times, by one witness or by all three.
    until: nothing later counts, and no stay goes beyond it.

    A join begins when the first witness sees it arrive and ends when the first one sees it leave, or when its media
    server dies; until someone says so, it lasts as long as it was last seen. Between lost and regained sound and
    picture nobody was there. Two devices of one person count once.
    Source: program manual, rule PROG-02 (minutes come from joins and leaves; the raw events are kept).
    """
    of_join: dict[tuple[Hashable, Hashable], set[Event]] = defaultdict(set)
    for event in events:
        if event.at <= until:
            of_join[event.person, event.join].add(event)
    of_person: dict[Hashable, list[Span]] = defaultdict(list)
    for (person, _), seen in of_join.items():
        of_person[person] += _stays_of_join(seen)
    return {person: stays for person, found in of_person.items() if (stays := merged(found))}


def is_open(kinds: Iterable[Kind]) -> bool:
    """Whether a join of which these things were seen is still in the room."""
    seen = set(kinds)
    return Kind.ARRIVED in seen and not seen & CLOSING


def _stays_of_join(events: set[Event]) -> list[Span]:
    arrivals = [event.at for event in events if event.kind is Kind.ARRIVED]
    if not arrivals:
        return []
    begin = min(arrivals)
    closings = [event.at for event in events if event.kind in CLOSING]
    end = min(closings) if closings else max(event.at for event in events)
    if end <= begin:
        return []
    return without([Span(begin, end)], _holes(events, end))


def _holes(events: set[Event], end: datetime) -> list[Span]:
    """From each loss of sound and picture to their return, or to the end of the join."""
    # At one moment, a return counts after a loss: the line works again.
    turns = sorted(
        (event.at, event.kind is Kind.MEDIA_BACK)
        for event in events
        if event.kind in (Kind.MEDIA_LOST, Kind.MEDIA_BACK) and event.at < end
    )
    holes: list[Span] = []
    lost_at: datetime | None = None
    for at, is_back in turns:
        if is_back and lost_at is not None:
            holes.append(Span(lost_at, at))
            lost_at = None
        elif not is_back and lost_at is None:
            lost_at = at
    if lost_at is not None:
        holes.append(Span(lost_at, end))
    return holes
