"""Whether something of a patient's record may go to somebody, for a purpose, at a moment.

The answer is by which consent, or the reason why not that is nearest to a yes. Source: 42 CFR 2.31 to 2.33; RULE
PRIV-12, PRIV-13, PRIV-21, PRIV-29, PRIV-42.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from stepdown.privacy.domain.consents import Consent, Failure, Why, failures
from stepdown.privacy.domain.self_pay import Days, Hit, is_their_own_word
from stepdown.privacy.domain.sharing import REPORT, ROUTED, ROUTED_RECIPIENTS, TPO_RECIPIENTS, Kind, Purpose


class Code(StrEnum):
    """What is stored of a refusal. Source: RULE PRIV-42."""

    NO_CONSENT = "part2_no_consent"
    SELF_PAY = "self_pay_restriction"
    HARM = "harm"
    SECURITY = "security"
    INFEASIBLE = "infeasible"
    NOT_AVAILABLE = "not_available"


class No(StrEnum):
    """Why the gate says no."""

    NOTHING_CHOSEN = "nothing_chosen"
    OFFICER = "officer"
    SELF_PAID = "self_paid"  # days that the patient pays for themself
    PAYMENT_REFUSED = "payment_refused"
    NOBODY = "no_consent"  # none names this recipient
    INVALID = "invalid"  # one does, which does not hold
    PURPOSE = "purpose"
    SCOPE = "scope"


@dataclass(frozen=True)
class Asked:
    """recipient: its id; whom: its kind; classes: the data; by_officer: a privacy officer asks; by_law: the law that
    requires it, as they name it."""

    recipient: Hashable
    whom: str
    purpose: str
    classes: frozenset[str]
    at: datetime
    by_officer: bool = False
    by_law: str = ""


@dataclass(frozen=True)
class Held:
    """A consent of the patient, the recipient it names (None: the class of persons of a TPO consent), and the id under
    which it was revoked."""

    id: UUID
    consent: Consent
    recipient: Hashable | None = None
    revocation: UUID | None = None


@dataclass(frozen=True)
class Verdict:
    """allowed by `consent`; or why not: `no`, with the consent that comes nearest, what it fails in (`failures`), the
    data it does not cover (`beyond`), and the id of its revocation; of days that the patient pays for, those days
    (`days`) and the data that tells of them (`beyond`)."""

    allowed: bool
    consent: UUID | None = None
    no: No | None = None
    failures: tuple[Failure, ...] = ()
    beyond: frozenset[str] = frozenset()
    revocation: UUID | None = None
    days: tuple[Days, ...] = ()

    @property
    def code(self) -> Code | None:
        if self.allowed:
            return None
        return Code.SELF_PAY if self.no == No.SELF_PAID else Code.NO_CONSENT


def is_routed(asked: Asked) -> bool:
    """Whether a privacy officer has to answer it. Source: RULE PRIV-21."""
    return asked.purpose in ROUTED or asked.whom in ROUTED_RECIPIENTS


def decide(
    asked: Asked,
    held: Iterable[Held],
    *,
    payment_refused_at: datetime | None = None,
    self_paid: Hit | None = None,
) -> Verdict:
    """held: all consents of the patient, also those that hold no longer. payment_refused_at: when the patient last
    refused a TPO consent; what they signed before opens no payment since. self_paid: what of it a health plan must not
    hear. One consent must cover all that is asked."""
    if not asked.classes:
        return Verdict(False, no=No.NOTHING_CHOSEN)
    named = [one for one in held if _names(one, asked)]
    if self_paid and not is_by_law(asked):
        named = _asked_for_since(named, asked, self_paid.asked_at)
        if not named:
            return Verdict(False, no=No.SELF_PAID, beyond=self_paid.classes, days=self_paid.days)
    if asked.purpose == Purpose.PAYMENT and payment_refused_at is not None and payment_refused_at <= asked.at:
        since = [one for one in named if one.consent.signed_at and one.consent.signed_at > payment_refused_at]
        if not since:
            return Verdict(False, no=No.PAYMENT_REFUSED)
        named = since
    if not named:
        return Verdict(False, no=No.OFFICER if is_routed(asked) and not asked.by_officer else No.NOBODY)
    best = min((_tried(one, asked) for one in named), key=_far)
    if best.allowed and is_routed(asked) and not asked.by_officer:
        return Verdict(False, best.consent, No.OFFICER)
    return best


def is_by_law(asked: Asked) -> bool:
    """Whether a law requires it, which a privacy officer says. Source: 45 CFR 164.522(a)(1)(vi)(A)."""
    return bool(asked.by_law) and asked.by_officer


def _asked_for_since(named: list[Held], asked: Asked, at: datetime) -> list[Held]:
    """What the patient signed for that plan since they asked that it is not told: their later word counts."""
    if not is_their_own_word(asked.purpose):
        return []
    return [one for one in named if one.consent.signed_at and one.consent.signed_at > at]


def _names(one: Held, asked: Asked) -> bool:
    """Whether the consent means this recipient. A TPO consent never answers what goes to the privacy officer."""
    if one.consent.kind == Kind.TPO:
        return asked.whom in TPO_RECIPIENTS and not is_routed(asked)
    return one.recipient is not None and one.recipient == asked.recipient


def _tried(one: Held, asked: Asked) -> Verdict:
    if found := failures(one.consent, asked.at):
        revoked = any(failure.why == Why.REVOKED for failure in found)
        return Verdict(False, one.id, No.INVALID, found, revocation=one.revocation if revoked else None)
    if asked.purpose not in one.consent.purposes:
        return Verdict(False, one.id, No.PURPOSE)
    covered = frozenset(one.consent.information_scope)
    beyond = asked.classes - (covered & frozenset(REPORT.get(one.consent.kind, covered)))
    return Verdict(False, one.id, No.SCOPE, beyond=beyond) if beyond else Verdict(True, one.id)


def _far(verdict: Verdict) -> tuple[int, int, int]:
    """How far from a yes: none, some data beyond it, another purpose, a consent that does not hold."""
    step = (None, No.SCOPE, No.PURPOSE, No.INVALID).index(verdict.no)
    return step, len(verdict.beyond), len(verdict.failures)
