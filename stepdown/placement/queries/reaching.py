"""Who of the staff has most to do with a patient, and so reaches them."""

from django.db.models import Q
from django.utils import timezone

from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Seat
from stepdown.placement.queries.visible import patients_visible_to


def who_reaches(patient: Patient) -> Staff | None:
    """Who leads the group they sit in, now or next; else who has them on their caseload, offered them the seat that is
    held, or keeps their inquiry: the first of these who is here and sees the record. At most seven queries."""
    seats = Seat.objects.standing().filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), patient=patient)
    seats = seats.select_related("group__leader", "offered_by", "episode__assessment__inquiry__assigned_to")
    coming = list(seats.order_by("starts_at"))
    found: list[Staff | None] = [seat.group.leader for seat in coming if seat.accepted_at]
    found += [patient.counselor, *(seat.offered_by for seat in coming)]
    found += [seat.episode.assessment.inquiry.assigned_to for seat in coming if seat.episode.assessment]
    here = (one for one in found if one and one.ended_at is None)
    return next((one for one in here if patients_visible_to(one).filter(pk=patient.pk).exists()), None)
