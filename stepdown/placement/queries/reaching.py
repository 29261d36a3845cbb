"""Who of the staff has most to do with a patient, and so reaches them."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from stepdown.people.models import Patient, Staff
from stepdown.placement.models import Seat
from stepdown.placement.queries.visible import patients_visible_to


def who_could_reach(patient: Patient) -> Iterator[Staff]:
    """Who leads the group they sit in, now or next; then who has them on their caseload, offered them the seat that is
    held, or keeps their inquiry: of these, who works here and sees the record. Two queries, and one or more for each.
    """
    seats = Seat.objects.standing().filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), patient=patient)
    seats = seats.select_related("group__leader", "offered_by", "episode__assessment__inquiry__assigned_to")
    coming = list(seats.order_by("starts_at"))
    found: list[Staff | None] = [seat.group.leader for seat in coming if seat.accepted_at]
    found += [patient.counselor, *(seat.offered_by for seat in coming)]
    found += [seat.episode.assessment.inquiry.assigned_to for seat in coming if seat.episode.assessment]
    here = dict.fromkeys(one for one in found if one and one.ended_at is None)
    return (one for one in here if patients_visible_to(one).filter(pk=patient.pk).exists())
