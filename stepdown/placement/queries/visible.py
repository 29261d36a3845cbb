"""Whom each member of staff may see. Source: RULE PRIV-33 (minimum necessary)."""

from django.db.models import Q, QuerySet

from stepdown.admissions.models import Episode
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Group, Seat

SEES_EVERYONE = (Role.DIRECTOR, Role.ADMISSIONS)


def patients_visible_to(staff: Staff) -> QuerySet[Patient]:
    """Director and admissions: everyone. A counselor: their caseload and all who have or had a seat with them."""
    if staff.has_role(*SEES_EVERYONE):
        return Patient.objects.all()
    if staff.has_role(Role.COUNSELOR):
        seated = Seat.objects.standing().filter(Q(group__leader=staff) | Q(group__co_leader=staff))
        caseload = Patient.objects.filter(counselor=staff).order_by()
        # A union, so that the few are looked up by their ids; an "or" would read every patient.
        return Patient.objects.filter(pk__in=caseload.values("pk").union(seated.values("patient")))
    return Patient.objects.none()


def episodes_visible_to(staff: Staff) -> QuerySet[Episode]:
    episodes = Episode.objects.filter(patient__in=patients_visible_to(staff))
    return episodes.select_related("patient", "assessment", "wishes")


def groups_led_by(staff: Staff) -> QuerySet[Group]:
    """Groups that this person leads or co-leads."""
    return Group.objects.filter(Q(leader=staff) | Q(co_leader=staff))


def groups_visible_to(staff: Staff) -> QuerySet[Group]:
    """Groups whose people this person may see: all for director and admissions, one's own for a counselor."""
    groups = Group.objects.select_related("program", "leader", "co_leader")
    if staff.has_role(*SEES_EVERYONE):
        return groups
    if staff.has_role(Role.COUNSELOR):
        return groups.filter(Q(leader=staff) | Q(co_leader=staff))
    return groups.none()


def seats_visible_to(staff: Staff) -> QuerySet[Seat]:
    """Seats of the groups whose people this person may see."""
    seats = Seat.objects.select_related("group__program", "patient", "episode")
    return seats.filter(group__in=groups_visible_to(staff))
