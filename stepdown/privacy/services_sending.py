"""Sending something of a patient's record to somebody outside: asked of the gate, prepared, released, or cancelled."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, one_at_a_time, rules_speak
from stepdown.people.models import Patient, Role, Staff
from stepdown.privacy import gate, reports, sources
from stepdown.privacy.domain.gate import No, Verdict
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.domain.sharing import REPORT, Data, Kind
from stepdown.privacy.models import (
    Basis,
    ConsentEvent,
    Disclosure,
    Packet,
    PrivacyTask,
    Recipient,
    RefusedDisclosure,
    SharingConsent,
)
from stepdown.privacy.queries_received import whole_is_part2
from stepdown.privacy.wording_consents import scope_summary
from stepdown.privacy.wording_gate import verdict_said

WHOLE, SHORT = 1, 2  # the statements of 42 CFR 2.32(a)(1) and (a)(2)


@dataclass(frozen=True)
class Answer:
    """What the gate said, in words; packet: what was prepared, or none."""

    verdict: Verdict
    sentence: str
    packet: Packet | None = None


@dataclass(frozen=True)
class Contents:
    """What is in a packet: items by class, the statement of 42 CFR 2.32, the consent with its scope in words."""

    packet: Packet
    items: dict[Data, list[sources.Item]]
    scope: str
    statement: int


Write = Callable[[Contents], bytes]


@transaction.atomic
def ask_gate(
    *,
    patient: Patient,
    recipient: Recipient,
    purpose: str,
    classes: Iterable[str],
    by: Staff,
    within: Days | None = None,
    by_law: str = "",
    now: datetime | None = None,
) -> Answer:
    """A no is kept with its code and its reason; one that the privacy officer has to answer becomes a task of theirs.
    within, by_law: as in `gate.ask`. Source: RULE PRIV-21, PRIV-29, PRIV-42."""
    at, wanted = now or timezone.now(), list(classes)
    verdict = gate.ask(
        patient=patient,
        recipient=recipient,
        purpose=purpose,
        classes=wanted,
        at=at,
        by_officer=by.has_role(Role.PRIVACY),
        within=within,
        by_law=by_law,
    )
    sentence = verdict_said(verdict)
    if verdict.no and verdict.code and verdict.no != No.NOTHING_CHOSEN:
        RefusedDisclosure.objects.create(
            patient=patient, at=at, recipient_name=recipient.name, whom=recipient.whom, purpose=purpose, classes=wanted,
            code=verdict.code, no=verdict.no, why=sentence, revocation_id=verdict.revocation, by=by,
        )  # fmt: skip
    if verdict.no == No.OFFICER:
        kind = PrivacyTask.Kind.OFFICER
        if not PrivacyTask.objects.filter(patient=patient, kind=kind, words=recipient.name, done_at=None).exists():
            PrivacyTask.objects.create(patient=patient, kind=kind, words=recipient.name, opened_by=by, opened_at=at)
    return Answer(verdict, sentence)


@transaction.atomic
def prepare_packet(
    *,
    patient: Patient,
    recipient: Recipient,
    purpose: str,
    classes: Iterable[str],
    way: str,
    by: Staff,
    within: Days | None = None,
    by_law: str = "",
    now: datetime | None = None,
) -> Answer:
    """Queued when the gate says yes; nothing is made yet. The same that waits already is the same packet. within: of
    what tells of a day each, only these days. Raises RuleBroken for days of a fixed report, which is of all of them."""
    one_at_a_time(f"packet {patient.pk}")
    wanted, at = list(classes), now or timezone.now()
    answer = ask_gate(
        patient=patient, recipient=recipient, purpose=purpose, classes=wanted, by=by, within=within, by_law=by_law,
        now=at,
    )  # fmt: skip
    covering = answer.verdict.consent
    if not answer.verdict.allowed or covering is None:
        return answer
    if within and SharingConsent.objects.filter(pk=covering, kind__in=REPORT).exists():
        raise RuleBroken("This report tells of all days. Leave both days empty.", "days")
    first_on, last_on = within or (None, None)
    what: dict[str, Any] = {
        "patient": patient, "recipient": recipient, "purpose": purpose, "classes": wanted, "way": way,
        "consent_id": covering, "first_on": first_on, "last_on": last_on, "by_law": by_law,
    }  # fmt: skip
    waiting = Packet.objects.filter(**what, sent_at=None, cancelled_at=None).first()
    packet = waiting or Packet.objects.create(**what, prepared_by=by, prepared_at=at)
    return Answer(answer.verdict, answer.sentence, packet)


@transaction.atomic
def release(*, packet: Packet, by: Staff, write: Write, now: datetime | None = None) -> Disclosure | None:
    """Asks the gate once more, makes the file, and writes the disclosure down, all at once; none when the gate says no
    by now, and the packet is cancelled. It goes by the consent that the gate finds now, which need not be the one it
    was prepared by. Nobody takes that back in between: both wait for its row.

    write: makes the PDF file of the contents, with statement and scope; not called for what is told by phone.
    Raises RuleBroken when it is sent or cancelled already. Source: RULE PRIV-11, PRIV-13, PRIV-26."""
    list(SharingConsent.objects.select_for_update(of=("self",)).filter(patient=packet.patient_id).order_by("pk"))
    packet = Packet.objects.select_for_update(of=("self",)).select_related("patient", "recipient").get(pk=packet.pk)
    if packet.state != "queued":
        raise RuleBroken("This is sent or cancelled already.")
    at = now or timezone.now()
    answer = ask_gate(
        patient=packet.patient,
        recipient=packet.recipient,
        purpose=packet.purpose,
        classes=packet.classes,
        by=by,
        within=packet.days,
        by_law=packet.by_law,
        now=at,
    )
    covering = answer.verdict.consent
    if not answer.verdict.allowed or covering is None:
        _cancel(packet, answer.sentence, at)
        return None
    consent = SharingConsent.objects.select_related("recipient", "patient").get(pk=covering)
    told = Packet.Way(packet.way) == Packet.Way.PHONE
    items = reports.given_out(packet.patient, packet.classes, Kind(consent.kind), within=packet.days)
    statement = WHOLE if not told and is_under_part2(packet.patient, items) else SHORT
    packet.sent_at, packet.consent = at, consent
    contents = Contents(packet, items, scope_summary(consent), statement)
    packet.content = None if told else write(contents)
    packet.save()
    with rules_speak():
        return _written_down(contents, consent, packet, by, at)


def is_under_part2(patient: Patient, items: Mapping[Data, list[sources.Item]]) -> bool:
    """Whether anything of it is: the record as a whole, or one from elsewhere that carries a label. Else the shorter
    statement is enough; without any, nothing goes. Source: RULE PRIV-01, PRIV-11."""
    return whole_is_part2(patient) or any(item.label for found in items.values() for item in found)


def _written_down(contents: Contents, consent: SharingConsent, packet: Packet, by: Staff, at: datetime) -> Disclosure:
    items = sources.told(contents.items)
    whole = packet.content or json.dumps(items, sort_keys=True).encode()
    facts = {"law": packet.by_law} if packet.by_law else {}
    return Disclosure.objects.create(
        patient=packet.patient, at=at, recipient_name=packet.recipient.name,
        recipient_address=packet.recipient.address, whom=packet.recipient.whom, purpose=packet.purpose,
        classes=packet.classes, items=items, digest=sha256(whole).hexdigest(), basis=Basis.CONSENT, consent=consent,
        packet=packet, statement=contents.statement, scope=contents.scope, facts=facts, by=by,
    )  # fmt: skip


@transaction.atomic
def cancel(*, packet: Packet, why: str) -> None:
    """Raises RuleBroken when it is sent or cancelled already."""
    packet = Packet.objects.select_for_update(of=("self",)).get(pk=packet.pk)
    if packet.state != "queued":
        raise RuleBroken("This is sent or cancelled already.")
    _cancel(packet, why, timezone.now())


def _cancel(packet: Packet, why: str, at: datetime) -> None:
    packet.cancelled_at, packet.cancelled_why = at, why[:300]
    packet.save()


def cancel_queued(event: ConsentEvent) -> int:
    """What waits to be sent by a consent that ended is not sent any more; part of what ends it. Returns how many.

    Source: RULE PRIV-13."""
    queued = Packet.objects.filter(consent=event.consent, sent_at=None, cancelled_at=None)
    return queued.update(cancelled_at=event.at, cancelled_why=str(event.get_what_display()), stopped_by=event)
