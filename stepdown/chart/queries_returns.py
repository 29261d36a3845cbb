"""Returns to use as screens and services ask for them."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from stepdown.chart.models import ReturnToUse
from stepdown.chart.queries_plan import own_patients
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.models import Seat
from stepdown.placement.queries import patients_visible_to
from stepdown.timetable.models import Closure

RETURNS_KEPT = 100


def returns_of(patient: Patient) -> QuerySet[ReturnToUse]:
    """The latest first, each with its response."""
    return ReturnToUse.objects.filter(patient=patient).select_related("recorded_by", "response__by")


@prepared
def last_returns(patient: UUID) -> QuerySet[ReturnToUse]:
    """The latest RETURNS_KEPT, the latest first, each with its response. One query."""
    return ReturnToUse.objects.filter(patient=patient).select_related("response")[:RETURNS_KEPT]


def return_to_use_days(patient: Patient) -> list[date]:
    """When the patient returned to use, earliest first, a day once: the events of a drawing of their scores."""
    return list(ReturnToUse.objects.filter(patient=patient).order_by("on").values_list("on", flat=True).distinct())


def returns_visible_to(staff: Staff) -> QuerySet[ReturnToUse]:
    events = ReturnToUse.objects.filter(patient__in=patients_visible_to(staff))
    return events.select_related("patient", "recorded_by", "response__by")


def returns_to_answer(staff: Staff, now: datetime) -> QuerySet[ReturnToUse]:
    """Those without a response: of this person's own patients, and for a director everyone's late ones. The first due
    first."""
    whose = Q(patient__in=own_patients(staff))
    if staff.has_role(Role.DIRECTOR):
        whose |= Q(due_at__lte=now) & not_hidden(staff)
    return ReturnToUse.objects.filter(whose, response=None).select_related("patient").order_by("due_at")


def who_answers(patient: Patient) -> Staff | None:
    """Who leads the patient's group, now or next; else who has them on their caseload. One query or two."""
    seats = Seat.objects.accepted().filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), patient=patient)
    seat = seats.select_related("group__leader").order_by("starts_at").first()
    return seat.group.leader if seat else patient.counselor


def closed_days(since: date) -> Callable[[date], bool]:
    """Whether the center is closed on a day, from that one on. One query."""
    spans = list(Closure.objects.filter(last_on__gte=since).values_list("first_on", "last_on"))
    return lambda on: any(first <= on <= last for first, last in spans)
