"""A patient is in a state where the leader has no license: directors are called in, and may let them take part."""

import structlog
from django.db import transaction

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import outside, queries
from stepdown.live.models import DoorCheck, LicenseOverride
from stepdown.live.services import tell_live
from stepdown.outreach.services import call_in
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.queries import licensed
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)


@transaction.atomic
def ask_directors(*, check: DoorCheck) -> None:
    """Keeps that the leader's want of a license holds them at the door, and calls every clinical director in, once for
    each patient, session as it is planned, its leader and state. Source: RULE PRIV-35."""
    leader = check.session.leader
    same = DoorCheck.objects.filter(session=check.session_id, patient=check.patient_id, state=check.state)
    known = same.filter(queries.SINCE_DOOR_OPENED, asked_of=leader).exists()
    check.asked_of = leader
    check.save(update_fields=["asked_of"])
    if known:
        return
    for director in Staff.objects.with_role(Role.DIRECTOR).select_related("account"):
        call_in(staff=director)
    log.info("held at the door", session=str(check.session_id), state=check.state)


@transaction.atomic
def ask_for_everyone_held(*, session: Session) -> None:
    """Calls every clinical director in for each of those whom the leader that the session has now holds at its door."""
    for check in outside.held_in(session):
        ask_directors(check=check)


@transaction.atomic
def let_take_part(*, session: Session, patient: Patient, reason: str, words: str, by: Staff) -> LicenseOverride:
    """Lets a patient take part in this session from where they said they are, or before they are at the door, from
    where they live, and keeps why.

    Raises RuleBroken when they have no seat in it, the leader is licensed there, or they were let take part already.
    """
    check = queries.door_check(session, patient)
    state = check.state if check else patient.state
    if not queries.has_seat(session, patient):
        raise RuleBroken("Choose someone who has a seat in this session.")
    if licensed(session.leader, state, session.service_date):
        raise RuleBroken("The leader is licensed there on that day. They can come in.")
    with rules_speak():
        override = LicenseOverride.objects.create(
            session=session, patient=patient, state=state, reason=reason, words=words, by=by
        )
    log.warning("license overridden", override=str(override.pk), session=str(session.pk), by=str(by.pk))
    tell_live(session)
    return override
