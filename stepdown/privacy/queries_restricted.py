"""Whose record is restricted, who is named for it, and who opened which record in an emergency."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from stepdown.people.models import Patient, Role, Staff
from stepdown.people.queries import directors
from stepdown.people.visibility import patients_visible_to
from stepdown.privacy.models import EmergencyAccess, EmergencyTry, NamedFor, Restriction
from stepdown.ui.navigation import MANY, Waiting

CLINICAL = (Role.COUNSELOR, Role.DIRECTOR, Role.ADMISSIONS)
SHOWN = 100


def restricted_now() -> QuerySet[Restriction]:
    return Restriction.objects.filter(lifted_at=None)


def let_in(staff: UUID, now: datetime) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Two queries for ids of the patients whose record this person sees though they do not treat them: those they are
    named for, and those they have open in an emergency. A clinical director also sees those for which nobody is left
    who could help in a danger, as the directors are then called."""
    directs = Exists(Staff.objects.with_role(Role.DIRECTOR).filter(pk=staff))
    named = NamedFor.objects.filter(ended_at=None, restriction__lifted_at=None).order_by()
    named = named.filter(Q(staff=staff) | Q(directs) & ~Q(Exists(_left_for(OuterRef("restriction")))))
    opened = EmergencyAccess.objects.filter(staff=staff, opened_at__lte=now, until__gt=now, ended_at=None).order_by()
    return named.values("restriction__patient"), opened.values("patient")


def restrictions_kept_by(staff: Staff) -> QuerySet[Restriction]:
    """Every restriction there was, those that stand first: a privacy officer all; a director those of the records they
    see, as one who must not see a record does not learn of it here."""
    rows = Restriction.objects.select_related("patient", "set_by", "lifted_by").prefetch_related("named__staff")
    rows = rows.order_by(F("lifted_at").desc(nulls_first=True), "-set_at")
    if staff.has_role(Role.PRIVACY):
        return rows
    return rows.filter(patient__in=patients_visible_to(staff)) if staff.has_role(Role.DIRECTOR) else rows.none()


def restriction_of(patient: Patient) -> Restriction | None:
    return restricted_now().filter(patient=patient).select_related("set_by").first()


def who_could_be_named() -> QuerySet[Staff]:
    return Staff.objects.current().filter(roles__overlap=list(CLINICAL))


def who_is_called(patient: Patient) -> list[Staff]:
    """Whom a danger is told besides who treats the patient: every clinical director; of a restricted record everybody
    who is named for it instead, as long as one of them is here and treats people. At most two queries."""
    named = NamedFor.objects.filter(restriction__patient=patient, restriction__lifted_at=None, ended_at=None)
    called = who_could_be_named().filter(pk__in=named.values("staff")).select_related("account").order_by("name")
    return list(called) or directors()


def _left_for(restriction: OuterRef) -> QuerySet[NamedFor]:
    """Of a restriction, who is named for it and can still be called."""
    return NamedFor.objects.filter(restriction=restriction, ended_at=None, staff__in=who_could_be_named())


def is_named_and_cannot_be_called(staff: Staff) -> bool:
    """Whether some restricted record is theirs by name though they left, or treat nobody any more."""
    named = NamedFor.objects.filter(staff=staff, ended_at=None, restriction__lifted_at=None)
    return named.exists() and not who_could_be_named().filter(pk=staff.pk).exists()


def is_named_for_somebody() -> Exists:
    """Of a member of staff, whether any restricted record is theirs to see by name: for a query."""
    return Exists(NamedFor.objects.filter(staff=OuterRef("pk"), ended_at=None, restriction__lifted_at=None))


# -- emergencies


def found_exactly(first: str, last: str, born: date) -> list[UUID]:
    """Ids of the patients with this first or chosen name, last name and birth date, in large or small letters. No row
    is read, so that whoever finds them has not looked yet."""
    called = Q(first_name__iexact=first) | Q(chosen_name__iexact=first)
    found = Patient.objects.filter(called, last_name__iexact=last, date_of_birth=born)
    return list(found.order_by("pk").values_list("pk", flat=True))


def open_for(staff: Staff, now: datetime) -> list[EmergencyAccess]:
    """What this person has open in an emergency now, the last opened first. One query."""
    rows = EmergencyAccess.objects.filter(staff=staff, opened_at__lte=now, until__gt=now, ended_at=None)
    return list(rows.select_related("patient"))


def open_until(staff: Staff, now: datetime) -> datetime | None:
    """Until when this person has something open in an emergency; None for nothing. No patient is read."""
    rows = EmergencyAccess.objects.filter(staff=staff, opened_at__lte=now, until__gt=now, ended_at=None)
    until: datetime | None = rows.aggregate(last=Max("until"))["last"]
    return until


def to_judge() -> QuerySet[EmergencyAccess]:
    """Those that no privacy officer has looked at yet, the oldest first."""
    return EmergencyAccess.objects.filter(judged_at=None).order_by("opened_at")


def waits_for(_staff: Staff) -> Waiting:
    """For the menu. One query."""
    return Waiting(len(to_judge().values_list("pk")[:MANY]))


def emergency_accesses() -> QuerySet[EmergencyAccess]:
    return EmergencyAccess.objects.select_related("patient", "staff", "judged_by")


def judged_lately() -> list[EmergencyAccess]:
    return list(emergency_accesses().exclude(judged_at=None).order_by("-judged_at")[:SHOWN])


def looked_in_vain(since: datetime) -> list[Any]:
    """Who looked for somebody in an emergency and found no record since then, and how often, the most first."""
    rows = EmergencyTry.objects.filter(at__gte=since).order_by().values("staff__name")
    return list(rows.annotate(times=Count("pk")).order_by("-times", "staff__name"))


def over_at(access: EmergencyAccess) -> datetime:
    """When it ended, or will by itself."""
    return access.ended_at or access.until


def was_open() -> Q:
    """Of an access, while a row that leads to it by its staff was written (`at` of that row): for a subquery."""
    return Q(opened_at__lte=OuterRef("at")) & (
        Q(ended_at=None, until__gt=OuterRef("at")) | Q(ended_at__gt=OuterRef("at"))
    )
