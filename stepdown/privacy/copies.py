"""The copy of something signed, as a text file: made of what was kept at the signature and of nothing else, so that it
is the same, byte for byte, whenever it is asked for and whatever else changes. A form that is to read otherwise gets a
new function beside these. Source: RULE PRIV-43, RULE PRIV-44; 15 USC 7001(e).
"""

from django.utils.translation import override

from stepdown.privacy.domain.minors import Relation, Signs
from stepdown.privacy.models import Consent, ParentSignature, SharingConsent
from stepdown.privacy.wording_minors import RELATIONS, ROLES

SIGNED_BY = {"en": "Signed by", "es": "Firmado por"}
SIGNED = {"en": "Signed", "es": "Firmado"}
VERSION = {"en": "Version", "es": "Versión"}
SIGNED_AS = {"en": "Signed as", "es": "Firmado como"}
WAITS = {
    "en": "Not in force: a parent has not signed it yet.",
    "es": "Todavía no vale: falta la firma de un padre, una madre o un tutor.",
}
NOT_SIGNED = {"en": "Not signed.", "es": "Sin firmar."}


def of_agreement(consent: Consent) -> str:
    """In the language it was signed in."""
    language = consent.language
    return _put_together(
        consent.text,
        f"{SIGNED_BY[language]}: {consent.signed_name}",
        f"{SIGNED[language]}: {consent.signed_at.isoformat()}",
        f"{VERSION[language]}: {consent.version}",
        f"SHA-256: {consent.digest}",
        *_of_minor(consent),
    )


def of_sharing(consent: SharingConsent, words: str) -> str:
    """In its own language. words: those that are signed, or would be."""
    language = consent.language
    if not consent.signed_at:
        return _put_together(words, NOT_SIGNED[language])
    return _put_together(
        words,
        f"{SIGNED_BY[language]}: {consent.signature}",
        f"{SIGNED[language]}: {consent.signed_at.isoformat()}",
        f"SHA-256: {consent.digest}",
        *_of_minor(consent),
    )


def _of_minor(consent: Consent | SharingConsent) -> list[str]:
    """As what the patient signed who was under 18, and a parent's own signature; nothing of who is of age. Source: RULE
    PRIV-15."""
    if consent.signs == Signs.PATIENT:
        return []
    language = consent.language
    with override(language):
        said = [f"{SIGNED_AS[language]}: {ROLES[Signs(consent.signs)]}"]
        if consent.waits_for_parent:
            said += ["", WAITS[language]]
        elif consent.signs == Signs.MINOR_AND_PARENT:
            said += ["", *_of_parent(consent.parent_signature, language)]
    return said


def _of_parent(second: ParentSignature, language: str) -> list[str]:
    return [
        f"{SIGNED_BY[language]}: {second.name}",
        f"{SIGNED_AS[language]}: {RELATIONS[Relation(second.parent.relation)]}. {second.words}",
        f"{SIGNED[language]}: {second.signed_at.isoformat()}",
        f"SHA-256: {second.digest}",
    ]


def _put_together(words: str, *below: str) -> str:
    return "\n".join([words, "", "--", *below, ""])
