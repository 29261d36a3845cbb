"""Attendance as screens show it, each in a known number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Least, RowNumber

from stepdown.admissions.models import Episode
from stepdown.attendance.domain.marks import MARK_OF
from stepdown.attendance.domain.minutes import available_minutes
from stepdown.attendance.models import Attendance
from stepdown.kernel.spans import Span
from stepdown.live import queries as live
from stepdown.live.sides import side_stays
from stepdown.people.models import Staff
from stepdown.people.visibility import not_hidden
from stepdown.timetable.models import Session
from stepdown.timetable.queries import records_visible_to

FIRST_LATE = timedelta(days=31)
# After the end, so that what the witnesses saw until then has arrived.
LATE_WITNESSES = timedelta(seconds=30)


class Confirmed(NamedTuple):
    by: Staff
    at: datetime


def held(session: Session, now: datetime) -> Span:
    """The time that counts: from the planned start to the planned end, less when the leader ended the room before it,
    and not further than now."""
    return Span(session.starts_at, max(session.starts_at, min(held_until(session), now)))


def held_until(session: Session) -> datetime:
    """When the time that counts ends: as planned, or when the leader ended the room before it."""
    room = live.room_of(session)
    return min(session.ends_at, room.ended_at) if room and room.ended_at else session.ends_at


def is_settled(row: Attendance, ends_at: datetime) -> bool:
    """Whether it is confirmed, with all in it that was seen until the time that counts ended at `ends_at`."""
    known = row.confirmed_at is not None and row.confirmed_at >= ends_at and row.computed_at >= ends_at + LATE_WITNESSES
    return known or row.sealed_at is not None


def taken_back(found: Iterable[Attendance]) -> dict[UUID, Confirmed]:
    """row id -> who confirmed it last, of the rows that were confirmed and are not any more. One query at most."""
    open_rows = [row.pk for row in found if row.confirmed_at is None]
    if not open_rows:
        return {}
    history = Attendance.pgh_event_model.objects
    events = history.filter(pgh_obj__in=open_rows, confirmed_at__isnull=False).select_related("confirmed_by")
    return {event.pgh_obj_id: Confirmed(event.confirmed_by, event.confirmed_at) for event in events.order_by("pgh_id")}


def planned(session: Session) -> Span:
    return Span(session.starts_at, session.ends_at)


def planned_until(session: Session, now: datetime) -> Span:
    """The planned time up to now, in which somebody may be said to have been there also where the room was ended
    before, since a group may go on elsewhere."""
    return Span(session.starts_at, max(session.starts_at, min(session.ends_at, now)))


def met(session: Session, span: Span, breaks: Iterable[Span], said: Iterable[int | None], now: datetime) -> Span:
    """The time against which a presence is called whole or not: the time that counts, `span`, or the planned one up to
    now once somebody is said to have had more clinical minutes than that has. said: the minutes of each."""
    most = max((minutes or 0 for minutes in said), default=0)
    return planned_until(session, now) if most > available_minutes(span, breaks) else span


def is_over(session: Session, now: datetime) -> bool:
    return now >= session.ends_at or live.is_ended(session)


def is_sealed(session: Session) -> bool:
    return Attendance.objects.filter(session=session).exclude(sealed_at=None).exists()


def is_recorded(session: Session) -> bool:
    """Whether the attendance is final, or says that somebody was there."""
    found = Attendance.objects.filter(session=session)
    return found.filter(Q(sealed_at__isnull=False) | Q(status__in=Attendance.THERE)).exists()


def rows(session: Session, reader: Staff | None = None) -> list[Attendance]:
    """The rows that are drawn up, all or those this reader sees, in the order of the chairs. One query."""
    found = Attendance.objects.filter(session=session).select_related("patient", "seat__chair", "confirmed_by")
    if reader:
        found = found.filter(_led_by(reader) | not_hidden(reader))
    return list(found.order_by("seat__chair__number"))


def first_groups(since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """(asked for a call, began the first session they came to) of everyone who first came in that time. One query.

    Who came more than a month after the day their seat began is left out, and who came without an assessment of ours.
    """
    came = Attendance.objects.filter(
        patient=OuterRef("patient"), seat__episode=OuterRef("pk"), status__in=Attendance.THERE
    )
    episodes = Episode.objects.filter(
        admitted_on__range=(since.date() - FIRST_LATE, until.date()), assessment__isnull=False
    ).annotate(first_at=Subquery(came.order_by("session__starts_at").values("session__starts_at")[:1]))
    ways = episodes.values_list("assessment__inquiry__asked_at", "first_at")
    return [(asked_at, first_at) for asked_at, first_at in ways if first_at and since <= first_at < until]


def rows_visible_to(staff: Staff) -> QuerySet[Attendance]:
    """Rows of the sessions whose record this person may see, but of restricted records; those of the sessions they lead
    all the same."""
    sessions = records_visible_to(staff).values("pk")
    found = Attendance.objects.filter(_led_by(staff) | not_hidden(staff), session__in=sessions)
    return found.select_related("patient", "session__group__program", "session__leader", "session__topic")


def _led_by(staff: Staff) -> Q:
    return Q(session__leader=staff) | Q(session__co_leader=staff)


def is_confirmed(session: Session) -> bool:
    """Whether every row is confirmed; a session without rows is not."""
    confirmed = [
        at is not None for at in Attendance.objects.filter(session=session).values_list("confirmed_at", flat=True)
    ]
    return bool(confirmed) and all(confirmed)


@dataclass(frozen=True)
class Sheet:
    """One session's attendance: `span` the time that counts, `of` the whole minutes anyone could have in it, or in the
    planned time where somebody is said to have had more, `most` those of the planned time, `side` when each patient was
    in side rooms, which is part of their stays."""

    session: Session
    span: Span
    breaks: list[Span]
    of: int
    most: int
    rows: list[Attendance]
    side: dict[UUID, list[Span]]

    @property
    def there(self) -> int:
        return sum(row.was_there for row in self.rows)

    @property
    def to_confirm(self) -> int:
        return sum(row.confirmed_at is None for row in self.rows)

    @property
    def is_sealed(self) -> bool:
        return any(row.sealed_at for row in self.rows)


def sheet(session: Session, now: datetime, reader: Staff | None = None) -> Sheet:
    """Everything the attendance page and the note show, in six queries; reader: only the rows this person sees."""
    span, breaks = held(session, now), live.breaks(session)
    shown = rows(session, reader)
    of = available_minutes(met(session, span, breaks, [row.counted for row in shown], now), breaks)
    most = available_minutes(planned_until(session, now), breaks)
    return Sheet(session, span, breaks, of, most, shown, side_stays(session, now))


def stays_of(attendance: Attendance) -> list[Span]:
    """The stays kept with the row, as spans."""
    return [Span(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in attendance.stays]


class Mark(NamedTuple):
    """One attendance as a small mark: `kind` is a key of ui.charts.MARKS."""

    kind: str
    on: date


def marks(patients: Iterable[UUID], *, last: int = 9) -> dict[UUID, list[Mark]]:
    """patient id -> their latest marks, oldest first; nobody is left out. One query, however many patients."""
    found: dict[UUID, list[Mark]] = defaultdict(list)
    newest_first = Window(RowNumber(), partition_by=F("patient_id"), order_by=F("session__starts_at").desc())
    lines = (
        Attendance.objects.filter(patient__in=list(patients), session__cancelled_at=None)
        .annotate(place=newest_first)
        .filter(place__lte=last)
        .order_by("session__starts_at")
        .values_list("patient_id", "status", "session__service_date")
    )
    for patient_id, status, on in lines:
        found[patient_id].append(Mark(MARK_OF[status], on))
    return found


def to_draw_up(now: datetime, since: datetime) -> QuerySet[Session]:
    """Sessions that began since then and ended, by the clock or by their leader, and have no attendance yet, or only
    what was known before the end."""
    rows = Attendance.objects.filter(session=OuterRef("pk"))
    early = rows.filter(sealed_at=None, computed_at__lt=OuterRef("known_at"))
    ended = Session.objects.standing().annotate(known_at=Least("ends_at", "room__ended_at") + LATE_WITNESSES)
    return ended.filter(~Exists(rows) | Exists(early), starts_at__gte=since, known_at__lte=now)
