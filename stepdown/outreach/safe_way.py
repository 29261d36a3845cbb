"""Where a note says how it is safe to reach a patient, nothing goes to them by itself: whose eyes are on the phone, and
when, no machine knows. One of the staff is told instead, reads the note and reaches them.

What they asked for a moment ago goes, and what somebody sends who has just read the note.
Source: 45 CFR 164.522(b), communications by other means or at other places.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from stepdown.outreach.models import Message
from stepdown.people.models import Patient, Staff
from stepdown.privacy.queries_restricted import who_is_called
from stepdown.ui.when import in_words

BY_ITSELF = frozenset(
    {
        *("seat_offer", "meeting_moved", "meeting_off", "meeting_back", "meeting_added", "meetings_changed"),
        *("meeting_led", "written"),
    }
)
HELD_BACK = "A note says how it is safe to reach them."
NOTED = "Where a note says how it is safe to reach somebody, whoever looks after them is asked to tell them."

# Who sits where decides who reaches whom, and absences decide who is there: later stages know both.
Finder = Callable[[Patient], Iterable[Staff]]
There = Callable[[datetime], QuerySet[Staff]]
_finders: list[Finder] = []
_theres: list[There] = []


def provide(finder: Finder) -> None:
    """Sets who answers who could reach a patient, who has most to do with them first; the last one wins."""
    _finders[:] = [finder]


def provide_there(there: There) -> None:
    """Sets who answers which of the staff are not away then; the last one wins."""
    _theres[:] = [there]


def holds_back(message: Message) -> bool:
    patient = message.patient
    return patient is not None and message.kind in BY_ITSELF and bool(patient.safe_contact_note)


def who_reaches(patient: Patient) -> list[Staff]:
    """Who tells them what no message may: who has most to do with them of those who are not away, else who is called
    in a danger."""
    found = (one for one in (_finders[0](patient) if _finders else ()) if _is_there(one))
    return [one] if (one := next(found, None)) else who_is_called(patient)


def _is_there(staff: Staff) -> bool:
    return not _theres or _theres[0](timezone.now()).filter(pk=staff.pk).exists()


def said_of_one(patient: Patient, told: str) -> str:
    """What staff read of a message to this patient: `told`, or that nobody but they tell them."""
    if not patient.safe_contact_note:
        return told
    return "No message goes out, as a note says how it is safe to reach them: tell them of it."


def said_of_all(patients: Iterable[Patient], told: str) -> str:
    """What staff read of a message to many, without names: "Everyone" and `told`, what becomes of each; and how many of
    these patients no message goes to."""
    untold = sum(bool(patient.safe_contact_note) for patient in patients)
    if not untold:
        return f"Everyone {told}"
    who = "one person" if untold == 1 else f"{in_words(untold)} people"
    return (
        f"Everyone but {who} {told} No message goes to them, as a note says how it is safe to reach them: whoever "
        "looks after them is asked to tell them."
    )
