"""Requests of patients about their own records: their own, and the privacy officer's queue."""

from datetime import date

from django.db.models import QuerySet

from stepdown.people.models import Patient, Staff
from stepdown.privacy.days import today
from stepdown.privacy.models import RightsRequest
from stepdown.ui.navigation import MANY, Waiting

ANSWERED_SHOWN = 50


def requests_of(patient: Patient) -> QuerySet[RightsRequest]:
    rows = RightsRequest.objects.filter(patient=patient).order_by("-asked_at")
    return rows.prefetch_related("self_pay_restrictions")


def all_requests() -> QuerySet[RightsRequest]:
    """For privacy officers, who answer for every patient."""
    rows = RightsRequest.objects.select_related("patient", "recorded_by", "longer_by", "answered_by")
    return rows.prefetch_related("self_pay_restrictions")


def waiting() -> QuerySet[RightsRequest]:
    """What has no answer yet, the first due first."""
    return all_requests().filter(answered_at=None).order_by("due_on", "asked_at")


def answered() -> list[RightsRequest]:
    """The latest answers. One query."""
    return list(all_requests().exclude(answered_at=None).order_by("-answered_at")[:ANSWERED_SHOWN])


def waits_for(_staff: Staff) -> Waiting:
    """One query."""
    due = list(waiting().values_list("due_on", flat=True)[:MANY])
    return Waiting(len(due), _late(due, today()) if due else 0)


def _late(due: list[date], on: date) -> int:
    return sum(day < on for day in due)
