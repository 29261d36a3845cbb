"""A copy of what was signed is the same, byte for byte, today and in ten years."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import PatientFactory
from stepdown.privacy import services_sharing
from stepdown.privacy.models import Consent
from stepdown.privacy.tests.factories import signed

AT = datetime(2026, 3, 11, 22, 48, 5, 123456, tzinfo=UTC)
WORDS = "# Made up\n\nI agree to nothing & nobody.\n"
AGREEMENT = {
    "en": b"""# Made up

I agree to nothing & nobody.


--
Signed by: Walt <Specimen>
Signed: 2026-03-11T22:48:05.123456+00:00
Version: 2026-1
SHA-256: %b
""",
    "es": """# Made up

I agree to nothing & nobody.


--
Firmado por: Walt <Specimen>
Firmado: 2026-03-11T22:48:05.123456+00:00
Versión: 2026-1
SHA-256: %b
""".encode(),
}


def copy(patient, page, row, language="en") -> bytes:
    answer = as_patient(Client(), patient).get(
        reverse(f"privacy:{page}", args=[row.pk]), headers={"accept-language": language}
    )
    assert answer.status_code == 200
    return answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_copy_of_an_agreement_is_these_bytes_in_whatever_language_one_reads_now(language):
    """RULE PRIV-43."""
    patient = PatientFactory()
    digest = sha256(WORDS.encode()).hexdigest()
    row = Consent.objects.create(
        patient=patient, type="telehealth", version="2026-1", language=language, text=WORDS, digest=digest,
        signed_name="Walt <Specimen>", signed_at=AT, method="test",
    )  # fmt: skip
    copies = {copy(patient, "download", row, now) for now in ("en", "es")}
    assert copies == {AGREEMENT[language] % digest.encode()}


@pytest.mark.django_db
def test_what_happens_later_does_not_change_the_copy_of_a_consent():
    """RULE PRIV-43."""
    patient = PatientFactory(first_name="Walt", last_name="Specimen")
    row = signed(patient, now=AT)
    before = copy(patient, "my_consent_copy", row)
    below = f"\n\n--\nSigned by: Walt Specimen\nSigned: 2026-03-11T22:48:05.123456+00:00\nSHA-256: {row.digest}\n"
    assert before == (row.text + below).encode()
    assert sha256(row.text.encode()).hexdigest() == row.digest
    services_sharing.revoke(consent=row)
    patient.first_name = "Another"
    patient.save()
    assert copy(patient, "my_consent_copy", row, "es") == before
