"""Whom each member of staff may see. Source: RULE PRIV-33 (minimum necessary)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from stepdown.admissions.models import Episode
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.placement.calls import to_call
from stepdown.placement.models import Group, Seat
from stepdown.privacy.queries_restricted import let_in, restricted_now

# How long who led somebody finishes what is to be written of them after their last seat, and calls them 30 days after.
HANDOVER = timedelta(days=37)
SEES_EVERYONE = (Role.DIRECTOR, Role.ADMISSIONS)


def patients_visible_to(staff: Staff) -> QuerySet[Patient]:
    """Director and admissions: everyone whose record is not restricted. A counselor: their caseload, all who have or
    will have a seat with them, and for HANDOVER those whose seat with them ended and who have not begun in another
    group; and whom they are still to call after IOP. Each of the three: whom they are named for, and whose record they
    have open in an emergency. Once somebody else leads them, what comes is no business of who led them before; what
    these signed, and the sessions they led, stay theirs to read. Source: RULE PRIV-33 (minimum necessary)."""
    if staff.has_role(*SEES_EVERYONE):
        return Patient.objects.filter(not_hidden(staff, "pk"))
    if staff.has_role(Role.COUNSELOR):
        return Patient.objects.filter(pk__in=_ids_of.inside(staff.pk, *_now()))
    return Patient.objects.none()


def patient_visible_to(staff: Staff, patient: UUID) -> Patient | None:
    """This one of `patients_visible_to`, with their counselor, and whether the record is `restricted`. One query."""
    found: list[Patient] = []
    if staff.has_role(*SEES_EVERYONE):
        found = _any_of(patient, staff.pk, *_now())
    elif staff.has_role(Role.COUNSELOR):
        found = _one_of(patient, staff.pk, *_now())
    return found[0] if found else None


def _now() -> tuple[datetime, datetime]:
    """Now, and since when somebody's last seat counts."""
    now = timezone.now()
    return now, now - HANDOVER


def hidden_from(staff: Staff) -> QuerySet[Any, Any]:
    """Ids of the patients whose record is restricted, and neither treated by this person nor opened to them."""
    return _hidden(staff.pk, *_now())


def hidden_from_inside(staff: Staff) -> RawSQL:
    """The same ids as part of another query."""
    return _hidden_ids.inside(staff.pk, *_now())


def _hidden(staff: UUID, now: datetime, since: datetime) -> QuerySet[Any, Any]:
    theirs = _patients_of(staff, now, since).order_by().values("pk")
    return restricted_now().exclude(patient__in=theirs).order_by().values("patient")


@prepared
def _hidden_ids(staff: UUID, now: datetime, since: datetime) -> QuerySet[Any, Any]:
    return _hidden(staff, now, since)


@prepared
def _ids_of(staff: UUID, now: datetime, since: datetime) -> QuerySet[Any, Any]:
    return _ids(staff, now, since)


@prepared
def _any_of(patient: UUID, staff: UUID, now: datetime, since: datetime) -> QuerySet[Patient]:
    return _told(Patient.objects.filter(pk=patient).exclude(pk__in=_hidden(staff, now, since)))


@prepared
def _one_of(patient: UUID, staff: UUID, now: datetime, since: datetime) -> QuerySet[Patient]:
    return _told(_patients_of(staff, now, since).filter(pk=patient))


def _told(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    restricted = Exists(restricted_now().filter(patient=OuterRef("pk")))
    return patients.select_related("counselor").annotate(restricted=restricted)


def _patients_of(staff: UUID, now: datetime, since: datetime) -> QuerySet[Patient]:
    return Patient.objects.filter(pk__in=_ids(staff, now, since))


def _ids(staff: UUID, now: datetime, since: datetime) -> QuerySet[Any, Any]:
    seated = _seats_with(staff, now, since).values("patient")
    caseload = Patient.objects.filter(counselor=staff).order_by()
    # A union, so that the few are looked up by their ids; an "or" would read every patient.
    return caseload.values("pk").union(seated, *to_call(staff), *let_in(staff, now))


def _seats_with(staff: UUID, now: datetime, since: datetime) -> QuerySet[Seat]:
    """Seats in a group this person leads or co-leads, by which they see who has or had them."""
    begun = Seat.objects.accepted().filter(patient=OuterRef("patient"), starts_at__gte=OuterRef("ends_at"))
    begun = begun.filter(starts_at__lte=now).exclude(starts_at=F("ends_at"))
    here = Q(ends_at=None) | Q(ends_at__gt=now)
    lately = Q(~Exists(begun), ends_at__gt=since)
    led = Q(group__leader=staff) | Q(group__co_leader=staff)
    return Seat.objects.standing().filter(led, here | lately)


def episodes_visible_to(staff: Staff) -> QuerySet[Episode]:
    episodes = Episode.objects.filter(patient__in=patients_visible_to(staff))
    return episodes.select_related("patient", "assessment", "wishes")


def groups_led_by(staff: Staff | UUID) -> QuerySet[Group]:
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
    """Seats of the groups whose people this person may see, but of whoever's record is restricted."""
    seats = Seat.objects.select_related("group__program", "patient", "episode")
    return seats.filter(not_hidden(staff), group__in=groups_visible_to(staff))
