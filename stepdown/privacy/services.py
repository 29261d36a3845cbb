"""Agreeing."""

from hashlib import sha256

from django.db import transaction

from stepdown.kernel.db import rules_speak
from stepdown.people.models import Patient
from stepdown.privacy import texts
from stepdown.privacy.models import Consent, ConsentType


@transaction.atomic
def sign_consent(*, patient: Patient, type: ConsentType, language: str, signed_name: str, method: str) -> Consent:
    """Keeps an agreement with the very words that were on the page, and their SHA-256.

    language: of the page that was read. method: how it was signed, such as "typed name on a known device".
    Raises RuleBroken when this agreement is signed already. Source: RULE PRIV-43.
    """
    text = texts.current(type, language)
    with rules_speak():
        return Consent.objects.create(
            patient=patient,
            type=type,
            version=text.version,
            language=text.language,
            text=text.words,
            digest=sha256(text.words.encode()).hexdigest(),
            signed_name=signed_name,
            method=method,
        )
