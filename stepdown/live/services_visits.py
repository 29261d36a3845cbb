"""Naming who observes, supervises or visits one session; letting a guest in, and sending any of them out.

Like everything in `services`, each change has the live process read the session anew once it is committed.
"""

import secrets
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import queries, visits
from stepdown.live.models import Visit, VisitAnswer
from stepdown.live.services import at_the_door, end_waiting_for_guests, tell_live
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)


@transaction.atomic
def name_colleague(*, session: Session, staff: Staff, role: str, by: Staff) -> Visit:
    """One of the staff observes or supervises this session; the group is told. Raises RuleBroken for who leads it."""
    if staff.pk in (session.leader_id, session.co_leader_id) or queries.leads_now(session, staff):
        raise RuleBroken("Who leads this session does not observe it.")
    with rules_speak():
        visit = Visit.objects.create(session=session, role=role, staff=staff, by=by)
    log.info("visit named", session=str(session.pk), visit=str(visit.pk), role=role)
    tell_live(session)
    return visit


@transaction.atomic
def invite_guest(*, session: Session, name: str, why: str, by: Staff) -> Visit:
    """A guest for this session alone. Everyone in the group is asked before the guest can come in."""
    visit = Visit.objects.create(session=session, role=Visit.Role.GUEST, name=name, why=why.rstrip(". "), by=by)
    log.info("visit named", session=str(session.pk), visit=str(visit.pk), role=visit.role)
    tell_live(session)
    return visit


@transaction.atomic
def answer_guest(*, session: Session, visit: UUID, patient: Patient, agrees: bool) -> VisitAnswer:
    """Keeps what a patient says to a guest, with the question as they read it. Who takes a yes back while the guest
    is in ends the visit at once. Source: 42 CFR 2.31 (consent may be taken back).

    Raises RuleBroken when the guest comes no more.
    """
    at_the_door(session)  # before the visit, as whatever moves a session does
    guest = visits.now_in(session).select_for_update(of=("self",)).filter(pk=visit, role=Visit.Role.GUEST).first()
    if guest is None:
        raise RuleBroken(_("This guest does not come any more. You do not need to say anything."))
    before = VisitAnswer.objects.filter(visit=guest, patient=patient).order_by("at").last()
    answer = VisitAnswer.objects.create(visit=guest, patient=patient, agrees=agrees, text=visits.question(guest))
    if guest.let_in_at and before and before.agrees and not agrees:
        guest.out_at = answer.at
        guest.save(update_fields=["out_at"])
        log.info("visit over", session=str(session.pk), visit=str(guest.pk))
    end_waiting_for_guests(session=session)
    tell_live(session)
    return answer


@transaction.atomic
def let_guest_in(*, session: Session, visit: UUID, by: Staff) -> Visit:
    """Lets a guest in. Raises RuleBroken when the room is locked, or somebody has not agreed who is in it or may be on
    the way back: a no, or a dropped line, puts nobody out of the group. Source: 42 CFR 2.31."""
    found = _held(session, visit)
    if queries.decided(session).lock:
        raise RuleBroken("The room is locked, so nobody new comes in. Unlock it first.")
    if missing := visits.not_agreed(found, visits.asked_first(session)):
        raise RuleBroken(
            f"{len(missing)} of those in the room have not agreed to this guest yet. Everyone who is seen is asked, "
            "and who just left counts for five minutes, as they may be on the way back."
        )
    if found.let_in_at is None:
        found.let_in_at, found.let_in_by = timezone.now(), by
        found.save(update_fields=["let_in_at", "let_in_by"])
        tell_live(session)
    return found


@transaction.atomic
def send_visit_out(*, session: Session, visit: UUID, by: Staff) -> None:
    """Out of the room, and the link or the way in is good no more."""
    at_the_door(session)
    found = _held(session, visit)
    found.out_at, found.out_by = timezone.now(), by
    found.save(update_fields=["out_at", "out_by"])
    log.info("visit over", session=str(session.pk), visit=str(found.pk))
    end_waiting_for_guests(session=session)
    tell_live(session)


@transaction.atomic
def end_visits_of_leaders(*, session: Session, leaders: Iterable[UUID | None]) -> None:
    """Whoever of these staff ids is named for the session observes it no more, as they lead it; does nothing when none
    is."""
    named = Visit.objects.filter(session=session, staff__in=[one for one in leaders if one], out_at=None)
    if ended := named.update(out_at=timezone.now()):
        log.info("visits over, as they lead", session=str(session.pk), visits=ended)
        tell_live(session)


def _held(session: Session, visit: UUID) -> Visit:
    """The visit, held until the transaction ends. Raises RuleBroken when it is over."""
    found = Visit.objects.select_for_update(of=("self",)).filter(session=session, pk=visit, out_at=None).first()
    if found is None:
        raise RuleBroken("This visit is over already.")
    return found


@transaction.atomic
def open_link(*, visit: Visit) -> str:
    """The first browser that opens a guest's link: returns what it keeps, by which it is known from then on.

    Raises RuleBroken when another browser has opened it. Source: RULE PRIV-37.
    """
    found = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if found.device:
        raise RuleBroken("This link was opened on another device. Ask the person who sent it for a new one.")
    secret = secrets.token_urlsafe(32)
    found.device = digest(secret)
    found.save(update_fields=["device"])
    return secret


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
