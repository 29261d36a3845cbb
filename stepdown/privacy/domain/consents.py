"""Whether a consent to share holds at a moment, and every reason why it does not.

The elements that a kind must have are data (`ALWAYS`, `OF_KIND`, and what `required` adds by the case), so that a page,
a form and an import ask for the same. Source: 42 CFR 2.14, 2.31, 2.35; RULE PRIV-06 to PRIV-09, PRIV-14 to PRIV-16.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.privacy.domain.sharing import NO_END, TPO, TPO_RECIPIENTS, Data, Kind, Purpose, Whom

SIGNING = ("signature", "signer_role", "signed_at")
BY_PARENT = ("parent_signature", "parent_signed_at")
ALWAYS = (
    "patient_name",
    "disclosing_parties",
    "information_scope",
    "recipients",
    "purposes",
    "revocation_text",
    "revocation_method",
    "expiry",
    *SIGNING,
)
OF_KIND: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.TPO: ("redisclosure_statement", "refusal_consequences"),
        Kind.INTERMEDIARY: ("intermediary_participants",),
        Kind.JUSTICE: ("case_reference", "monitors", "duration", "revocable_when"),
    }
)


class Why(StrEnum):
    """Why a consent does not hold."""

    MISSING = "missing"  # a required element is empty
    NOT_YET = "not_yet_signed"
    EXPIRED = "expired"
    EVENT = "expiry_event"
    REVOKED = "revoked"
    STOPPED = "stopped"  # told by word of mouth, not in writing yet
    FALSE = "false"
    ENDLESS = "endless"  # no end, where only a TPO consent may have none
    MIXED = "mixed"  # holds what may not be combined


@dataclass(frozen=True)
class Failure:
    """One reason; element: which is empty, for MISSING."""

    why: Why
    element: str = ""


@dataclass(frozen=True)
class Consent:
    """One consent to share, as it was written down.

    time_zone: the patient's. expires_on: its last day there. expired_at: when the event it ends with came about.
    revoked_at: in writing; stopped_at: by word of mouth. revocable_on, revocable_event: from when a criminal-justice
    consent can be revoked, as a day or in words; revocable_at: when that event came about. needs_parent: whether a
    parent signs as well as the patient, a minor. Times are aware.
    """

    kind: Kind
    time_zone: tzinfo
    patient_name: str = ""
    disclosing_parties: tuple[str, ...] = ()
    information_scope: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    recipient_kind: str = ""
    intermediary_participants: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    revocation_text: str = ""
    revocation_method: str = ""
    expires_on: date | None = None
    expires_event: str = ""
    expired_at: datetime | None = None
    signature: str = ""
    signer_role: str = ""
    signed_at: datetime | None = None
    needs_parent: bool = False
    parent_signature: str = ""
    parent_signed_at: datetime | None = None
    redisclosure_statement: str = ""
    refusal_consequences: str = ""
    fundraises: bool = False
    fundraising_notice: str = ""
    case_reference: str = ""
    monitors: tuple[str, ...] = ()
    duration: str = ""
    revocable_on: date | None = None
    revocable_event: str = ""
    revocable_at: datetime | None = None
    revoked_at: datetime | None = None
    stopped_at: datetime | None = None
    is_false: bool = False


def required(consent: Consent) -> tuple[str, ...]:
    """Names of the elements that this consent must have, in the order of 42 CFR 2.31(a).

    A recipient who gets records for treatment, payment or operations as a covered entity or business associate has to
    read the redisclosure statement also without a TPO consent; where the program raises funds for itself, a TPO consent
    tells of the right to refuse its messages; where the law asks for a parent too, both sign."""
    asked = [*ALWAYS, *OF_KIND.get(consent.kind, ())]
    for_tpo = consent.recipient_kind in TPO_RECIPIENTS and not set(TPO).isdisjoint(consent.purposes)
    if for_tpo and "redisclosure_statement" not in asked:
        asked.append("redisclosure_statement")
    if consent.kind == Kind.TPO and consent.fundraises:
        asked.append("fundraising_notice")
    if consent.needs_parent:
        asked += BY_PARENT
    return tuple(asked)


def missing(consent: Consent) -> tuple[str, ...]:
    """The required elements that are empty; text of spaces is empty, and so is a list of such texts."""
    return tuple(element for element in required(consent) if _is_empty(consent, element))


def _is_empty(consent: Consent, element: str) -> bool:
    if element == "expiry":
        return consent.expires_on is None and not consent.expires_event.strip()
    if element == "revocable_when":
        return consent.revocable_on is None and not consent.revocable_event.strip()
    value = getattr(consent, element)
    if isinstance(value, tuple):
        return not any(str(each).strip() for each in value)
    return value is None or (isinstance(value, str) and not value.strip())


def is_mixed(consent: Consent) -> bool:
    """Whether it combines what has to stand alone: counseling notes with any other data, a legal proceeding with any
    other purpose. Source: RULE PRIV-09; 42 CFR 2.31(b), (d)."""
    scope, purposes = set(consent.information_scope), set(consent.purposes)
    alone = {Data.COUNSELING_NOTES}
    if (consent.kind == Kind.COUNSELING_NOTES and scope - alone) or (
        consent.kind != Kind.COUNSELING_NOTES and scope & alone
    ):
        return True
    legal = {Purpose.LEGAL}
    return bool(purposes - legal) if consent.kind == Kind.LEGAL else bool(purposes & legal)


def is_endless(consent: Consent) -> bool:
    """Whether it has no end though only a pure TPO consent may have none: one of that kind, for nothing but treatment,
    payment and operations. Source: RULE PRIV-08."""
    has_no_end = consent.expires_on is None and consent.expires_event.strip().casefold() == NO_END
    return has_no_end and not (consent.kind == Kind.TPO and set(consent.purposes) <= set(TPO))


def flaws(consent: Consent) -> tuple[Failure, ...]:
    """What is wrong with it at any time, whoever signs it and when: it cannot be signed while there is one.

    Source: RULE PRIV-07, PRIV-08, PRIV-09."""
    found = [Failure(Why.MISSING, element) for element in missing(consent) if element not in (*SIGNING, *BY_PARENT)]
    if is_endless(consent):
        found.append(Failure(Why.ENDLESS))
    if is_mixed(consent):
        found.append(Failure(Why.MIXED))
    return tuple(found)


def failures(consent: Consent, at: datetime) -> tuple[Failure, ...]:
    """Every reason why it does not hold at that moment; empty when it holds.

    It holds through the whole of its last day in the patient's zone and at the moment of its event, and no longer from
    the very moment at which it was revoked or stopped. Raises ValueError for a time without a zone.
    Source: RULE PRIV-06, PRIV-14."""
    if at.tzinfo is None:
        raise ValueError("The moment needs a time zone.")
    found = [Failure(Why.MISSING, element) for element in missing(consent)]
    found += [failure for failure in flaws(consent) if failure.why != Why.MISSING]
    signatures = (consent.signed_at, consent.parent_signed_at)
    if any(signed_at is not None and at < signed_at for signed_at in signatures):
        found.append(Failure(Why.NOT_YET))
    if consent.expires_on is not None and at.astimezone(consent.time_zone).date() > consent.expires_on:
        found.append(Failure(Why.EXPIRED))
    if consent.expired_at is not None and at > consent.expired_at:
        found.append(Failure(Why.EVENT))
    if consent.revoked_at is not None and consent.revoked_at <= at:
        found.append(Failure(Why.REVOKED))
    if consent.stopped_at is not None and consent.stopped_at <= at:
        found.append(Failure(Why.STOPPED))
    if consent.is_false:
        found.append(Failure(Why.FALSE))
    return tuple(found)


def is_complete_but_for_parent(consent: Consent, at: datetime) -> bool:
    """Whether it holds at that moment, or lacks nothing but the signature of a parent. Source: RULE PRIV-15."""
    return all(failure.why == Why.MISSING and failure.element in BY_PARENT for failure in failures(consent, at))


def is_valid(consent: Consent, at: datetime) -> bool:
    return not failures(consent, at)


def may_revoke(consent: Consent, at: datetime) -> Decision:
    """Whether it can be taken back at that moment: always, but for one to a court or probation before its stated day
    or event. Source: RULE PRIV-16; 42 CFR 2.35(c)."""
    if consent.revoked_at is not None and consent.revoked_at <= at:
        return refuse("This is stopped already.")
    if consent.kind != Kind.JUSTICE:
        return ALLOW
    today = at.astimezone(consent.time_zone).date()
    by_day = consent.revocable_on is not None and today >= consent.revocable_on
    by_event = consent.revocable_at is not None and at >= consent.revocable_at
    if by_day or by_event:
        return ALLOW
    return refuse("This cannot be stopped before the moment that it names, because your case depends on it.")


def for_family(recipient_kind: str) -> bool:
    """Whether the recipient is somebody a patient lets see by themself."""
    return recipient_kind in (Whom.FAMILY, Whom.SUPPORTER)
