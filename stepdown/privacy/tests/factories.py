"""The smallest true consents to share."""

from typing import Any

from stepdown.people.models import Patient, Staff
from stepdown.people.tests.factories import CenterFactory
from stepdown.privacy import queries_sharing as queries
from stepdown.privacy import services_sending as sending
from stepdown.privacy import services_sharing as services
from stepdown.privacy.domain.sharing import NO_END, Data, Kind, Whom
from stepdown.privacy.models import Disclosure, Packet, Recipient, SharingConsent


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
