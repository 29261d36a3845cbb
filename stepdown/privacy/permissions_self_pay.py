"""Who sees which days patients pay for themself, and who writes down what about them."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.privacy.models import SelfPayRestriction

# Billing has to know of which days nothing may go to a plan, and knows what is paid; not what was said.
SEES_SELF_PAY = (Role.PRIVACY, Role.BILLER)


def confirm_paid(staff: Staff, restriction: SelfPayRestriction) -> Decision:
    if restriction.ended_at:
        return refuse("The patient took this back already.")
    return ALLOW if staff.has_role(*SEES_SELF_PAY) else refuse("Billing or a privacy officer writes down what is paid.")


def end(staff: Staff, restriction: SelfPayRestriction) -> Decision:
    """Source: RULE PRIV-29: by the patient's word alone."""
    if not staff.has_role(Role.PRIVACY):
        return refuse("A privacy officer writes down that the patient takes it back.")
    return refuse("The patient took this back already.") if restriction.ended_at else ALLOW
