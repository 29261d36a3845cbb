"""What one person's groups came to since the first of the month."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import Count, Exists, F, OuterRef, Q

from stepdown.attendance.models import Attendance
from stepdown.chart.domain.parts import DUE_AFTER
from stepdown.people.models import Staff
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session


@dataclass(frozen=True)
class Month:
    """led: sessions that are over. came, of expected: people, session by session, without those that the center
    called off. on_time, of due: notes signed within 24 hours, of those signed or past that time."""

    led: int
    came: int
    expected: int
    on_time: int
    due: int


def month_of(staff: Staff, now: datetime, zone: tzinfo) -> Month | None:
    """The month of a leader or co-leader; None before the first session of it is over. Two queries, whatever the size:
    nobody leads more than a few groups a week."""
    first = moment(now.astimezone(zone).date().replace(day=1), datetime.min.time(), zone)
    led = Session.objects.standing().filter(
        Q(leader=staff) | Q(co_leader=staff), starts_at__gte=first, starts_at__lt=now, ends_at__lte=now
    )
    noted = Exists(Attendance.objects.filter(session=OuterRef("pk")))
    due = Q(noted=True) & (Q(note__signed_at__isnull=False) | Q(ends_at__lte=now - DUE_AFTER))
    counts = led.annotate(noted=noted).aggregate(
        led=Count("pk"),
        due=Count("pk", filter=due),
        on_time=Count("pk", filter=due & Q(note__signed_at__lte=F("ends_at") + DUE_AFTER)),
    )
    if not counts["led"]:
        return None
    settled = Attendance.objects.filter(session__in=led.values("pk")).exclude(
        status__in=(Attendance.Status.SCHEDULED, Attendance.Status.CANCELLED_SITE)
    )
    people = settled.aggregate(expected=Count("pk"), came=Count("pk", filter=Q(status__in=Attendance.THERE)))
    return Month(**counts, **people)
