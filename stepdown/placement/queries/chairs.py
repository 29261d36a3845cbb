"""Chairs and seats of one group in some time, for the moment of writing."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from stepdown.placement.domain.chairs import last_day
from stepdown.placement.models import Chair, Group, Seat
from stepdown.placement.queries.groups import day_of


def seats_between(group: Group, start: datetime, end: datetime | None) -> list[Seat]:
    """Standing seats that share a moment with that time."""
    return list(_between(group, start, end))


def _between(group: Group, start: datetime, end: datetime | None) -> QuerySet[Seat]:
    seats = group.seats.standing().filter(Q(ends_at=None) | Q(ends_at__gt=start))
    return seats if end is None else seats.filter(starts_at__lt=end)


def chairs_free(group: Group, start: datetime, end: datetime | None) -> list[Chair]:
    """Chairs without a standing seat in that time, lowest first."""
    busy = _between(group, start, end)
    first, last = day_of(start, group), last_day(end, group.starts_at, group.zone) if end else None
    there = Q(gone_on=None) | Q(gone_on__gt=last) if last else Q(gone_on=None)
    there &= Q(from_on=None) | Q(from_on__lte=first)
    return list(group.chairs.filter(there).exclude(pk__in=busy.values("chair")).order_by("number"))


def seats_ahead(group: Group, now: datetime) -> QuerySet[Seat]:
    """Seats held or accepted that have not ended."""
    seats = group.seats.standing().filter(Q(ends_at=None) | Q(ends_at__gt=now))
    return seats.filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now))


def chairs_free_on(group: Group, on: date) -> dict[Chair, date | None]:
    """Chairs that are there on that day, each with the day from which nobody has it, that day at the earliest; None for
    one whose seat has no end. Two queries."""
    found: dict[Chair, date | None] = dict.fromkeys(group.chairs.there_on(on), on)
    for seat in seats_ahead(group, timezone.now()).select_related("chair"):
        before = found.get(seat.chair)
        if before is not None:
            last = seat.last_on
            found[seat.chair] = max(before, last + timedelta(days=1)) if last else None
    return found
