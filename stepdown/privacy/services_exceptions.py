"""Disclosures that need no consent, each with the facts that its exception asks for."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Staff
from stepdown.privacy.domain import exceptions as domain
from stepdown.privacy.domain.sharing import Unasked, Whom
from stepdown.privacy.models import Basis, ConsentType, Disclosure, Emergency, PrivacyTask
from stepdown.privacy.models.consents import IN_FORCE
from stepdown.privacy.queries import consents_of
from stepdown.privacy.services_sending import WHOLE

_teller: list[Callable[[], object]] = []


@transaction.atomic
def open_emergency(*, patient: Patient, by: Staff, now: datetime | None = None) -> Emergency:
    """At once and without any question: the facts are written down afterwards. While one is open for this patient, it
    is the same: a second tap, or a 911 call that is written down elsewhere as well. Source: RULE PRIV-22."""
    one_at_a_time(f"emergency {patient.pk}")
    if there := Emergency.objects.filter(patient=patient, closed_at=None).first():
        return there
    return Emergency.objects.create(patient=patient, opened_by=by, opened_at=now or timezone.now())


@transaction.atomic
def close_emergency(*, emergency: Emergency, facts: Mapping[str, object], told: str, by: Staff) -> Disclosure:
    """facts: those of `domain.exceptions.EMERGENCY`. Raises RuleBroken when one is missing, or it is closed already.

    Source: 42 CFR 2.51(c); RULE PRIV-22."""
    emergency = Emergency.objects.select_for_update(of=("self",)).select_related("patient").get(pk=emergency.pk)
    if emergency.closed_at:
        raise RuleBroken("Somebody has closed this already.")
    if domain.missing(facts, domain.EMERGENCY):
        raise RuleBroken("Write down who got it and where they work, who told them, when, and why.")
    for name in domain.EMERGENCY:
        setattr(emergency, name, facts[name])
    at = emergency.disclosed_at or timezone.now()
    said = {"discloser": emergency.discloser, "nature": emergency.nature, "told": told}
    disclosure = _written_down(
        emergency.patient, Basis.EMERGENCY, to=(emergency.recipient, emergency.affiliation), whom="provider",
        purpose=Basis.EMERGENCY, facts=said, scope=f"Medical emergency, 42 CFR 2.51: {emergency.nature}",
        at=at, by=by,
    )  # fmt: skip
    emergency.told, emergency.closed_at, emergency.closed_by = told, timezone.now(), by
    emergency.disclosure = disclosure
    emergency.save()
    return disclosure


@transaction.atomic
def told_emergency_contact(
    *, patient: Patient, words: str, by: Staff, now: datetime, nature: str = ""
) -> Disclosure | None:
    """Somebody spoke with the emergency contact: that is a disclosure, by the agreement to treatment by video where it
    is in force. nature: of the danger, where there is one.

    In danger it is written down without that agreement too, with the facts of 42 CFR 2.51(c). The contact's number
    is not hidden from whoever helps: 2.51 asks for no consent, and only the person there knows whether this is such an
    emergency. 2.51 is about medical personnel, which a contact seldom is; so pages say beside the number whether the
    patient agreed, and the row says that they had not, for the privacy officer to judge. Out of danger, without the
    agreement or a contact, nothing is written and None comes back: pages offer that call only where there are both.
    Source: RULE PRIV-22, PRIV-26, PRIV-27."""
    agreement = consents_of(patient).filter(IN_FORCE, type=ConsentType.TELEHEALTH).first()
    number = patient.emergency_contact_phone
    if not nature and (agreement is None or not number):
        return None
    contact = (patient.emergency_contact_name or "The emergency contact", number or "No number is on file.")
    if agreement is None:
        return _written_down(
            patient, Basis.EMERGENCY, to=contact, whom=Whom.SUPPORTER, purpose=Basis.EMERGENCY,
            facts={"discloser": by.signature, "nature": nature, "told": words},
            scope=f"Emergency contact, without an agreement on video. Medical emergency, 42 CFR 2.51: {nature}",
            at=now, by=by,
        )  # fmt: skip
    return _written_down(
        patient, Basis.AGREEMENT, to=contact,
        whom=Whom.SUPPORTER, purpose=Unasked.SAFETY,
        facts={"agreement": str(agreement.pk), "told": words}, scope="Emergency contact, named by the patient.",
        at=now, by=by,
    )  # fmt: skip


@transaction.atomic
def disclose_without_consent(
    *,
    patient: Patient,
    basis: Basis,
    name: str,
    address: str,
    whom: str,
    facts: Mapping[str, object],
    at: datetime,
    by: Staff,
) -> Disclosure:
    """A report of child abuse, a crime, a court order with a subpoena, an audit, or research. The chart is attached to
    none of them. Raises RuleBroken when a fact is missing. Source: RULE PRIV-25; privacy facts, section 6."""
    if domain.missing(facts, domain.FACTS[basis]):
        raise RuleBroken("Something is missing that the law asks for.")
    said = {key: str(value) for key, value in facts.items()}
    return _written_down(
        patient, basis, to=(name, address), whom=whom, purpose=basis, facts=said,
        scope=f"Without consent: {basis.label}.", at=at, by=by,
    )  # fmt: skip


def _written_down(
    patient: Patient,
    basis: Basis,
    *,
    to: tuple[str, str],
    whom: str,
    purpose: Unasked | Basis,
    facts: dict[str, str],
    scope: str,
    at: datetime,
    by: Staff,
) -> Disclosure:
    digest = sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    with rules_speak():
        return Disclosure.objects.create(
            patient=patient, at=at, recipient_name=to[0], recipient_address=to[1], whom=whom, purpose=purpose,
            items=[{"facts": sorted(facts), "digest": digest}], digest=digest, basis=basis, statement=WHOLE,
            scope=scope, facts=facts, by=by,
        )  # fmt: skip


@transaction.atomic
def note_subpoena(*, patient: Patient, words: str, by: Staff) -> PrivacyTask:
    """A subpoena without a court order: nothing is given out, and the privacy officer has it. Source: RULE PRIV-23."""
    return PrivacyTask.objects.create(patient=patient, kind=PrivacyTask.Kind.OFFICER, words=words, opened_by=by)


def tell_with(teller: Callable[[], object]) -> None:
    """Sets who tells privacy officers that an emergency waits: a later stage, in its AppConfig.ready()."""
    _teller[:] = [teller]


@transaction.atomic
def alert_open(now: datetime) -> int:
    """Tells privacy officers once of each emergency that is open for more than an hour. Returns how many.

    Source: RULE PRIV-22."""
    waiting = Emergency.objects.select_for_update(of=("self",), skip_locked=True).filter(
        closed_at=None, alerted_at=None, opened_at__lt=now - domain.ALERT_AFTER
    )
    ids = [emergency.pk for emergency in waiting]
    Emergency.objects.filter(pk__in=ids).update(alerted_at=now)
    _tell(ids)
    return len(ids)


def _tell(ids: Iterable[object]) -> None:
    if list(ids):
        for tell in _teller:
            tell()
