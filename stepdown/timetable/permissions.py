"""Who may open groups, see sessions and change them: as placement says, and the clinical director."""

from datetime import date, datetime

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Staff
from stepdown.placement.permissions import DIRECTS, SEES_GROUPS, create_groups
from stepdown.timetable.models import Closure, Session
from stepdown.ui.when import clock

__all__ = ["DIRECTS", "SEES_GROUPS", "change_session", "create_groups", "direct", "open_center"]


def direct(staff: Staff) -> Decision:
    """Whether this person changes sessions, groups and closures at all."""
    if not staff.has_role(*DIRECTS):
        return refuse("Only the clinical director changes when groups meet.")
    return ALLOW


def open_center(closure: Closure, today: date) -> Decision:
    """Whether a closure can be taken back: as long as its days are not past."""
    if closure.last_on < today:
        return refuse("These days are past. The sessions did not take place, and the closure stays as the reason.")
    return ALLOW


def change_session(session: Session, now: datetime) -> Decision:
    """Whether the session can still be moved, called off or brought back: as long as it has not begun."""
    if session.starts_at <= now:
        at = clock(session.starts_at, session.group.zone)
        return refuse(f"This session began at {at}. It cannot be moved or called off any more.")
    return ALLOW
