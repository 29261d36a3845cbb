"""Who may do what with consents to share, and the sentence for whoever may not."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.privacy.models import Basis, SharingConsent


def discard(staff: Staff, consent: SharingConsent) -> Decision:
    return refuse("This is signed. It can be stopped, and not thrown away.") if consent.signed_at else ALLOW


def sign_on_paper(consent: SharingConsent) -> Decision:
    return refuse("This is signed already.") if consent.signed_at else ALLOW


def mark_false(staff: Staff, consent: SharingConsent) -> Decision:
    """Source: 42 CFR 2.31(c)(4)."""
    if not staff.has_role(Role.PRIVACY, Role.DIRECTOR):
        return refuse("A privacy officer or a clinical director says that a consent is false.")
    return ALLOW if consent.signed_at else refuse("This is not signed yet.")


def finish_task(staff: Staff) -> Decision:
    if staff.has_role(Role.PRIVACY, Role.DIRECTOR):
        return ALLOW
    return refuse("A privacy officer or a clinical director closes this.")


def bases_of(staff: Staff) -> list[Basis]:
    """The exceptions, besides an emergency, by which this person may write a disclosure down."""
    others = [each for each in Basis if each not in (Basis.CONSENT, Basis.PARENT, Basis.AGREEMENT, Basis.EMERGENCY)]
    return [each for each in others if disclose_without_consent(staff, each)]


def disclose_without_consent(staff: Staff, basis: Basis) -> Decision:
    """Anyone who treats the patient reports abuse of a child or a crime; the rest is the privacy officer's.
    Source: RULE PRIV-21."""
    if basis in (Basis.CHILD_ABUSE, Basis.CRIME) or staff.has_role(Role.PRIVACY):
        return ALLOW
    return refuse("Courts, audits and research are answered by the privacy officer.")
