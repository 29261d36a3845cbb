"""What people in the room tell and decide that outlasts the moment: private words to the leaders and their answers.

Like everything in `services`, each change has the live process read the session anew once it is committed.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.live.models import PrivateWord
from stepdown.live.services import tell_live
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session


@transaction.atomic
def tell_leaders(*, session: Session, patient: Patient, kind: str) -> PrivateWord:
    """Keeps a private word for the leaders; the same word said again while it is open stays one.

    Raises RuleBroken for a word that is not one of PrivateWord.Kind.
    """
    if kind not in PrivateWord.Kind.values:
        raise RuleBroken("Choose one of the words.")
    word, _ = PrivateWord.objects.get_or_create(session=session, patient=patient, kind=kind, answered_at=None)
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
