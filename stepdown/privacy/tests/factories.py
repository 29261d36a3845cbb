"""The smallest true consents to share."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from stepdown.people.models import Account, Patient, Role, Staff
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy import (
    queries_notice,
    services_audits,
    services_notice,
    services_received,
    services_vendors,
    wording_notice,
)
from stepdown.privacy import queries_sharing as queries
from stepdown.privacy import services_sending as sending
from stepdown.privacy import services_sharing as services
from stepdown.privacy.days import today
from stepdown.privacy.domain import audits
from stepdown.privacy.domain.sharing import NO_END, Data, Kind, Whom
from stepdown.privacy.domain.vendors import MUST_SAY
from stepdown.privacy.domain.vendors import Kind as Agreed
from stepdown.privacy.models import (
    Audit,
    Disclosure,
    Notice,
    NoticeDelivery,
    Packet,
    ReceivedRecord,
    Recipient,
    ServiceAgreement,
    SharingConsent,
)

SIGNED = b"%PDF-1.7 plainly made up %%EOF"
"""A signed agreement with a vendor."""
SUMMARY = b"%PDF-1.7 plainly made up: a summary %%EOF"
"""What a hospital sent."""


def agreed_with(*services: str, **changed: Any) -> ServiceAgreement:
    """An agreement that covers these services, in force since a month without an end."""
    CenterFactory()
    terms: dict[str, Any] = {
        "party": "Example Services, Inc.",
        "kind": "both",
        "begins_on": today() - timedelta(days=30),
        "ends_on": None,
        "says": MUST_SAY[Agreed.BOTH],
        "document": SIGNED,
    }
    by = changed.pop("by", None) or StaffFactory(roles=[Role.PRIVACY])
    return services_vendors.record(services=services, by=by, **terms | changed)


def audited(*patients: Patient, auditor: Staff | None = None, is_open: bool = True, **changed: Any) -> Audit:
    """A payer's audit of attendance and notes of these patients, from today for a week; open unless said otherwise."""
    CenterFactory()
    terms: dict[str, Any] = {
        "kind": "payer",
        "authority": "Example Health Plan",
        "address": "2 Example Street",
        "matter": "Review of services billed in spring",
        "from_on": today(),
        "until_on": today() + timedelta(days=7),
        "classes": [Data.ATTENDANCE, Data.NOTES],
        "agreed_on": today(),
        "says": audits.MUST_SAY,
        "document": SIGNED,
    }
    by = changed.pop("by", None) or StaffFactory(roles=[Role.PRIVACY])
    who = auditor or StaffFactory(roles=[Role.AUDITOR])
    audit = services_audits.prepare(auditor=who, by=by, **terms | changed)
    for patient in patients:
        services_audits.name(audit=audit, patient=patient, by=by)
    if is_open:
        services_audits.open_audit(audit=audit, by=by)
        audit.refresh_from_db()
    return audit


def came(patient: Patient, by: Staff | None = None, **changed: Any) -> ReceivedRecord:
    """A discharge summary of a hospital, which carries the short notice of 42 CFR part 2."""
    terms: dict[str, Any] = {
        "source": "hospital",
        "from_whom": "Example Hospital, Austin",
        "what": "Discharge summary",
        "received_on": today() - timedelta(days=2),
        "covers_from": today() - timedelta(days=20),
        "covers_until": today() - timedelta(days=12),
        "came": "short",
        "words": "",
        "document": SUMMARY,
    }
    return services_received.put_in(patient=patient, by=by or StaffFactory(), **terms | changed)


def recipient_of(patient: Patient, whom: Whom = Whom.FAMILY, name: str = "Lila Specimen") -> Recipient:
    return services.name_recipient(patient=patient, whom=whom, name=name, address="1 Example Street")


def prepared(patient: Patient, kind: Kind = Kind.SPECIFIC, by: Staff | None = None, **changed: Any) -> SharingConsent:
    """Not signed yet: with the patient's sister, when the program begins and ends, at the patient's request."""
    CenterFactory()
    whom = changed.pop("whom", Whom.FAMILY)
    terms = {"scope": [Data.PROGRAM], "purposes": ["patient_request"], "expires_event": "end of the treatment"}
    if kind == Kind.TPO:
        terms["expires_event"] = NO_END
    recipient = changed.pop("recipient", None)
    if kind != Kind.TPO and recipient is None:
        recipient = recipient_of(patient, whom)
    return services.prepare(
        patient=patient, kind=kind, recipient=recipient, terms=services.Terms(**terms | changed), by=by
    )


def signed(patient: Patient, kind: Kind = Kind.SPECIFIC, now: Any = None, **changed: Any) -> SharingConsent:
    row = prepared(patient, kind, **changed)
    seen = services.digest_of(queries.text_of(row).words)
    return services.sign(consent=row, name=patient.name, seen=seen, method="test", place="192.0.2.7", now=now)


def queued(row: SharingConsent, by: Staff, **changed: Any) -> Packet:
    """A packet for whom the consent names, with what it covers."""
    told = {"purpose": row.purposes[0], "classes": row.information_scope, "way": "mail", "recipient": row.recipient}
    answer = sending.prepare_packet(patient=row.patient, by=by, **told | changed)
    assert answer.packet, answer.sentence
    return answer.packet


def sent(row: SharingConsent, by: Staff, now: Any = None, **changed: Any) -> Disclosure:
    found = sending.release(packet=queued(row, by, **changed), by=by, write=lambda _contents: b"%PDF made up", now=now)
    assert found
    return found


def privacy_officer_of_before() -> Staff:
    """Wrote the notice, and has left since: nobody whom a page of today names."""
    account = Account.objects.create(email="notice@example.com", password="!", is_active=False)
    ended = timezone.now()
    return Staff.objects.create(account=account, name="Priya Sample", roles=[Role.PRIVACY], ended_at=ended)


def published(**changed: Any) -> Notice:
    """The next version of the notice, with the words that ship; the first is in effect since long."""
    last = Notice.objects.first()
    by = changed.pop("by", None) or (last.published_by if last else privacy_officer_of_before())
    CenterFactory()
    told: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "written": {lang: wording_notice.first_words(lang) for lang in ("en", "es")},
        "contact": "the privacy officer",
        "phone": "+15555550100",
        "email": "privacy@example.com",
        "effective_on": today() if last else date(2020, 1, 1),
    }
    if last:
        told["changed"] = {"en": "We name more of your rights.", "es": "Nombramos más de sus derechos."}
    return services_notice.publish(by=by, **told | changed)


def give_notice(patient: Patient, **told: Any) -> NoticeDelivery:
    """The patient has the notice in effect, which is published when there is none."""
    notice = queries_notice.current() or published()
    return services_notice.give(patient=patient, notice=notice, language=patient.language, **told)
