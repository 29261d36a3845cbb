"""Who may open groups, see sessions and change them: as placement says, and the clinical director."""

from datetime import date, datetime, timedelta

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.placement.permissions import DIRECTS, SEES_GROUPS, create_groups
from stepdown.timetable import rooms
from stepdown.timetable.models import Closure, Session
from stepdown.ui.when import clock

__all__ = ["DIRECTS", "SEES_GROUPS", "call_off", "change_session", "create_groups", "direct", "open_center"]
LEADS = (Role.COUNSELOR, Role.DIRECTOR)
RECORDED = (
    "Its attendance says that somebody was there, or there is a note with words: so it took place. Where that is not "
    "so, its leader puts it right first."
)
TOPIC_UNTIL = timedelta(days=1)
SAID_WITHIN = timedelta(days=7)  # after its end, that a session did not take place; the project's default


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
    """Whether the session can still be moved, called off or brought back: until it meets, and nobody is in its room.
    One that should have begun, and that nobody has opened, is let go of as well, so that whoever waits is told."""
    if session.ends_at <= now:
        at = clock(session.ends_at, session.group.zone)
        return refuse(f"This session’s time was over at {at}. It cannot be moved or called off any more.")
    if session.starts_at <= now and rooms.has_met(session):
        at = clock(session.starts_at, session.group.zone)
        return refuse(f"This session began at {at}. It cannot be moved or called off any more.")
    if rooms.is_in_use(session):
        return refuse("People are in this session’s room. End the group there first, then move it or call it off.")
    return ALLOW


def call_off(session: Session, now: datetime) -> Decision:
    """Whether the session can be called off, or brought back: as it can be changed; for a week after its end also, that
    it did not take place or did after all, when nobody opened its room and nothing written says that it met."""
    over = session.ends_at <= now < session.ends_at + SAID_WITHIN
    said_in_time = session.cancelled_at is not None and session.cancelled_at < session.ends_at
    if not over or said_in_time or rooms.has_met(session) or rooms.is_in_use(session):
        return change_session(session, now)
    if session.cancelled_at is None and rooms.is_recorded(session):
        return refuse(RECORDED)
    return ALLOW


def choose_topic(staff: Staff, session: Session, now: datetime) -> Decision:
    """Whether this person says what a session works on: who leads it or its group, and directors, until a day after it,
    so that what the group really worked on can be put right."""
    group = session.group
    leads = (session.leader_id, session.co_leader_id, group.leader_id, group.co_leader_id)
    if staff.pk not in leads and not staff.has_role(Role.DIRECTOR):
        return refuse("Who leads this session, or a clinical director, chooses its topic.")
    if session.cancelled_at:
        return refuse("This session was called off. It has no topic to choose.")
    if session.ends_at + TOPIC_UNTIL <= now:
        return refuse("This session is over for more than a day. Its topic stays.")
    return ALLOW


def mark_absence(by: Staff, staff: Staff) -> Decision:
    """Whether this person says that `staff` is away, or comes after all."""
    if by.pk != staff.pk and not by.has_role(Role.DIRECTOR):
        return refuse("You mark your own absences only. A clinical director marks those of others.")
    if staff.ended_at:
        return refuse("This person does not work here any more.")
    return ALLOW


def ask_to_stand_in(by: Staff, session: Session) -> Decision:
    """Whether this person asks colleagues to stand in: who leads or co-leads the session, and directors."""
    if by.pk not in (session.leader_id, session.co_leader_id) and not by.has_role(Role.DIRECTOR):
        return refuse("Who leads this session, or a clinical director, asks somebody to stand in.")
    return ALLOW


def assign(by: Staff) -> Decision:
    """Whether this person gives a session to somebody without asking."""
    if not by.has_role(Role.DIRECTOR):
        return refuse("A clinical director gives a session to somebody. You can ask them.")
    return ALLOW
