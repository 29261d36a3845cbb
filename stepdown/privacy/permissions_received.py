"""Who puts records from others in, and who says what is under part 2."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.privacy.domain.labels import Came, may_clear
from stepdown.privacy.models import ReceivedRecord
from stepdown.privacy.queries_sharing import sees_chart


def put_in(staff: Staff) -> Decision:
    """Who treats the patient, or admits them."""
    return ALLOW if sees_chart(staff) else refuse("Who treats the patient puts records in.")


def take_out(staff: Staff, record: ReceivedRecord) -> Decision:
    if record.taken_out_at:
        return refuse("Somebody took this out already.")
    return put_in(staff)


def decide_part2(staff: Staff) -> Decision:
    """Source: RULE PRIV-01."""
    return ALLOW if staff.has_role(Role.PRIVACY) else refuse("A privacy officer says what is under 42 CFR part 2.")


def clear_part2(staff: Staff, record: ReceivedRecord | None) -> Decision:
    """record: one that came from elsewhere; None for the patient's record as a whole."""
    may = decide_part2(staff)
    return may_clear(Came(record.came)) if may and record else may
