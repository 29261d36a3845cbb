"""Who may have a page of their own about what a patient lets them see, and what is one look at it.

Source: 42 CFR 2.31, 2.35; RULE PRIV-13, PRIV-21, PRIV-26.
"""

from datetime import datetime, timedelta

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.privacy.domain.consents import Consent, is_valid
from stepdown.privacy.domain.sharing import Kind, Whom

HAVE_A_PAGE = frozenset({Whom.FAMILY, Whom.SUPPORTER, Whom.PROVIDER, Whom.MONITOR})
KINDS = (Kind.SPECIFIC, Kind.JUSTICE)
VISIT = timedelta(minutes=15)


def may_have_page(consent: Consent, at: datetime) -> Decision:
    """Whether whom the consent names may see by themself what it covers, at that moment. Courts, police, employers and
    whoever else goes to the privacy officer have no page, and neither has a class of persons."""
    if consent.kind not in KINDS or consent.recipient_kind not in HAVE_A_PAGE:
        return refuse("They have no page of their own. We send them what you share.")
    return ALLOW if is_valid(consent, at) else refuse("Nothing is shared with them now.")


def is_same_visit(last: datetime | None, at: datetime) -> bool:
    """Whether a look belongs to the visit that began at `last`, and is no look of its own."""
    return last is not None and last <= at < last + VISIT
