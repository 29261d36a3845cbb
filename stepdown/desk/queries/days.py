"""Which meetings are ready to be billed, without a single name: what a biller needs before the charges exist."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum

from stepdown.attendance.domain.minutes import COUNTED_BREAKS, counted_minutes
from stepdown.attendance.models import Attendance
from stepdown.chart.models import NotePart
from stepdown.live.models import Break
from stepdown.timetable.models import Session

# The counted minutes from which a three-hour day is whole for most payers. Source: RULE PROG-03 (default).
WHOLE_DAY = 165
BACK = timedelta(days=21)


@dataclass(frozen=True)
class HeldDay:
    """One session: how many people it had, how many of them reached the minutes, and what is still open. awaiting: of
    how many people the note is signed and waits for a co-signature, so that it is not final; void: of how many who came
    it does not hold and none stands in its place, so that their day is not billed."""

    session: Session
    came: int
    whole: int
    confirmed: bool
    signed: bool
    awaiting: int
    void: int


def held_days(now: datetime) -> list[HeldDay]:
    """IOP sessions of the last three weeks, newest first. Four queries."""
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), DurationField())
    breaks = Break.objects.filter(session=OuterRef("pk")).order_by().values("session").annotate(of=Sum(length))
    sessions = (
        Session.objects.standing()
        .filter(ends_at__lte=now, starts_at__gte=now - BACK, group__program__is_aftercare=False)
        .select_related("group", "note")
        .annotate(
            came=Count("attendances", filter=Q(attendances__status__in=Attendance.THERE)),
            breaks_took=Subquery(breaks.values("of")),
            rows=Count("attendances"),
            confirmed=Count("attendances", filter=Q(attendances__confirmed_at__isnull=False)),
        )
        .filter(rows__gt=0)
        .order_by("-starts_at")
    )
    took = {session.pk: (session.breaks_took or timedelta(0)) // timedelta(minutes=1) for session in sessions}
    confirmed = Attendance.objects.filter(session__in=took, confirmed_minutes__gte=WHOLE_DAY - COUNTED_BREAKS)
    whole = Counter(
        row.session_id
        for row in confirmed.only("session", "minutes", "confirmed_minutes")
        if counted_minutes(row.counted, took[row.session_id]) >= WHOLE_DAY
    )
    awaiting = Counter(
        NotePart.objects.awaiting().filter(note__session__in=took).values_list("note__session", flat=True)
    )
    void = Counter(
        NotePart.objects.filter(note__session__in=took, absent=False, void__isnull=False, replaced_by=None).values_list(
            "note__session", flat=True
        )
    )
    return [
        HeldDay(
            s,
            s.came,
            whole[s.pk],
            s.confirmed == s.rows,
            bool(getattr(s, "note", None) and s.note.signed_at),
            awaiting[s.pk],
            void[s.pk],
        )
        for s in sessions
    ]
