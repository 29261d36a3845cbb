"""Who keeps the agreements with vendors, and by them switches services on and off."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role
from stepdown.privacy.models import ServiceAgreement

KEEPS_AGREEMENTS = (Role.PRIVACY, Role.ADMINISTRATOR)


def end(agreement: ServiceAgreement) -> Decision:
    """Of whoever keeps agreements."""
    return refuse("This agreement was ended already.") if agreement.ended_at else ALLOW
