"""Which meetings are ready to be billed, without a single name: what a biller needs before the charges exist."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from stepdown.timetable.models import Session

# The counted minutes from which a three-hour day is whole for most payers. Source: RULE PROG-03 (default).
WHOLE_DAY = 165
BACK = timedelta(days=21)


@dataclass(frozen=True)
class HeldDay:
    """One session: how many people it had, how many of them reached the minutes, and what is still open."""

    session: Session
    came: int
    whole: int
    confirmed: bool
    signed: bool


def held_days(now: datetime) -> list[HeldDay]:
    """IOP sessions of the last three weeks, newest first. One query."""
    sessions = (
        Session.objects.standing()
        .filter(ends_at__lte=now, starts_at__gte=now - BACK, group__program__is_aftercare=False)
        .select_related("group", "note")
        .annotate(
            came=Count("attendances", filter=Q(attendances__minutes__gt=0)),
            whole=Count("attendances", filter=Q(attendances__confirmed_minutes__gte=WHOLE_DAY)),
            rows=Count("attendances"),
            confirmed=Count("attendances", filter=Q(attendances__confirmed_at__isnull=False)),
        )
        .filter(rows__gt=0)
        .order_by("-starts_at")
    )
    return [
        HeldDay(s, s.came, s.whole, s.confirmed == s.rows, bool(getattr(s, "note", None) and s.note.signed_at))
        for s in sessions
    ]
