"""Who gives homework, and the sentence for whoever may not."""

from datetime import datetime

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.timetable.models import Session

READS = (Role.COUNSELOR, Role.DIRECTOR)


def give_homework(staff: Staff, session: Session, now: datetime) -> Decision:
    """Who leads the session or its group, once it has begun."""
    group = session.group
    if staff.pk not in (session.leader_id, session.co_leader_id, group.leader_id, group.co_leader_id):
        return refuse("Who leads this session or its group gives homework. You can read it.")
    if session.cancelled_at:
        return refuse("This session was called off, so nothing was given in it.")
    if now < session.starts_at:
        return refuse("The group has not begun. Give homework at its end.")
    return ALLOW
