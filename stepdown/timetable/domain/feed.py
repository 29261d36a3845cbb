"""A calendar as other programs subscribe to it: when somebody meets, and nothing else.

No group, program, person, place or address stands in it, so that a phone on a table tells nothing of treatment.
Sources: RFC 5545; RFC 7986 (REFRESH-INTERVAL, and a UID that is nothing but a UUID); RULE PRIV-03.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from icalendar import Calendar, Event

AGAIN = timedelta(hours=1)  # how soon subscribers are asked to look again


class Entry(NamedTuple):
    """One meeting. Moments are aware; `revision`: how often it was changed; `changed_at`: when last."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    revision: int
    changed_at: datetime
    is_off: bool


def feed(entries: Iterable[Entry], *, title: str, name: str) -> bytes:
    """The calendar in UTF-8. title: of every entry; name: of the calendar.

    Each meeting is an entry of its own under an id that never changes, with its moments in UTC: a group that meets at
    6 pm does so on both sides of a change of clocks, as its moments say. One that was called off stays, as cancelled.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, title))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, title: str) -> Event:
    event = Event()
    event.add("uid", str(entry.id))
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("sequence", entry.revision)
    event.add("summary", title)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_off else "OPAQUE")
    event.add("class", "PRIVATE")
    return event
