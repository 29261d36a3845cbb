"""The copy of something signed, as a text file: made of what was kept at the signature and of nothing else, so that it
is the same, byte for byte, whenever it is asked for and whatever else changes. A form that is to read otherwise gets a
new function beside these. Source: RULE PRIV-43, RULE PRIV-44; 15 USC 7001(e).
"""

from stepdown.privacy.models import Consent, SharingConsent

SIGNED_BY = {"en": "Signed by", "es": "Firmado por"}
SIGNED = {"en": "Signed", "es": "Firmado"}
VERSION = {"en": "Version", "es": "Versión"}
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
    )


def _put_together(words: str, *below: str) -> str:
    return "\n".join([words, "", "--", *below, ""])
