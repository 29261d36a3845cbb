"""Who decides how long records are kept, holds them, and has them destroyed."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.privacy.models import Destruction

SEES_RETENTION = (Role.PRIVACY, Role.DIRECTOR)


def keep_policy(staff: Staff) -> Decision:
    return ALLOW if staff.has_role(Role.PRIVACY) else refuse("A privacy officer decides how long records are kept.")


def know_of_holds(staff: Staff) -> Decision:
    """Read on a record that it is held: the matter may tell of a case. Source: RULE PRIV-33 (minimum necessary)."""
    if staff.has_role(*SEES_RETENTION):
        return ALLOW
    return refuse("Privacy officers and clinical directors know what is held. It changes nothing in care.")


def hold(staff: Staff) -> Decision:
    return ALLOW if staff.has_role(Role.PRIVACY) else refuse("A privacy officer puts holds on and lifts them.")


def propose(staff: Staff) -> Decision:
    return ALLOW if staff.has_role(Role.PRIVACY) else refuse("A privacy officer proposes what is destroyed.")


def decide(staff: Staff, destruction: Destruction) -> Decision:
    """Approve or refuse what somebody else has proposed. Source: RULE PRIV-34 (two people)."""
    if destruction.ended_at:
        return refuse("This is decided already.")
    if destruction.proposed_by_id == staff.pk:
        return refuse("You proposed this yourself. Another privacy officer or a clinical director decides.")
    if not staff.has_role(*SEES_RETENTION):
        return refuse("A privacy officer or a clinical director decides.")
    return ALLOW


def withdraw(staff: Staff, destruction: Destruction) -> Decision:
    if destruction.ended_at:
        return refuse("This is decided already.")
    return ALLOW if destruction.proposed_by_id == staff.pk else refuse("Whoever proposed it takes it back.")
