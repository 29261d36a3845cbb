"""Who decides whether the center admits people under 18."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff

DECIDES_ON_MINORS = (Role.PRIVACY, Role.DIRECTOR)


def decide_rule(staff: Staff) -> Decision:
    if staff.has_role(*DECIDES_ON_MINORS):
        return ALLOW
    return refuse("A privacy officer or a clinical director decides whether people under 18 are admitted.")
