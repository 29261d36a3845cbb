"""Tickets: the pages' signed word to the live process that this person may knock at this session's door.

A ticket holds ids only, is good for 60 seconds, and is used once (the live process remembers). Source: RULE PRIV-37.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing

from stepdown.live.domain.refusals import Reason, Refused
from stepdown.people.models import Patient, Staff
from stepdown.timetable.models import Session

SECONDS = 60
SALT = "stepdown.live.ticket"


class BadTicket(Refused):
    """Forged, too old, or used before."""

    def __init__(self, why: str) -> None:
        super().__init__(why, Reason.TICKET)


@dataclass(frozen=True)
class Ticket:
    """Who may knock where. One of `patient`, `staff` and `tester` is set; `number` is different in every ticket.

    `browser` is the mark of the browser it was given to (people.endings), as long as which is signed in it is good for.
    A tester is nobody: one end of a room-check, in a throw-away room of which the tables know nothing, on the media
    server that is named.
    """

    number: str
    session: UUID
    patient: UUID | None
    staff: UUID | None
    tester: UUID | None = None
    visit: UUID | None = None
    server: str = ""
    browser: str = ""

    @property
    def person(self) -> UUID:
        """The one that is set."""
        found = self.patient or self.staff or self.visit or self.tester
        if found is None:
            raise BadTicket("This way in is for nobody.")
        return found


def issue(*, session: Session, patient: Patient | None = None, staff: Staff | None = None, browser: str = "") -> str:
    """A ticket for one person. Whoever calls this has asked `permissions` before."""
    if (patient is None) == (staff is None):
        raise ValueError("A ticket is for one patient or for one staff member.")
    person = {"p": str(patient.pk)} if patient else {"s": str(staff.pk)} if staff else {}
    return _signed(session.pk, person | {"b": browser})


def issue_for_visit(*, session: Session, visit: UUID, browser: str = "") -> str:
    """A ticket for who observes, supervises or visits. Whoever calls this has asked `permissions` before."""
    return _signed(session.pk, {"w": str(visit), "b": browser})


def issue_for_test(room: UUID, server: str = "") -> str:
    """A ticket for one end of a room-check; `room` is any new id, `server` the media server that is asked about, or ""
    for whichever takes the next room."""
    return _signed(room, {"t": str(uuid4()), "v": server})


def _signed(session: UUID, person: dict[str, str]) -> str:
    return signing.dumps({"n": secrets.token_urlsafe(12), "on": str(session), **person}, salt=SALT)


def read(text: str) -> Ticket:
    """Raises BadTicket when it is not ours or too old."""
    try:
        said = signing.loads(text, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, UnicodeEncodeError) as error:  # also SignatureExpired; half a character is no text
        raise BadTicket("This way in has run out. Open the room again.") from error
    patient, staff, tester = said.get("p"), said.get("s"), said.get("t")
    return Ticket(
        number=said["n"],
        session=UUID(said["on"]),
        patient=UUID(patient) if patient else None,
        staff=UUID(staff) if staff else None,
        tester=UUID(tester) if tester else None,
        visit=UUID(said["w"]) if "w" in said else None,
        server=said.get("v", ""),
        browser=said.get("b", ""),
    )
