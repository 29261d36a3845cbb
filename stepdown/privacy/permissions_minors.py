"""Who decides whether the center admits people under 18, and that somebody may not sign with one."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.privacy.models import Parent

DECIDES_ON_MINORS = (Role.PRIVACY, Role.DIRECTOR)


def decide_rule(staff: Staff) -> Decision:
    if staff.has_role(*DECIDES_ON_MINORS):
        return ALLOW
    return refuse("A privacy officer or a clinical director decides whether people under 18 are admitted.")


def find_false(staff: Staff, parent: Parent) -> Decision:
    """Source: 42 CFR 2.31(c)(4)."""
    if not staff.has_role(*DECIDES_ON_MINORS):
        return refuse("A privacy officer or a clinical director says that somebody may not sign.")
    return refuse("This is written down already.") if parent.false_at else ALLOW
