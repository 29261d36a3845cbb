"""Whom to call after the group: who asked for it in a private word, or for help and nobody answered, and who was
promised it in the answer."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from stepdown.live import queries
from stepdown.live.models import CalledBack, PrivateWord
from stepdown.live.services_inside import answer_word
from stepdown.people.models import Role, Staff
from stepdown.people.visibility import not_hidden
from stepdown.timetable.models import Session

ASKS = (PrivateWord.Kind.CALL, PrivateWord.Kind.HELP)
PROMISED = Q(answer=PrivateWord.Answer.CALL) | Q(kind__in=ASKS, answered_at=None)


@dataclass(frozen=True)
class ToCall:
    """`phone` is where they said last to call back, else their own number."""

    word: PrivateWord
    phone: str


def words_told(staff: Staff) -> QuerySet[PrivateWord]:
    """The private words of the sessions this person leads, and those they answered where they led for somebody else;
    for a director also all of the sessions that they led in the room, and every word for help that nobody answered."""
    theirs = Q(session__leader=staff) | Q(session__co_leader=staff) | Q(answered_by=staff)
    if staff.has_role(Role.DIRECTOR):
        theirs |= Q(session__in=queries.rooms_led(staff).values("session")) & not_hidden(staff)
        theirs |= Q(kind=PrivateWord.Kind.HELP, answered_at=None) & not_hidden(staff)
    return PrivateWord.objects.filter(theirs)


def words_to_call(staff: Staff, session: Session | None = None) -> QuerySet[PrivateWord]:
    """Of those, whom to call and what is not ticked off yet, of one session or of all, the oldest first."""
    found = words_told(staff).filter(PROMISED, called_back=None)
    if session:
        found = found.filter(session=session)
    return found.select_related("patient", "session__group").order_by("at")


def to_call(staff: Staff, session: Session | None = None) -> list[ToCall]:
    """Two queries."""
    words = list(words_to_call(staff, session))
    checks = queries.last_door_checks(word.patient_id for word in words)
    return [
        ToCall(word, checks[word.patient_id].callback_phone if word.patient_id in checks else word.patient.phone)
        for word in words
    ]


@transaction.atomic
def tick_off(*, word: UUID, by: Staff) -> None:
    """The call was made, which answers a word that nobody answered: said again, it is a new one. Does nothing when it
    is ticked off already or was never theirs to make."""
    if found := words_to_call(by).select_for_update(of=("self",)).filter(pk=word).first():
        CalledBack.objects.create(word=found, by=by)
        if found.answered_at is None:
            answer_word(session=found.session, word=found.pk, answer=PrivateWord.Answer.CALLED, by=by)
