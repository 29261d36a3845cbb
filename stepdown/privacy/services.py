"""Agreeing."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.models import Patient
from stepdown.privacy import queries_minors as minors
from stepdown.privacy import wording_minors
from stepdown.privacy.domain.minors import Signs
from stepdown.privacy.models import Consent, ConsentType


@transaction.atomic
def sign_consent(
    *,
    patient: Patient,
    type: ConsentType,
    language: str,
    signed_name: str,
    method: str,
    signed_at: datetime | None = None,
) -> Consent:
    """Keeps an agreement with the very words that were on the page, and their SHA-256.

    language: of the page that was read. method: how it was signed, such as "typed name on a known device". signed_at:
    of a signature on paper; now, when it is left out.
    Who came of age meanwhile signs anew what waited for a parent. Raises RuleBroken when this agreement is signed
    already, or no rule says who signs for who is under 18. Source: RULE PRIV-15, PRIV-43.
    """
    at = signed_at or timezone.now()
    signs = minors.who_signs(patient, at)
    if signs is None:
        raise RuleBroken(_("You cannot sign this yet. Call us: we have to find out who signs with you."))
    text = wording_minors.agreement(type, language, signs)
    if signs == Signs.PATIENT:
        minors.agreements_waiting(patient).filter(type=type).update(revoked_at=at)
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
            signs=signs,
            signed_at=at,
        )
