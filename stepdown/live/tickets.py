"""Tickets: the pages' signed word to the live process that this person may knock at this session's door.

A ticket holds ids only, is good for 60 seconds, and is used once (the live process remembers). Source: RULE PRIV-37.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

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
    """Who may knock where. Exactly one of `patient` and `staff` is set; `number` is different in every ticket."""

    number: str
    session: UUID
    patient: UUID | None
    staff: UUID | None

    @property
    def person(self) -> UUID:
        """The one of both that is set."""
        found = self.patient or self.staff
        if found is None:
            raise BadTicket("This way in is for nobody.")
        return found


def issue(*, session: Session, patient: Patient | None = None, staff: Staff | None = None) -> str:
    """A ticket for one person. Whoever calls this has asked `permissions` before."""
    if (patient is None) == (staff is None):
        raise ValueError("A ticket is for one patient or for one staff member.")
    person = {"p": str(patient.pk)} if patient else {"s": str(staff.pk)} if staff else {}
    return signing.dumps({"n": secrets.token_urlsafe(12), "on": str(session.pk), **person}, salt=SALT)


def read(text: str) -> Ticket:
    """Raises BadTicket when it is not ours or too old."""
    try:
        said = signing.loads(text, salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:  # also SignatureExpired
        raise BadTicket("This way in has run out. Open the room again.") from error
    patient, staff = said.get("p"), said.get("s")
    return Ticket(
        number=said["n"],
        session=UUID(said["on"]),
        patient=UUID(patient) if patient else None,
        staff=UUID(staff) if staff else None,
    )
