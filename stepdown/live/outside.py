"""Who is held at the door because the session's leader has no license where they are or somebody is near them, and who
was let take part. Source: RULE PROG-08, PRIV-35."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from stepdown.live.models import DoorCheck, LicenseOverride
from stepdown.live.queries import SINCE_DOOR_OPENED, door_check, door_checks
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.queries import license_states, licensed
from stepdown.timetable.cover import uncovered
from stepdown.timetable.models import Session
from stepdown.ui.states import STATES

SINCE, AHEAD = timedelta(hours=6), timedelta(minutes=30)


def is_covered(session: Session, patient: Patient, state: str) -> bool:
    """Whether the leader may counsel someone who sits in this state, or a director let this patient take part."""
    if licensed(session.leader, state, session.service_date):
        return True
    return LicenseOverride.objects.filter(session=session, patient=patient, state=state).exists()


def still_no(session: Session, patient: Patient) -> str:
    """Why whoever leads may not let this patient in, by what they said last at the door; "" when they may, or when they
    have said nothing there yet and the door asks them first. Two queries when they may."""
    check = door_check(session, patient)
    if check is None:
        return ""
    if not check.alone:
        return f"Someone is near {check.patient.called}. They come in once they are alone and have said so at the door."
    if not is_covered(session, patient, check.state):
        state = dict(STATES).get(check.state, check.state)
        return (
            f"{check.patient.called} is in {state}, where {session.leader.first_name} has no license. "
            "A clinical director may let them take part."
        )
    return ""


def kept_at_door(session: Session) -> set[UUID]:
    """Ids of those whom `still_no` keeps out. Four queries."""
    near = {patient for patient, check in door_checks(session).items() if not check.alone}
    return near | {check.patient_id for check in held_in(session)}


def overrides(session: Session) -> dict[UUID, list[LicenseOverride]]:
    """patient id -> what directors decided for this session. One query."""
    found: dict[UUID, list[LicenseOverride]] = {}
    for override in LicenseOverride.objects.filter(session=session).select_related("by"):
        found.setdefault(override.patient_id, []).append(override)
    return found


def held_in(session: Session) -> list[DoorCheck]:
    """The door checks of those held at this session's door. Three queries."""
    return _held(DoorCheck.objects.filter(session=session))


def expected_in(session: Session) -> list[Patient]:
    """Who has a seat in this session, was not at its door yet, and lives where its leader has no license that day, by
    name. Four queries."""
    short = uncovered([session]).get(session.pk)
    people = [patient for them in short.people.values() for patient in them] if short else []
    known = DoorCheck.objects.filter(SINCE_DOOR_OPENED, session=session, patient__in=people)
    at_door = set(known.values_list("patient_id", flat=True))
    return sorted((p for p in people if p.pk not in at_door), key=lambda p: p.name)


def all_overrides() -> QuerySet[LicenseOverride]:
    """Every time a director let somebody take part, the latest first."""
    return LicenseOverride.objects.select_related("session__group", "session__leader", "patient", "by").order_by("-at")


def held_for(staff: Staff, now: datetime) -> list[DoorCheck]:
    """Those held right now at doors of sessions that this person may lead. Four queries at most."""
    on = Q(session__starts_at__range=(now - SINCE, now + AHEAD), session__ends_at__gt=now, session__cancelled_at=None)
    checks = DoorCheck.objects.filter(on).exclude(session__room__ended_at__isnull=False)
    if not staff.has_role(Role.DIRECTOR):
        checks = checks.filter(Q(session__leader=staff) | Q(session__co_leader=staff))
    return _held(checks)


def _held(checks: QuerySet[DoorCheck]) -> list[DoorCheck]:
    """Of the last check of each patient for each session, those from where the leader has no license."""
    last = (
        checks.filter(SINCE_DOOR_OPENED)
        .order_by("session_id", "patient_id", "-at")
        .distinct("session_id", "patient_id")
    )
    found = list(last.select_related("patient", "session__group", "session__leader"))
    days = {check.session.service_date for check in found}
    leaders = {check.session.leader_id for check in found}
    states = {day: license_states(leaders, day) for day in days}
    outside = [
        check
        for check in found
        if check.state not in states[check.session.service_date].get(check.session.leader_id, set())
    ]
    if not outside:
        return []
    let = set(
        LicenseOverride.objects.filter(session__in={check.session_id for check in outside}).values_list(
            "session_id", "patient_id", "state"
        )
    )
    return [check for check in outside if (check.session_id, check.patient_id, check.state) not in let]
