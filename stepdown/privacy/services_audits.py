"""Preparing an audit, naming patients for it, opening and ending it; each look of an auditor, which is a disclosure.

Source: RULE PRIV-33; 42 CFR 2.53.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Role, Staff
from stepdown.privacy import queries_audits as queries
from stepdown.privacy import queries_self_pay as self_pay
from stepdown.privacy import sources
from stepdown.privacy.days import today
from stepdown.privacy.domain import audits as rules
from stepdown.privacy.domain.self_pay import SelfPaid
from stepdown.privacy.domain.sharing import Data, Purpose, Whom
from stepdown.privacy.domain.supporters import is_same_visit
from stepdown.privacy.models import Audit, AuditedPatient, Basis, Disclosure
from stepdown.privacy.services_sending import WHOLE
from stepdown.privacy.sources import Item

log = structlog.get_logger(__name__)
Shown = Mapping[Data, list[Item]]


@transaction.atomic
def prepare(
    *,
    auditor: Staff,
    kind: str,
    authority: str,
    address: str,
    matter: str,
    from_on: date,
    until_on: date,
    classes: Collection[str],
    agreed_on: date,
    says: Collection[str],
    document: bytes,
    by: Staff,
) -> Audit:
    """Nobody sees anything before it is opened. document: the written agreement, a PDF file. Sent twice it is one.
    Raises RuleBroken when the agreement leaves something out, or what it asks for is shown in no audit."""
    if rules.left_out(says):
        raise RuleBroken("Without an agreement that says all of this, nothing is shown.", "says")
    if rules.beyond(classes):
        raise RuleBroken("Choose what they read. Counseling notes are shown in no audit.", "classes")
    if not auditor.has_role(Role.AUDITOR):
        raise RuleBroken("Choose somebody who has the role of an auditor.", "auditor")
    one_at_a_time("audit")
    terms = {
        "auditor": auditor, "kind": kind, "authority": authority, "address": address, "matter": matter,
        "from_on": from_on, "until_on": until_on, "classes": [data for data in Data if data in classes],
        "agreed_on": agreed_on, "says": sorted(says), "digest": sha256(document).hexdigest(),
    }  # fmt: skip
    if there := queries.audits().filter(**terms, opened_at=None, ended_at=None).first():
        return there
    with rules_speak():
        made = Audit.objects.create(**terms, document=document, prepared_by=by)
    log.info("audit prepared", audit_id=str(made.pk), by=str(by.pk))
    return made


@transaction.atomic
def name(*, audit: Audit, patient: Patient, by: Staff) -> None:
    """Named twice is named once. Raises RuleBroken when it has ended, or a payer would hear of nothing but days that
    the patient pays for themself."""
    found = _locked(audit)
    if rules.state(found.term, today()) == rules.State.ENDED:
        raise RuleBroken("This audit is ended already.")
    at = timezone.now()
    if _self_paid(found, patient, at) and _shown(found, patient, at) is None:
        raise RuleBroken(
            "The patient pays for all that this audit would show themself, and their health plan is not told of it. "
            "What a law requires to be shown is an audit of a licensing or oversight body."
        )
    with rules_speak():
        AuditedPatient.objects.get_or_create(audit=found, patient=patient, defaults={"named_by": by})


@transaction.atomic
def take_out(*, audit: Audit, patient: Patient) -> None:
    """Raises RuleBroken once it is open: then they may have been seen already."""
    with rules_speak():
        AuditedPatient.objects.filter(audit=_locked(audit), patient=patient).delete()


@transaction.atomic
def open_audit(*, audit: Audit, by: Staff) -> None:
    """From its first day on, the auditor reads what was agreed. Raises RuleBroken when nobody is named, it is open or
    over already, or whoever opens it is the auditor."""
    found = _locked(audit)
    if rules.state(found.term, today()) == rules.State.ENDED:
        raise RuleBroken("Its last day is over, or it was ended. Prepare another one.")
    found.opened_at, found.opened_by = timezone.now(), by
    with rules_speak():
        found.save(update_fields=["opened_at", "opened_by"])
    log.info("audit opened", audit_id=str(found.pk), by=str(by.pk))


@transaction.atomic
def end(*, audit: Audit, why: str, by: Staff) -> None:
    """At once: from this moment nothing is there for the auditor. Raises RuleBroken when somebody was faster."""
    found = _locked(audit)
    found.ended_at, found.ended_by, found.ended_why = timezone.now(), by, why
    with rules_speak():
        found.save(update_fields=["ended_at", "ended_by", "ended_why"])
    log.info("audit ended", audit_id=str(found.pk), by=str(by.pk))


def _locked(audit: Audit) -> Audit:
    return Audit.objects.defer("document").select_for_update(of=("self",)).get(pk=audit.pk)


# -- what the auditor sees


@transaction.atomic
def look(*, named: AuditedPatient, now: datetime | None = None) -> Shown | None:
    """What the audit shows of this patient, written down as a disclosure once a visit of a quarter of an hour; None
    when it is not open any more, or nothing of it is for this payer. Nobody ends it in between: both wait for its row.
    Source: RULE PRIV-26, PRIV-29, PRIV-33."""
    audit, at = _locked(named.audit), now or timezone.now()
    if rules.state(audit.term, today()) != rules.State.RUNNING:
        return None
    items = _shown(audit, named.patient, at)
    if items is not None:
        _disclosed(audit, named.patient, items, at)
    return items


def _shown(audit: Audit, patient: Patient, at: datetime) -> Shown | None:
    """What there is of its classes; for a payer less what tells of days that the patient pays for themself, and None
    when nothing is left. Source: RULE PRIV-29."""
    items = sources.items_of(patient, audit.classes)
    restricted = _self_paid(audit, patient, at)
    if not restricted:
        return items
    left = self_pay.without_self_paid(items, restricted)
    return left if any(left.values()) else None


def _self_paid(audit: Audit, patient: Patient, at: datetime) -> list[SelfPaid]:
    """What this audit is not told of, as the patient pays for it themself: nothing, unless a payer looks."""
    whom = rules.WHOM.get(rules.Kind(audit.kind), Whom.OTHER)
    return self_pay.applying(patient, whom=whom, name=audit.authority, purpose=Purpose.OPERATIONS, at=at)


@transaction.atomic
def see_names(*, audits: Iterable[Audit], now: datetime | None = None) -> dict[Audit, list[Patient]]:
    """Whom each audit is about. That somebody is a patient here is told by it, and a disclosure, once for each. A payer
    is not told who pays themself for all that it would show."""
    at, found = now or timezone.now(), dict[Audit, list[Patient]]()
    for audit in audits:
        named = [one.patient for one in queries.named_in(audit)]
        apart = self_pay.who_pays(named) if audit.kind == rules.Kind.PAYER else set()
        found[audit] = [one for one in named if one.pk not in apart or _shown(audit, one, at) is not None]
        told = Disclosure.objects.filter(patient__in=found[audit], facts__audit=str(audit.pk))
        known = set(told.values_list("patient", flat=True))
        for patient in found[audit]:
            if patient.pk not in known:
                _disclosed(audit, patient, {}, at)
    return found


def _disclosed(audit: Audit, patient: Patient, shown: Shown, at: datetime) -> None:
    items = sources.told(shown)
    digest = sha256(json.dumps([str(audit.pk), list(shown), items], sort_keys=True).encode()).hexdigest()
    before = Disclosure.objects.filter(patient=patient, digest=digest, basis=Basis.AUDIT).order_by("-at")
    if is_same_visit(before.values_list("at", flat=True).first(), at):
        return
    facts = {
        "audit": str(audit.pk),
        "agreement": f"{audit.agreed_on:%Y-%m-%d}, SHA-256 {audit.digest}",
        "looked_at": ", ".join(audit.classes_said) if shown else "Who is named for the audit",
    }
    with rules_speak():
        Disclosure.objects.create(
            patient=patient, at=at, recipient_name=f"{audit.auditor.name}, {audit.authority}",
            recipient_address=audit.address, whom=rules.WHOM.get(rules.Kind(audit.kind), Whom.OTHER),
            purpose=audit.matter, classes=list(shown), items=items, digest=digest, basis=Basis.AUDIT, statement=WHOLE,
            scope=f"Without consent: {Basis.AUDIT.label}.", facts=facts, by=audit.opened_by,
        )  # fmt: skip
