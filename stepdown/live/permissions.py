"""Who may come into a session's room, and the sentence for whoever may not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.live import outside, queries
from stepdown.live.models import Incident, Visit
from stepdown.people.models import Patient, Role, Staff
from stepdown.privacy.queries import missing_consents
from stepdown.privacy.queries_minors import waits_for_parent
from stepdown.timetable.models import Session
from stepdown.ui import when

DOOR_OPENS = queries.DOOR_OPENS
PREPARED, FOLLOWED_UP = timedelta(days=7), timedelta(days=1)


def lead(staff: Staff, session: Session, now: datetime | None = None) -> Decision:
    """Whether this person opens the room, lets in, mutes, sends out, starts breaks and ends it."""
    now = now or timezone.now()
    if not (may := leads(staff, session)):
        return may
    return _open_at(session, now, ZoneInfo(staff.time_zone), "en")


def reopen(staff: Staff, session: Session, now: datetime | None = None) -> Decision:
    """Whether this person opens a room again that was ended by mistake: as long as it could have stayed open."""
    if not (may := leads(staff, session)):
        return may
    return _open_at(session, now or timezone.now(), ZoneInfo(staff.time_zone), "en", again=True)


def prepare(staff: Staff, session: Session, now: datetime | None = None) -> Decision:
    """Whether this person sees who is expected, where they are and how to reach them: whoever leads the session, and
    around it only. Source: RULE PROG-08, PRIV-33 (minimum necessary)."""
    now = now or timezone.now()
    if not (may := leads(staff, session)):
        return may
    if session.cancelled_at:
        return refuse("This meeting was called off.")
    if now < session.starts_at - PREPARED:
        return refuse("This opens a week before the group meets.")
    if now > session.ends_at + FOLLOWED_UP:
        return refuse("The group was over a day ago. Open the page of the person you want to reach.")
    return ALLOW


def visit(visit: Visit, session: Session, now: datetime | None = None) -> Decision:
    """Whether who is named for this session comes to its door: while it is on, and until they are sent out."""
    now = now or timezone.now()
    if visit.out_at or (visit.staff and visit.staff.ended_at):
        return refuse(_("You are not expected in this meeting any more. Thank you for coming."))
    return _open_at(session, now, ZoneInfo(visit.by.time_zone), "en")


def name_visits(staff: Staff, session: Session, now: datetime | None = None) -> Decision:
    """Whether this person names who observes, supervises or visits: whoever leads it, until it is over."""
    now = now or timezone.now()
    if not (may := leads(staff, session)):
        return may
    if session.cancelled_at or queries.is_ended(session) or now > session.ends_at + queries.LATEST:
        return refuse(_("This meeting is over."))
    return ALLOW


def close_incident(staff: Staff, incident: Incident) -> Decision:
    """Whether this person closes it: a director, once it is said what it was and somebody called them after it."""
    if not staff.has_role(Role.DIRECTOR):
        return refuse("A clinical director closes it.")
    if incident.closed:
        return refuse("This is closed already. More can be added all the same.")
    if not incident.kind:
        return refuse("Say first what it was.")
    if not incident.followed_up:
        return refuse("Somebody calls them after it first.")
    return ALLOW


def override_license(staff: Staff, session: Session) -> Decision:
    """Whether this person lets someone take part from where the leader has no license. Source: RULE PRIV-35."""
    if not staff.has_role(Role.DIRECTOR):
        return refuse("Only a clinical director lets someone take part from where the leader has no license.")
    return see_outside(staff, session)


def see_outside(staff: Staff, session: Session, now: datetime | None = None) -> Decision:
    """Whether this person sees who cannot come in for want of a license: whoever leads it, from when it is planned."""
    return name_visits(staff, session, now)


def set_standby_room(staff: Staff) -> Decision:
    """Whether this person says where a group meets when video does not work here. Source: RULE PRIV-24."""
    if not staff.has_role(Role.DIRECTOR):
        return refuse("The clinical director sets a group’s standby room.")
    return ALLOW


def leads(staff: Staff, session: Session) -> Decision:
    """Whether this person leads the session, whatever the hour."""
    if staff.ended_at:
        return refuse("Your work at the center has ended.")
    if staff.pk not in (session.leader_id, session.co_leader_id) and not staff.has_role(Role.DIRECTOR):
        return refuse("Only this session's leader, its co-leader or a clinical director leads it.")
    return ALLOW


def come(patient: Patient, session: Session, now: datetime | None = None) -> Decision:
    """Whether the door opens for the patient at all: their own seat, and the time. Source: PRIV-37."""
    now = now or timezone.now()
    if not queries.has_seat(session, patient):
        return refuse(_without_seat(patient, session, now))
    return _open_at(session, now, ZoneInfo(patient.time_zone), get_language() or "en")


def _without_seat(patient: Patient, session: Session, now: datetime) -> str:
    """The sentence for whoever has no seat that covers the session: theirs is still to come, is over, or never was."""
    seats = queries.seats_in_group(session, patient)
    if coming := seats.filter(starts_at__gt=max(now, session.starts_at)).first():
        zone, lang = ZoneInfo(patient.time_zone), get_language() or "en"
        begins, today = when.local_date(coming.starts_at, zone), when.local_date(now, zone)
        said = {"weekday": when.weekday(begins, lang), "day": when.day(begins, today, lang)}
        return _("Your seat in this group begins on %(weekday)s, %(day)s.") % said
    if seats and session.ends_at <= now:
        return _("This meeting is over.")
    if seats:
        return _("Your time in this group is over.")
    return _("You have no seat in this group. Call the center if you think you should.")


def enter(patient: Patient, session: Session, now: datetime | None = None) -> Decision:
    """Whether the patient may wait at the door until a leader lets them in.

    Source: RULE PROG-08 and PRIV-35 (place and call-back number confirmed each time, in a state where the leader is
    licensed, or a director let them take part), PRIV-36 and PRIV-38 (agreements), PRIV-15 (those
    of a minor signed by a parent too, where the law asks for it), PRIV-37 (their own seat).
    """
    if not (door := come(patient, session, now)):
        return door
    if missing_consents(patient):
        return refuse(_("Some agreements are not signed yet. Read and sign them, then come back to this door."))
    if waits_for_parent(patient, now):
        return refuse(_("A parent or guardian still has to sign your agreements. Then come back to this door."))
    check = queries.door_check(session, patient)
    if check is None:
        return refuse(_("First tell us where you are today, and at which number we reach you."))
    if not check.alone:
        return refuse(_("Find a place where nobody else hears or sees the group, then check in again."))
    if not outside.is_covered(session, patient, check.state):
        return refuse(
            _(
                "Your counselor is not licensed in the state where you are now. Call the center: "
                "together we find a way for you to take part today."
            )
        )
    return ALLOW


def _open_at(session: Session, now: datetime, zone: ZoneInfo, lang: str, *, again: bool = False) -> Decision:
    if session.cancelled_at:
        return refuse(_("This meeting was called off."))
    if (not again and queries.is_ended(session)) or now > session.ends_at + queries.LATEST:
        return refuse(_("The group has ended for today."))
    opens = session.starts_at - DOOR_OPENS
    if now < opens:
        return refuse(_("The door opens: %(time)s.") % {"time": when.when(opens, now, zone, lang)})
    return ALLOW
