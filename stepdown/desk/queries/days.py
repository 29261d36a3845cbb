"""Which meetings are ready to be billed, without a single name: what a biller needs before the charges exist."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from stepdown.attendance.domain.minutes import COUNTED_BREAKS, counted_from_stays, counted_minutes
from stepdown.attendance.models import Attendance
from stepdown.attendance.queries import planned, stays_of
from stepdown.chart.models import NotePart
from stepdown.kernel.spans import Span, overlap, whole_minutes
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
    """IOP sessions of the last three weeks, newest first. Five queries."""
    sessions = (
        Session.objects.standing()
        .filter(ends_at__lte=now, starts_at__gte=now - BACK, group__program__is_aftercare=False)
        .select_related("group", "note")
        .annotate(
            came=Count("attendances", filter=Q(attendances__status__in=Attendance.THERE)),
            rows=Count("attendances"),
            confirmed=Count("attendances", filter=Q(attendances__confirmed_at__isnull=False)),
        )
        .filter(rows__gt=0)
        .order_by("-starts_at")
    )
    took = _breaks(sessions)
    confirmed = Attendance.objects.filter(session__in=took, confirmed_minutes__gte=WHOLE_DAY - COUNTED_BREAKS)
    whole = Counter(
        row.session_id
        for row in confirmed.only("session", "stays", "minutes", "confirmed_minutes")
        if _counted(row, took[row.session_id]) >= WHOLE_DAY
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


def _breaks(sessions: Iterable[Session]) -> dict[UUID, list[Span]]:
    """session id -> its breaks as they were, within the session; no session is left out. One query."""
    planned_of = {session.pk: planned(session) for session in sessions}
    found: dict[UUID, list[Span]] = defaultdict(list)
    for one in Break.objects.filter(session__in=planned_of):
        found[one.session_id].append(Span(one.starts_at, one.ends_at or one.planned_end))
    return {session: overlap(found[session], [span]) for session, span in planned_of.items()}


def _counted(row: Attendance, breaks: list[Span]) -> int:
    if row.is_corrected:
        return counted_minutes(row.counted, whole_minutes(breaks))
    return counted_from_stays(stays_of(row), breaks)
