"""Where a note says how it is safe to reach a patient, nothing goes to them by itself: whose eyes are on the phone, and
when, no machine knows. One of the staff is told instead, reads the note and reaches them.

What they asked for a moment ago goes, and what somebody sends who has just read the note.
Source: 45 CFR 164.522(b), communications by other means or at other places.
"""

from collections.abc import Callable

from stepdown.outreach.models import Message
from stepdown.people.models import Patient, Staff
from stepdown.privacy.queries_restricted import who_is_called

BY_ITSELF = frozenset(
    {
        *("seat_offer", "meeting_moved", "meeting_off", "meeting_back", "meeting_added", "meetings_changed"),
        *("meeting_led", "written"),
    }
)
HELD_BACK = "A note says how it is safe to reach them."

# Who sits where decides who reaches whom, which a later stage knows.
Finder = Callable[[Patient], Staff | None]
_finders: list[Finder] = []


def provide(finder: Finder) -> None:
    """Sets who answers; the last one wins."""
    _finders[:] = [finder]


def holds_back(message: Message) -> bool:
    patient = message.patient
    return patient is not None and message.kind in BY_ITSELF and bool(patient.safe_contact_note)


def who_reaches(patient: Patient) -> list[Staff]:
    """Who tells them what no message may: who has most to do with them, else who is called in a danger."""
    found = _finders[0](patient) if _finders else None
    return [found] if found else who_is_called(patient)
