"""Somebody outside asks about a person by name: the gate decides, the request is kept, and a no reads the same for all.

Source: 42 CFR 2.13(c); RULE PRIV-04, PRIV-21.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.privacy import gate
from stepdown.privacy.domain.gate import Asked, Verdict, is_routed
from stepdown.privacy.models import AskedAbout, Recipient, RefusedDisclosure, SharingConsent
from stepdown.privacy.queries_sharing import patients_kept_by
from stepdown.privacy.wording_gate import verdict_said
from stepdown.ui.navigation import MANY, NOTHING, Waiting


@dataclass(frozen=True)
class Request:
    """As it was made. once: chosen when the page was opened, so that what is sent twice is kept once; asker, about:
    names as they were told; whom: what the asker is; classes: values of Data."""

    asker: str
    whom: str
    reached_at: str
    way: str
    about: str
    purpose: str
    classes: Sequence[str]
    once: UUID = field(default_factory=uuid4)


@transaction.atomic
def ask_about(*, request: Request, by: Staff, now: datetime | None = None) -> AskedAbout:
    """Keeps the request; with the consent that covers it, where whom it is about is somebody whom `by` may send records
    of, who named the asker. What goes to the privacy officer is theirs, whatever a consent says."""
    one_at_a_time(f"asked {request.once}")
    if again := AskedAbout.objects.filter(pk=request.once).first():
        return again
    at = now or timezone.now()
    told = {name: getattr(request, name) for name in ("reached_at", "way", "purpose")}
    row = AskedAbout(
        pk=request.once, at=at, by=by, asker=request.asker.strip(), whom=request.whom, about=request.about.strip(),
        classes=list(request.classes), **told,
    )  # fmt: skip
    row.for_officer = is_routed(Asked(None, request.whom, request.purpose, frozenset(request.classes), at))
    if not row.for_officer:
        _find_consent(row)
    with rules_speak():
        row.save(force_insert=True)
    return row


def _find_consent(row: AskedAbout) -> None:
    """The consent that covers it; a no about somebody who is a patient is kept as a refusal too."""
    refused: list[tuple[Recipient, Verdict]] = []
    for recipient, verdict in _verdicts(row):
        if verdict.consent and verdict.allowed:
            row.patient, row.consent = recipient.patient, SharingConsent.objects.get(pk=verdict.consent)
            return
        refused.append((recipient, verdict))
    for recipient, verdict in refused[:1]:
        if verdict.no and verdict.code:
            RefusedDisclosure.objects.create(
                patient=recipient.patient, at=row.at, recipient_name=row.asker, whom=row.whom, purpose=row.purpose,
                classes=row.classes, code=verdict.code, no=verdict.no, why=verdict_said(verdict),
                revocation_id=verdict.revocation, by=row.by,
            )  # fmt: skip


def _verdicts(row: AskedAbout) -> Iterator[tuple[Recipient, Verdict]]:
    """What the gate says of each patient of that name, for whom they named so, or for somebody whom they named not."""
    for patient in named(patients_kept_by(row.by), row.about):
        known = list(Recipient.objects.filter(patient=patient, name__iexact=row.asker))
        for recipient in known or [Recipient(patient=patient, whom=row.whom, name=row.asker)]:
            recipient.patient = patient
            yield (
                recipient,
                gate.ask(
                    patient=patient, recipient=recipient, purpose=row.purpose, classes=row.classes, at=row.at,
                    by_officer=False,
                ),
            )  # fmt: skip


def named(patients: QuerySet[Patient], name: str) -> QuerySet[Patient]:
    """Those who have this very name, first and last, or what they are called and last, in large or small letters."""
    said = " ".join(name.split())
    both = patients.annotate(
        legal=Concat(F("first_name"), Value(" "), F("last_name")),
        chosen=Concat(F("chosen_name"), Value(" "), F("last_name")),
    )
    return both.filter(Q(legal__iexact=said) | Q(chosen__iexact=said))[:5]


@transaction.atomic
def answer(*, row: AskedAbout, outcome: str, by: Staff) -> AskedAbout:
    """A privacy officer has answered it. Raises RuleBroken when it is answered already, or not theirs."""
    row = AskedAbout.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.done_at or not row.for_officer:
        raise RuleBroken("This is answered already.")
    row.outcome, row.done_at, row.done_by = outcome, timezone.now(), by
    with rules_speak():
        row.save()
    return row


def visible_to(staff: Staff) -> QuerySet[AskedAbout]:
    """What one wrote down oneself, and of directors all of it; what names a patient, to who sees their sharing.
    Privacy officers: all of it."""
    rows = AskedAbout.objects.select_related("by", "done_by", "consent__recipient", "patient")
    if staff.has_role(Role.PRIVACY):
        return rows
    if staff.has_role(Role.DIRECTOR):
        return rows.filter(Q(patient=None) | not_hidden(staff))
    return rows.filter(Q(patient=None) | Q(patient__in=patients_kept_by(staff)), by=staff)


def waiting(staff: Staff) -> Waiting:
    """For the menu: what a privacy officer has to answer. One query."""
    if not staff.has_role(Role.PRIVACY):
        return NOTHING
    return Waiting(len(AskedAbout.objects.filter(for_officer=True, done_at=None).values_list("pk")[:MANY]))
