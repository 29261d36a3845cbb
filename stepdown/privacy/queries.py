"""What a patient has agreed to, and what is still to be asked."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient
from stepdown.privacy import queries_minors as minors
from stepdown.privacy import texts
from stepdown.privacy.models import Consent, ConsentType
from stepdown.privacy.models.consents import IN_FORCE

NEEDED = (ConsentType.TREATMENT, ConsentType.TELEHEALTH, ConsentType.GROUP_AGREEMENT)


def missing_consents(patient: Patient, types: Iterable[ConsentType] = NEEDED) -> list[ConsentType]:
    """The agreements among `types` that this patient has not signed, in that order; what still waits for a parent when
    they come of age, they sign anew.

    Source: RULE PRIV-36 (no first session without the telehealth agreement), RULE PRIV-38 (nor without the group's),
    RULE PRIV-15.
    """
    consents = consents_of(patient)
    if not minors.is_minor(patient, timezone.now()):
        consents = consents.filter(IN_FORCE)
    signed = set(consents.values_list("type", flat=True))
    return [type for type in types if type not in signed]


def consents_of(patient: Patient | UUID) -> QuerySet[Consent]:
    """What a patient has signed and not taken back, newest first."""
    return Consent.objects.filter(patient=patient, revoked_at=None).order_by("-signed_at")


@prepared
def consents_in_short(patient: UUID) -> QuerySet[Consent]:
    """`consents_of` without their texts. One query."""
    return consents_of(patient).select_related("parent_signature").defer("text")


def consents_visible_to(patient: Patient) -> QuerySet[Consent]:
    """Everything a patient ever signed: they may read and keep all of it. Source: RULE PRIV-44."""
    return Consent.objects.filter(patient=patient).select_related("parent_signature__parent").order_by("-signed_at")


def signed_text(consent: Consent) -> texts.Text:
    """The words of a signed agreement, laid out as they were when they were read."""
    return texts.laid_out(consent.text, version=consent.version, language=consent.language)


def who_allow_emergency_call(patients: Iterable[UUID]) -> set[UUID]:
    """Of these patients, those whose emergency contact we may call: the agreement on video says so, and is in
    force. One query."""
    signed = Consent.objects.filter(IN_FORCE, type=ConsentType.TELEHEALTH, patient__in=list(patients))
    return set(signed.values_list("patient", flat=True))
