"""A yes or a no to a held seat, by text message. The phone the offer went to answers for it."""

from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.outreach.models import Message
from stepdown.outreach.replies import Answer
from stepdown.outreach.services import send
from stepdown.people.models import Patient
from stepdown.placement import queries, services


def take(phone: str, answer: Answer | None) -> None:
    """Accepts or declines the one seat that is held for whoever has this phone, and tells them.

    Where that is not clear (other words, two people with one phone, run out by now) nothing changes: they are told
    where to look. Who was offered nothing of late hears nothing.
    """
    seats = queries.offered_to_phone(phone, timezone.now())
    act = {"yes": services.accept_seat, "no": services.decline_seat}.get(answer or "")
    if act and len(seats) == 1:
        seat = seats[0]
        try:
            act(seat=seat, by=seat.patient)
        except RuleBroken:
            _tell(seat.patient, Message.Kind.REPLY_UNCLEAR)
        else:
            _tell(seat.patient, Message.Kind.SEAT_KEPT if answer == "yes" else Message.Kind.SEAT_GIVEN_UP)
        return
    for patient in {seat.patient for seat in seats}:
        _tell(patient, Message.Kind.REPLY_UNCLEAR)


def _tell(patient: Patient, kind: str) -> None:
    send(patient=patient, kind=kind)
