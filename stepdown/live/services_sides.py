"""Side rooms: a leader asks one patient for a private word, the patient agrees or stays, either goes back.

Like everything in `services`, each change has the live process read the session anew once it is committed; it moves
people to where the tables want them.
"""

from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import queries
from stepdown.live.models import PrivateWord, Room, SideMember, SideRoom
from stepdown.live.services import tell_live
from stepdown.live.sides import WANTS_ONE
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
Kind, Why = SideRoom.Kind, SideRoom.Why


def open_room(session: Session) -> None:
    """Until the transaction ends nobody else changes who is where. Raises RuleBroken when the room is not open."""
    if not Room.objects.select_for_update(of=("self",)).filter(session=session, ended_at=None).exists():
        raise RuleBroken("The room is not open.")


@transaction.atomic
def ask_aside(*, session: Session, patient: Patient, by: Staff) -> SideRoom:
    """Asks a patient who is in the room to a side room with `by`. Open private words that ask for that are answered.

    Raises RuleBroken when the room is not open or paused, the patient is not in it, or either is in a side room.
    """
    open_room(session)
    if queries.decided(session).pause:
        raise RuleBroken("The room is paused. Let the group go on first.")
    room = SideRoom.objects.create(session=session, kind=Kind.WORD, by=by)
    with rules_speak():
        SideMember.objects.create(side_room=room, session=session, patient=patient)
    with rules_speak():
        SideMember.objects.create(side_room=room, session=session, staff=by)
    if patient.pk not in queries.patients_in(session):
        raise RuleBroken("This person is not in the room right now.")
    words = PrivateWord.objects.filter(session=session, patient=patient, kind__in=WANTS_ONE, answered_at=None)
    words.update(answer=PrivateWord.Answer.COMING, answered_at=timezone.now(), answered_by=by)
    log.info("asked to a side room", session=str(session.pk), side_room=str(room.pk))
    tell_live(session)
    return room


@transaction.atomic
def answer_aside(*, session: Session, patient: Patient, yes: bool) -> None:
    """The patient goes to the side room they are asked to, or stays. Raises RuleBroken when they are asked no more."""
    open_room(session)
    room = _room_of(session, patient=patient)
    if room is None or room.opened_at:
        raise RuleBroken("Nobody asks you to a side room any more. You are with the group.")
    if yes:
        room.opened_at = timezone.now()
        room.save(update_fields=["opened_at"])
        log.info("side room opens", session=str(session.pk), side_room=str(room.pk))
        tell_live(session)
    else:
        end(room=room, why=Why.DECLINED)


@transaction.atomic
def go_back(
    *, session: Session, patient: Patient | None = None, staff: Staff | None = None, lost: bool = False
) -> None:
    """This person goes back to the main room, and a private word is over for both; one that was only asked for is so
    no more. A pair goes on for the others. `lost`: their line was, or they left. Does nothing when they are in no side
    room."""
    room = _room_of(session, patient=patient, staff=staff)
    if room is None:
        return
    if room.kind == Kind.PAIR:
        room.members.filter(until=None, patient=patient, staff=staff).update(until=timezone.now())
        tell_live(session)
    else:
        end(room=room, why=Why.LOST if lost else Why.BACK if room.opened_at else Why.WITHDRAWN)


@transaction.atomic
def end_lonely(*, side_room: UUID) -> None:
    """Whoever is left alone in it goes back to the main room. Does nothing when it has ended."""
    room = SideRoom.objects.select_for_update(of=("self",)).filter(pk=side_room, ended_at=None).first()
    if room is not None:
        end(room=room, why=Why.LOST)


@transaction.atomic
def end(*, room: SideRoom, why: str) -> None:
    """Everyone who is in it goes back to the main room."""
    room.ended_at, room.why = timezone.now(), why
    room.save(update_fields=["ended_at", "why"])
    room.members.filter(until=None).update(until=room.ended_at)
    log.info("side room ends", session=str(room.session_id), side_room=str(room.pk), why=str(why))
    tell_live(room.session)


def _room_of(session: Session, *, patient: Patient | None = None, staff: Staff | None = None) -> SideRoom | None:
    """The side room this person is in or asked to, held until the transaction ends."""
    if (patient is None) == (staff is None):
        raise ValueError("One patient or one of the staff.")
    member = SideMember.objects.filter(session=session, until=None, patient=patient, staff=staff).first()
    if member is None:
        return None
    return SideRoom.objects.select_for_update(of=("self",)).filter(pk=member.side_room_id, ended_at=None).first()
