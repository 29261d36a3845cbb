"""Side rooms: a leader asks one patient for a private word, or to talk first at the door; the patient agrees or stays,
either goes back.

Like everything in `services`, each change has the live process read the session anew once it is committed; it moves
people to where the tables want them.
"""

from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import queries
from stepdown.live.models import Knock, PrivateWord, Room, SideMember, SideRoom
from stepdown.live.services import at_the_door, end_side_room, let_in, tell_live
from stepdown.live.sides import IN_PAIR, WANTS_ONE
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)
Kind, Why = SideRoom.Kind, SideRoom.Why


def hold_room(session: Session) -> bool:
    """Until the transaction ends nobody else changes who is where. Returns whether the room is open."""
    return Room.objects.select_for_update(of=("self",)).filter(session=session, ended_at=None).exists()


def open_room(session: Session) -> None:
    """Holds the room. Raises RuleBroken when it is not open."""
    if not hold_room(session):
        raise RuleBroken(_("The room is not open."))


@transaction.atomic
def ask_aside(*, session: Session, patient: Patient, by: Staff) -> SideRoom:
    """Asks a patient who is in the room, or in a pair, to a side room with `by`. Private words that ask for that stay
    open until both are there.

    Raises RuleBroken when the room is not open or paused, the patient is not in it, or either is in a private word.
    """
    room = _ask(Kind.WORD, session, patient, by)
    if not queries.open_joins(session).filter(patient=patient).exclude(side_room__kind=Kind.DOOR).exists():
        raise RuleBroken("This person is not in the room right now.")
    return room


@transaction.atomic
def talk_first(*, session: Session, patient: Patient, by: Staff) -> SideRoom:
    """Asks a patient who waits at the door to a side room with `by`, before they are let in. As `ask_aside`, and raises
    RuleBroken when they do not wait."""
    at_the_door(session)
    room = _ask(Kind.DOOR, session, patient, by)
    if not Knock.objects.filter(session=session, patient=patient, ended_at=None).exists():
        raise RuleBroken("This person is not waiting right now.")
    return room


def _ask(kind: SideRoom.Kind, session: Session, patient: Patient, by: Staff) -> SideRoom:
    open_room(session)
    if queries.decided(session).pause:
        raise RuleBroken("The room is paused. Let the group go on first.")
    # Out of their pair, which goes on for the others; who asked for help there is with the group until they say yes.
    SideMember.objects.filter(IN_PAIR, session=session, patient=patient).update(until=timezone.now())
    room = SideRoom.objects.create(session=session, kind=kind, by=by)
    with rules_speak():
        SideMember.objects.create(side_room=room, session=session, patient=patient)
    with rules_speak():
        SideMember.objects.create(side_room=room, session=session, staff=by)
    log.info("asked to a side room", session=str(session.pk), side_room=str(room.pk), kind=str(kind))
    tell_live(session)
    return room


@transaction.atomic
def answer_aside(*, session: Session, patient: Patient, yes: bool) -> None:
    """The patient goes to the side room they are asked to, or stays; to say it again does nothing. Raises RuleBroken
    when they are asked no more."""
    at_the_door(session)
    open_room(session)
    room = _room_of(session, patient=patient)
    if room is None or room.opened_at:
        went = room is not None and room.kind != Kind.PAIR
        if yes == went:
            return
        raise RuleBroken(_("Nobody asks you to a side room any more."))
    if yes:
        room.opened_at = timezone.now()
        room.save(update_fields=["opened_at"])
        Knock.objects.filter(session=session, patient=patient, ended_at=None).update(ended_at=room.opened_at)
        log.info("side room opens", session=str(session.pk), side_room=str(room.pk))
        tell_live(session)
    else:
        end_side_room(room=room, why=Why.DECLINED)


@transaction.atomic
def both_are_there(*, session: Session, side_room: UUID) -> None:
    """The leader and the patient have met in it, which answers the private words that asked for one: no sentence is
    told that nobody chose. Does nothing when it has ended."""
    hold_room(session)
    room = SideRoom.objects.select_for_update(of=("self",)).filter(pk=side_room, ended_at=None).first()
    if room is None or room.opened_at is None:
        return
    patients = room.members.filter(until=None).values("patient")
    words = PrivateWord.objects.filter(session=session, patient__in=patients, kind__in=WANTS_ONE, answered_at=None)
    told_before = words.filter(at__lte=room.opened_at)
    if told_before.update(answer=PrivateWord.Answer.MET, answered_at=timezone.now(), answered_by=room.by_id):
        tell_live(session)


@transaction.atomic
def withdraw(*, session: Session, side_room: UUID) -> None:
    """Nobody asks the patient to that side room any more, whichever leader did. Does nothing after their answer."""
    asked = SideRoom.objects.select_for_update(of=("self",)).filter(session=session, opened_at=None, ended_at=None)
    if room := asked.filter(pk=side_room).first():
        end_side_room(room=room, why=Why.WITHDRAWN)


@transaction.atomic
def go_back(
    *, session: Session, patient: Patient | None = None, staff: Staff | None = None, lost: bool = False
) -> None:
    """This person goes back to the main room, and a private word is over for both; one that was only asked for is so
    no more. From a talk at the door the patient goes back to waiting. A pair goes on for the others. `lost`: their line
    was, or they left. Does nothing when they are in no side room."""
    room = _room_of(session, patient=patient, staff=staff)
    if room is None:
        return
    if room.kind == Kind.PAIR:
        room.members.filter(until=None, patient=patient, staff=staff).update(until=timezone.now())
        tell_live(session)
    else:
        end_side_room(room=room, why=Why.LOST if lost else Why.BACK if room.opened_at else Why.WITHDRAWN)


@transaction.atomic
def let_in_from_talk(*, session: Session, by: Staff) -> None:
    """Lets in whom this leader talks with at the door; both are with the group then. Raises RuleBroken as `let_in`
    does, and when they talk with nobody there."""
    at_the_door(session)
    room = _room_of(session, staff=by)
    member = room.members.filter(until=None, patient__isnull=False).first() if room else None
    if room is None or room.kind != Kind.DOOR or member is None or member.patient is None:
        raise RuleBroken("You talk with nobody at the door any more.")
    let_in(session=session, patient=member.patient, by=by)


@transaction.atomic
def end_lonely(*, session: Session, side_room: UUID) -> None:
    """Whoever is left alone in it goes back, or is asked to it no more. Does nothing when it has ended."""
    hold_room(session)
    room = SideRoom.objects.select_for_update(of=("self",)).filter(pk=side_room, ended_at=None).first()
    if room is not None:
        end_side_room(room=room, why=Why.LOST)


def _room_of(session: Session, *, patient: Patient | None = None, staff: Staff | None = None) -> SideRoom | None:
    """The side room this person is in or asked to, held until the transaction ends."""
    if (patient is None) == (staff is None):
        raise ValueError("One patient or one of the staff.")
    member = SideMember.objects.filter(session=session, until=None, patient=patient, staff=staff).first()
    if member is None:
        return None
    return SideRoom.objects.select_for_update(of=("self",)).filter(pk=member.side_room_id, ended_at=None).first()
