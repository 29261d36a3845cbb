"""Whether somebody can be admitted as far as the notice goes, and who publishes one."""

from django.utils.translation import gettext_lazy as _

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Patient, Role, Staff
from stepdown.privacy import queries_notice as queries

READ_FIRST = _("Read our privacy notice first. Then keep your place.")
NONE_YET = _("Our privacy notice is not ready, so we cannot keep your place yet. Please call us.")


def admit(patient: Patient) -> Decision:
    """The patient got the notice that is in effect; whether they confirmed it does not matter. Source: RULE PRIV-30."""
    standing = queries.standing(patient)
    if standing.has_current:
        return ALLOW
    return refuse(str(READ_FIRST if standing.current else NONE_YET))


def publish(staff: Staff) -> Decision:
    return ALLOW if staff.has_role(Role.PRIVACY) else refuse("A privacy officer writes the notice.")
