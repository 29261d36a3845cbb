"""What people in the room tell and decide that outlasts the moment: private words to the leaders and their answers,
the room paused, locked, its chat open, a check-in round.

Like everything in `services`, each change has the live process read the session anew once it is committed.
"""

from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live import queries
from stepdown.live.domain import rounds
from stepdown.live.models import Decision, PrivateWord, Room, Round
from stepdown.live.services import tell_live
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

log = structlog.get_logger(__name__)


@transaction.atomic
def tell_leaders(*, session: Session, patient: Patient, kind: str) -> PrivateWord:
    """Keeps a private word for the leaders; the same word said again while it is open stays one.

    Raises RuleBroken for a word that is not one of PrivateWord.Kind.
    """
    if kind not in PrivateWord.Kind.values:
        raise RuleBroken(_("Choose one of the words."))
    word = PrivateWord.objects.get_or_create(session=session, patient=patient, kind=kind, answered_at=None)[0]
    tell_live(session)
    return word


@transaction.atomic
def answer_word(*, session: Session, word: UUID, answer: str, by: Staff) -> PrivateWord:
    """Answers a private word of this session, for good.

    Raises RuleBroken when there is no such word, it was answered already, or this is not one of PrivateWord.Answer.
    """
    if answer not in PrivateWord.Answer.values:
        raise RuleBroken("Choose one of the answers.")
    found = PrivateWord.objects.select_for_update(of=("self",)).filter(session=session, pk=word).first()
    if found is None:
        raise RuleBroken("There is no such word in this session.")
    if found.answered_at:
        raise RuleBroken("This was answered already.")
    found.answer, found.answered_at, found.answered_by = answer, timezone.now(), by
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    tell_live(session)
    return found


def _open_room(session: Session) -> Room:
    """The room, held until the transaction ends, so that two leaders act one after the other."""
    room = Room.objects.select_for_update(of=("self",)).filter(session=session, ended_at=None).first()
    if room is None:
        raise RuleBroken("The room is not open.")
    return room


@transaction.atomic
def decide(*, session: Session, what: str, on: bool, by: Staff) -> None:
    """Pauses or locks the room or opens its chat, or undoes it; does nothing when it is so already.

    Raises RuleBroken when the room is not open, or `what` is not one of Decision.What. Source: RULE PRIV-41.
    """
    if what not in Decision.What.values:
        raise RuleBroken("This button is out of date. Open the room again.")
    _open_room(session)
    if getattr(queries.decided(session), what) == on:
        return
    Decision.objects.create(session=session, what=what, on=on, by=by)
    log.info("decided for the room", session=str(session.pk), what=what, on=on, by=str(by.pk))
    tell_live(session)


@transaction.atomic
def start_round(*, session: Session, by: Staff) -> Round:
    """A check-in round of everyone who is in, by when they came. Raises RuleBroken when nobody is, or one lasts."""
    _open_room(session)
    order = queries.patients_in(session)
    if not order:
        raise RuleBroken("Nobody is in the room yet, so there is no round to start.")
    with rules_speak():
        found = Round.objects.create(session=session, started_by=by, order=order)
    tell_live(session)
    return found


def _round_at(session: Session, patient: UUID) -> Round | None:
    """The round that is going on, when it is that patient's turn in it."""
    found = queries.round_now(session)
    return found if found and found.order[found.turn] == patient else None


@transaction.atomic
def next_turn(*, session: Session, after: UUID) -> None:
    """The turn after that patient's; the round ends after the last, and waits for who is away. Does nothing when it is
    not their turn: somebody who leads too was quicker, or a button was pressed twice."""
    _open_room(session)
    if found := _round_at(session, after):
        moved = rounds.advance(found.order, found.turn, queries.patients_in(session))
        if moved is None:
            found.ended_at = timezone.now()
        else:
            found.order, found.turn = moved
        found.save(update_fields=["order", "turn", "ended_at"])
        tell_live(session)


@transaction.atomic
def skip_turn(*, session: Session, patient: UUID) -> None:
    """That patient speaks later. Does nothing when it is not their turn, as in `next_turn`."""
    _open_room(session)
    if found := _round_at(session, patient):
        found.order, found.turn = rounds.skip(found.order, found.turn, queries.patients_in(session))
        found.save(update_fields=["order", "turn"])
        tell_live(session)


@transaction.atomic
def end_round(*, session: Session) -> None:
    """Ends the round before everyone had a turn. Does nothing when there is none."""
    _open_room(session)
    Round.objects.filter(session=session, ended_at=None).update(ended_at=timezone.now())
    tell_live(session)
