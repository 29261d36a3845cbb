"""Who may say how long someone was there, and the sentence for whoever may not."""

from datetime import datetime

from stepdown.attendance import queries
from stepdown.attendance.models import Attendance
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff
from stepdown.placement.permissions import SEES_GROUPS
from stepdown.timetable.models import CannotCome, Session

WRITES_DOWN = SEES_GROUPS  # who may be told by a patient that they cannot come

CALLED_OFF = "This session was called off, so there is no attendance."


def keep(staff: Staff, session: Session) -> Decision:
    """Whether this person may correct and confirm the attendance of this session at all.
    Source: RULE PROG-02 (editable only by the counselor, with a reason)."""
    if staff.pk in (session.leader_id, session.co_leader_id) or staff.has_role(Role.DIRECTOR):
        return ALLOW
    return refuse("Only this session's leader, its co-leader or a clinical director confirms its attendance.")


def confirm(staff: Staff, session: Session, now: datetime) -> Decision:
    """Whether they may confirm or correct it now: after the session, and before its note is signed."""
    if not (may := keep(staff, session)):
        return may
    if session.cancelled_at:
        return refuse(CALLED_OFF)
    if queries.is_sealed(session):
        return refuse("The note of this session is signed, so its attendance is final.")
    if not queries.is_over(session, now):
        return refuse("The group is still together. Confirm when it has ended.")
    return ALLOW


def change_cannot_come(row: CannotCome) -> Decision:
    """Whether it can still be written down, judged or taken back that they cannot come: until their attendance is
    confirmed."""
    confirmed = Attendance.objects.filter(session=row.session_id, patient=row.patient_id, confirmed_at__isnull=False)
    if confirmed.exists():
        return refuse("Their attendance of this session is confirmed. Its leader corrects it on the attendance sheet.")
    return ALLOW
