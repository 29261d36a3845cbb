"""How groups and seats are said on a page. Times are in the zone given, with its name."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from stepdown.placement.domain.fit import listed
from stepdown.placement.domain.fit import said as day_said
from stepdown.placement.models import Group, Language
from stepdown.ui import when


def meets(group: Group, at: datetime, *, short: bool = True) -> str:
    """ "Mon, Wed, Thu, 6:00 to 9:00 pm Central": the group's own clock, in its own zone. Needs group.program.

    at: a moment near which this is read, to name the zone by.
    """
    return meets_on(group.days, group.starts_at, group.program.meeting_minutes, group.zone, at, short=short)


def meets_on(
    days: Iterable[int], clock: time, minutes: int, zone: tzinfo, at: datetime, lang: str = "en", *, short: bool = True
) -> str:
    """The same of days and a clock that are a group's at some time."""
    monday = datetime(2024, 1, 1, clock.hour, clock.minute, tzinfo=UTC)
    names = [when.weekday(monday + timedelta(days=day), lang, short=short) for day in days]
    span = when.clock_span(monday, monday + timedelta(minutes=minutes), UTC, lang, named=False)
    return f"{', '.join(names) if short else listed(names)}, {span} {when.zone_name(at, zone, lang)}"


def days_said(group: Group, lang: str) -> list[str]:
    """The group's weekdays in the reader's language."""
    monday = date(2024, 1, 1)
    return [when.weekday(monday + timedelta(days=day), lang) for day in group.days]


def meant_for(group: Group) -> str:
    """ "For women and veterans. In Spanish. Closed to new people after March 18.", or "" for a group like any other."""
    said = [f"For {listed(name.lower() for name in group.tag_names)}."] if group.tags else []
    if group.language != Language.ENGLISH:
        said.append(f"In {group.get_language_display()}.")
    if group.entry_until:
        said.append(f"Closed to new people after {day_said(group.entry_until)}.")
    return " ".join(said)


def led_by(group: Group) -> str:
    """ "Omar Leadsome, LCDC, with Jon Secondby"."""
    also = f", with {group.co_leader.name}" if group.co_leader else ""
    return f"{group.leader.signature}{also}"
