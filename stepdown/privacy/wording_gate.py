"""Why a consent does not hold, and why the gate says no and what to do then: sentences for people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from stepdown.privacy.domain.consents import BY_PARENT, Failure, Why
from stepdown.privacy.domain.gate import No, Verdict
from stepdown.privacy.domain.self_pay import Days
from stepdown.privacy.wording_self_pay import days_said
from stepdown.privacy.wording_sharing import DATA

ELEMENTS = {
    "patient_name": _("the patient’s name"),
    "disclosing_parties": _("who may share"),
    "information_scope": _("what may be shared"),
    "recipients": _("with whom"),
    "purposes": _("what for"),
    "revocation_text": _("that it can be taken back"),
    "revocation_method": _("how to take it back"),
    "expiry": _("until when"),
    "signature": _("the signature"),
    "signer_role": _("who signs"),
    "signed_at": _("the date of the signature"),
    "parent_signature": _("the signature of the parent"),
    "parent_signed_at": _("the date of the parent’s signature"),
    "redisclosure_statement": _("what may be passed on"),
    "refusal_consequences": _("what follows from refusing"),
    "fundraising_notice": _("the right to refuse requests for donations"),
    "intermediary_participants": _("who takes part in the exchange"),
    "case_reference": _("the case"),
    "monitors": _("who watches the case"),
    "duration": _("for how long"),
    "revocable_when": _("from when it can be taken back"),
}
REASONS = {
    Why.NOT_YET: _("It is signed later."),
    Why.EXPIRED: _("Its last day is over."),
    Why.EVENT: _("What it ends with has come about."),
    Why.REVOKED: _("It is taken back."),
    Why.STOPPED: _("We were told to stop."),
    Why.FALSE: _("It was found to be false."),
    Why.ENDLESS: _("It has no end."),
    Why.MIXED: _("It combines what has to stand alone."),
}
CANNOT_STOP_YET = _("This cannot be stopped before the moment that it names, because your case depends on it.")
STOPPED_ALREADY = _("This is stopped already.")


def failure_said(failure: Failure) -> str:
    if failure.why == Why.MISSING:
        return str(_("Missing: %(element)s.") % {"element": ELEMENTS[failure.element]})
    return str(REASONS[failure.why])


def failures_said(found: Iterable[Failure]) -> str:
    """Without the signature's parts of one that is not signed: that is one reason."""
    said = dict.fromkeys(
        str(_("It is not signed."))
        if failure.element in ("signature", "signer_role", "signed_at")
        else str(_("A parent has not signed it yet."))
        if failure.element in BY_PARENT
        else failure_said(failure)
        for failure in found
    )
    return " ".join(said)


NEUTRAL = "We cannot say whether anyone is or was a patient here."
"""The one sentence for whoever asks without a consent. Source: 42 CFR 2.13(c); RULE PRIV-04, PRIV-23."""

NO = {
    No.NOTHING_CHOSEN: "Nothing is chosen. Choose what is to be sent, class by class.",
    No.OFFICER: "Courts, police, immigration and employers are answered by the privacy officer, who has it on their "
    f"list now. Say only: {NEUTRAL}",
    No.PAYMENT_REFUSED: "The patient refused the consent for payment. Nothing goes to a payer until they sign one. The "
    "account waits to be looked over.",
    No.NOBODY: "No consent names this recipient. Prepare one with the patient; they sign it on their own page.",
    No.PURPOSE: "The consent is for another purpose. Send it for that purpose, or prepare a consent for this one.",
}
ONCE_SIGNED = "It passes once they have. The patient can send them the link again."


def verdict_said(verdict: Verdict) -> str:
    """What the gate says, and how to mend a no. Source: RULE PRIV-42."""
    if verdict.allowed:
        return "A consent covers this."
    if verdict.no == No.SCOPE:
        return f"The consent does not cover: {_classes(verdict.beyond)}. Leave it out, or prepare a consent that does."
    if verdict.no == No.SELF_PAID:
        return _self_paid(verdict.days, verdict.beyond)
    if verdict.no == No.INVALID:
        by = f" Revocation {verdict.revocation}." if verdict.revocation else ""
        with override("en"):
            why = f"There is a consent, but it does not hold. {failures_said(verdict.failures)}{by}"
        return f"{why} {ONCE_SIGNED if _lacks_a_parent_alone(verdict) else 'Prepare a new one.'}"
    return NO[verdict.no] if verdict.no else ""


def _lacks_a_parent_alone(verdict: Verdict) -> bool:
    return all(failure.element in BY_PARENT for failure in verdict.failures)


def _classes(found: Iterable[str]) -> str:
    return ", ".join(str(label).lower() for data, label in DATA.items() if data in found)


def _self_paid(days: Iterable[Days], classes: Iterable[str]) -> str:
    """Source: RULE PRIV-29."""
    said = "; ".join(days_said(one.first, one.last, "en") for one in days)
    return (
        f"The patient pays for these days themself, and their health plan is told nothing of them: {said}. Something "
        f"of them is in: {_classes(classes)}. Choose other days, or leave this out. Only the patient takes it back. "
        "What a law requires to be told, a privacy officer sends."
    )
