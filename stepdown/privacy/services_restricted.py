"""Restricting a record, naming who sees it all the same, and opening one in an emergency."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.people.visibility import patients_visible_to
from stepdown.privacy import queries_restricted as queries
from stepdown.privacy.domain import emergency_access as domain
from stepdown.privacy.models import EmergencyAccess, EmergencyTry, NamedFor, Restriction

log = structlog.get_logger(__name__)
_teller: list[Callable[[], object]] = []
_teller_of_named: list[Callable[[], object]] = []


class NobodyFound(RuleBroken):
    """No record has the name and birth date."""


@transaction.atomic
def restrict(*, patient: Patient, why: str, words: str, names: Iterable[Staff], by: Staff) -> Restriction:
    """From now on only those who treat the patient and those named see the record. Raises RuleBroken when it is
    restricted already, or nobody is named."""
    with rules_speak():
        restriction = Restriction.objects.create(patient=patient, why=why, words=words, set_by=by)
    name(restriction=restriction, names=names, by=by)
    return restriction


@transaction.atomic
def name(*, restriction: Restriction, names: Iterable[Staff], by: Staff) -> None:
    """Exactly these see it besides those who lead the patient's group. Raises RuleBroken for nobody: a danger would
    reach no one."""
    wanted = {one.pk for one in names}
    if not wanted:
        raise RuleBroken("Choose at least one person who sees the record.")
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    if restriction.lifted_at:
        raise RuleBroken("This is lifted already.")
    now = timezone.now()
    standing = NamedFor.objects.filter(restriction=restriction, ended_at=None)
    standing.exclude(staff__in=wanted).update(ended_at=now, ended_by=by)
    there = set(standing.values_list("staff", flat=True))
    for staff in sorted(wanted - there):
        NamedFor.objects.create(restriction=restriction, staff_id=staff, named_at=now, named_by=by)


@transaction.atomic
def lift(*, restriction: Restriction, why: str, by: Staff) -> None:
    """Everyone whose work it is sees the record again. Raises RuleBroken when somebody was faster."""
    restriction = Restriction.objects.select_for_update(of=("self",)).get(pk=restriction.pk)
    if restriction.lifted_at:
        raise RuleBroken("This is lifted already.")
    now = timezone.now()
    NamedFor.objects.filter(restriction=restriction, ended_at=None).update(ended_at=now, ended_by=by)
    restriction.lifted_at, restriction.lifted_by, restriction.lifted_why = now, by, why
    restriction.save()


def look_after(staff: Staff) -> None:
    """Tells privacy officers when somebody who is named for a record left, or treats nobody any more: they name
    another one. Until then a danger goes to those named who are left, or to the clinical directors."""
    if queries.is_named_and_cannot_be_called(staff):
        log.warning("named person went", staff_id=str(staff.pk))
        for tell in _teller_of_named:
            tell()


# -- emergencies


class Opened(NamedTuple):
    """patient: id of the record to go to. until: when it closes again; None for one that this person sees anyway."""

    patient: UUID
    until: datetime | None


def open_in_emergency(
    *, first: str, last: str, born: date, why: str, words: str, by: Staff, now: datetime | None = None
) -> Opened:
    """Opens the records that have this very name and birth date, for an hour; more than one where somebody is known
    twice. What this person sees anyway is not opened.

    Raises NobodyFound when there is none, which counts as a try, and RuleBroken after too many of them. Whether a
    record is there is told only here, to who has proved who they are and said why. Source: 45 CFR 164.312(a)(2)(ii).
    """
    now = now or timezone.now()
    with transaction.atomic():
        one_at_a_time(f"emergency access {by.pk}")
        tries = EmergencyTry.objects.filter(staff=by, at__gt=now - domain.TRIES_WITHIN).values_list("at", flat=True)
        if not domain.may_try(list(tries), now):
            raise RuleBroken(
                "You looked five times within an hour and found nobody. Call a privacy officer or a clinical director. "
                "In danger call 911."
            )
        found = queries.found_exactly(first, last, born)
        seen = set(patients_visible_to(by).filter(pk__in=found).values_list("pk", flat=True))
        opened = [_open(patient, why, words, by, now) for patient in found if patient not in seen]
        if not found:
            EmergencyTry.objects.create(staff=by, at=now)
    if not found:
        raise NobodyFound("No record has this name and birth date. Check both with whoever told you.")
    return Opened(opened[0].patient_id, opened[0].until) if opened else Opened(found[0], None)


def _open(patient: UUID, why: str, words: str, by: Staff, now: datetime) -> EmergencyAccess:
    with rules_speak():
        access = EmergencyAccess.objects.create(
            patient_id=patient, staff=by, why=why, words=words, opened_at=now, until=now + domain.LASTS
        )
    log.warning("record opened in an emergency", access_id=str(access.pk), staff_id=str(by.pk))
    for tell in _teller:
        tell()
    return access


@transaction.atomic
def end_own(*, by: Staff, now: datetime | None = None) -> int:
    """Closes everything this person has open in an emergency. Returns how many."""
    now = now or timezone.now()
    rows = EmergencyAccess.objects.filter(staff=by, ended_at=None, opened_at__lte=now, until__gt=now)
    return rows.update(ended_at=now)


@transaction.atomic
def judge(*, access: EmergencyAccess, finding: str, words: str, by: Staff) -> None:
    """What a privacy officer found; once. Raises RuleBroken while it is open, when it is judged, and for one's own."""
    access = EmergencyAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if access.judged_at:
        raise RuleBroken("Somebody has looked at this already.")
    now = timezone.now()
    if queries.over_at(access) > now:
        raise RuleBroken("The record is still open. Look at it when that is over, at most an hour after it was opened.")
    access.finding, access.finding_words, access.judged_at, access.judged_by = finding, words, now, by
    with rules_speak():
        access.save()


def tell_with(teller: Callable[[], object]) -> None:
    """Sets who tells privacy officers at once: a later stage, in its AppConfig.ready(). The last one wins."""
    _teller[:] = [teller]


def tell_of_named_with(teller: Callable[[], object]) -> None:
    """Sets who tells privacy officers that a named person went, likewise."""
    _teller_of_named[:] = [teller]
