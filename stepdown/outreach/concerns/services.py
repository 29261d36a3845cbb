"""Concerns of people outside: told, found out whom they mean, or laid aside; each is one transaction."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.outreach.models import Concern, ConcernQuerySet, Message
from stepdown.outreach.services import tell_all
from stepdown.people.models import Patient, Role, Staff, Supporter
from stepdown.people.visibility import patients_visible_to
from stepdown.privacy.queries_looks import found_by_name
from stepdown.privacy.queries_restricted import is_named_for_somebody
from stepdown.ui.navigation import MANY, Waiting

log = structlog.get_logger()

READERS = (Role.ADMISSIONS, Role.DIRECTOR)  # of what is not known yet about whom it is
TAKEN = "Somebody has found whom this is about already, or laid it aside."
Raiser = Callable[[Concern], object]
_raiser: list[Raiser] = []


def raise_with(raiser: Raiser) -> None:
    """Sets who puts a concern about a patient on the care team's list: a later stage, in its AppConfig.ready()."""
    _raiser[:] = [raiser]


@transaction.atomic
def tell(
    *,
    once: UUID,
    words: str,
    in_danger: bool,
    language: str,
    about: str = "",
    teller: str = "",
    teller_phone: str = "",
    supporter: Supporter | None = None,
) -> Concern:
    """Keeps it and tells who reads it. once: chosen when the page was opened, so that what is sent twice is told once.

    Of a supporter it is about their patient, and on the care team's list at once. Nobody is looked for by the name that
    a stranger writes, so that no answer, and no time until it, tells whether we know them. Source: RULE PRIV-04."""
    said: dict[str, Any] = {"words": words, "in_danger": in_danger, "language": language}
    if supporter:
        said |= {"supporter": supporter, "patient": supporter.patient, "matched_at": timezone.now()}
    else:
        said |= {"about": about, "teller": teller, "teller_phone": teller_phone}
    with rules_speak():
        concern, is_new = Concern.objects.get_or_create(pk=once, defaults=said)
    if not is_new:
        return concern
    log.info("concern told", concern_id=str(concern.pk))
    if supporter:
        _raise(concern)
    else:
        page = reverse("concerns:concerns")
        kind = Message.Kind.NEEDED_NOW if in_danger else Message.Kind.LOOK
        tell_all(staff=_readers(), kind=kind, page=lambda _one: page)
    return concern


def _readers() -> list[Staff]:
    read = Q(roles__overlap=[str(role) for role in READERS]) | is_named_for_somebody()
    return list(Staff.objects.current().filter(read))


def _raise(concern: Concern) -> None:
    for raiser in _raiser:
        raiser(concern)


@transaction.atomic
def match(*, concern: Concern, patient: Patient, by: Staff) -> Concern:
    """It is about this patient, also when it was laid aside before, which its history keeps: from now on they alone see
    it who see the patient, and it is on the care team's list. Raises RuleBroken when somebody was quicker."""
    concern = _unmatched(concern)
    concern.patient, concern.matched_at, concern.matched_by = patient, timezone.now(), by
    concern.outcome, concern.closed_at, concern.closed_by = "", None, None
    with rules_speak():
        concern.save()
    log.info("concern matched", concern_id=str(concern.pk), by=str(by.pk))
    _raise(concern)
    return concern


@transaction.atomic
def lay_aside(*, concern: Concern, outcome: str, by: Staff) -> Concern:
    """It is about nobody here, or all was said on the phone. Raises RuleBroken when somebody was quicker."""
    concern = _unmatched(concern)
    if concern.closed_at:
        raise RuleBroken(TAKEN)
    concern.outcome, concern.closed_at, concern.closed_by = outcome, timezone.now(), by
    with rules_speak():
        concern.save()
    log.info("concern laid aside", concern_id=str(concern.pk), by=str(by.pk))
    return concern


def _unmatched(concern: Concern) -> Concern:
    found = Concern.objects.select_for_update(of=("self",)).filter(pk=concern.pk).first()
    if found is None:
        raise RuleBroken("This was past its time and is destroyed.")
    if found.patient_id:
        raise RuleBroken(TAKEN)
    return found


def visible_to(staff: Staff) -> ConcernQuerySet:
    """What is not known yet about whom it is: admissions, directors, and who is named for a restricted record, whom
    nobody else could find. What is: who sees the patient."""
    rows = Concern.objects.select_related("matched_by", "closed_by")
    unknown = Q(patient=None)
    if not staff.has_role(*READERS):
        unknown &= Q(Exists(Staff.objects.filter(is_named_for_somebody(), pk=staff.pk)))
    return rows.filter(unknown | Q(patient__in=patients_visible_to(staff)))


def waiting(staff: Staff) -> Waiting:
    """For the menu: how many nobody has looked after, and how many of them speak of danger. One query."""
    dangers = list(visible_to(staff).open().values_list("in_danger", flat=True)[:MANY])
    return Waiting(len(dangers), sum(dangers))


def could_be(staff: Staff, words: str) -> list[Patient]:
    """Patients whom this person sees and whose names begin with these words."""
    return found_by_name(words, among=patients_visible_to(staff))
