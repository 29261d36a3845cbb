"""Sending something to a patient, or to one of the staff."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.outreach import replies, tasks
from stepdown.outreach.models import Message, Received
from stepdown.outreach.safe_way import HELD_BACK, who_reaches
from stepdown.people.models import EntryCode, Patient, Role, Staff, Supporter
from stepdown.people.services import issue_link


@transaction.atomic
def send(
    *,
    patient: Patient,
    kind: str,
    channel: str = Message.Channel.TEXT,
    about: datetime | None = None,
    was: datetime | None = None,
    entry_code: EntryCode | None = None,
    phone: str = "",
) -> Message:
    """Writes the message down and leaves the sending to the worker, which starts once this transaction is kept.

    kind: a value of Message.Kind. about: the aware time it speaks of. was: of a place that is held, the first meeting,
    before which it has to come. entry_code: goes with Kind.ENTRY_CODE. phone: the number it goes to, if not theirs.
    """
    message = Message.objects.create(
        patient=patient, kind=kind, channel=channel, about=about, was=was, entry_code=entry_code, phone=phone
    )
    tasks.deliver.defer(message_id=str(message.pk))
    return message


@transaction.atomic
def send_to_supporter(*, supporter: Supporter, kind: str, entry_code: EntryCode | None = None) -> Message:
    """To whom a patient gave a page, by the one way in which the patient said they are reached."""
    message = Message.objects.create(supporter=supporter, kind=kind, channel=_channel(supporter), entry_code=entry_code)
    tasks.deliver.defer(message_id=str(message.pk))
    return message


@transaction.atomic
def tell_all(
    *,
    patients: Iterable[Patient] = (),
    staff: Iterable[Staff] = (),
    kind: str,
    about: datetime | None = None,
    was: datetime | None = None,
    page: Callable[[Staff], str] | None = None,
) -> int:
    """The same to several people, each in their own language and zone: by text message, or by e-mail to who gave no
    number. Returns how many. kind, about: as in `send`; was: the aware time before, of what moved; page: the path of
    the page where the message leads one of the staff, left out: where they arrive."""
    to: list[dict[str, Any]] = [{"patient": patient, "channel": _channel(patient)} for patient in patients]
    to += [{"staff": one, "channel": _channel(one), "page": page(one) if page else ""} for one in staff]
    messages = Message.objects.bulk_create(Message(kind=kind, about=about, was=was, **reader) for reader in to)
    if messages:
        jobs: list[dict[str, Any]] = [{"message_id": str(message.pk)} for message in messages]
        tasks.deliver.batch_defer(*jobs)
    return len(messages)


def _channel(person: Patient | Staff | Supporter) -> str:
    return Message.Channel.TEXT if person.phone else Message.Channel.EMAIL


@transaction.atomic
def hold_back(*, message: Message) -> None:
    """Nothing is sent, as a note says how it is safe to reach them: who does that is told so. Twice is once."""
    rows = Message.objects.filter(pk=message.pk).exclude(failure=HELD_BACK)
    if message.patient and rows.update(failed_at=timezone.now(), failure=HELD_BACK):
        page = reverse("outreach:patient_link", args=[message.patient.pk])
        tell_all(staff=who_reaches(message.patient), kind=Message.Kind.LOOK, page=lambda _one: page)


@transaction.atomic
def call_in(*, staff: Staff) -> Message:
    """Tells one of the staff that they are needed at once: by text message, or by e-mail to who gave no number."""
    message = Message.objects.create(staff=staff, kind=Message.Kind.NEEDED_NOW, channel=_channel(staff))
    tasks.deliver.defer(message_id=str(message.pk))
    return message


@transaction.atomic
def send_new_link(*, patient: Patient, by: Staff | None = None) -> Message:
    """A new personal link by text message; the one before it stops working."""
    issue_link(patient=patient, by=by)
    return send(patient=patient, kind=Message.Kind.PERSONAL_LINK)


@transaction.atomic
def take_reply(reply: replies.Reply) -> None:
    """Tells whoever asked. The provider hands a message over again when it is not sure; twice is once."""
    _row, is_new = Received.objects.get_or_create(receipt=reply.receipt)
    if is_new:
        replies.told(reply)


def tell_that_looks_are_broken() -> int:
    """To privacy officers: the list of who looked is not as it was written. The page says more. Returns how many."""
    page = reverse("privacy:looks")
    return tell_all(staff=Staff.objects.with_role(Role.PRIVACY), kind=Message.Kind.LOOK, page=lambda _one: page)


def tell_that_an_emergency_waits() -> int:
    """To privacy officers: the facts of an emergency disclosure are not written down after an hour. Returns how many.
    Source: RULE PRIV-22."""
    page = reverse("privacy:work")
    return tell_all(staff=Staff.objects.with_role(Role.PRIVACY), kind=Message.Kind.LOOK, page=lambda _one: page)


def tell_that_a_record_was_opened() -> int:
    """To privacy officers: somebody opened a record in an emergency. The page says more. Returns how many."""
    page = reverse("privacy:accesses")
    return tell_all(staff=Staff.objects.with_role(Role.PRIVACY), kind=Message.Kind.LOOK, page=lambda _one: page)


def tell_that_a_named_person_went() -> int:
    """To privacy officers: who was named for a restricted record cannot be called any more. Returns how many."""
    page = reverse("privacy:restricted")
    return tell_all(staff=Staff.objects.with_role(Role.PRIVACY), kind=Message.Kind.LOOK, page=lambda _one: page)


@transaction.atomic
def tell_of_reset(staff: Staff) -> Message:
    """Tells one of the staff that their sign-in was reset: by e-mail, as the phone may be what was lost."""
    message = Message.objects.create(staff=staff, kind=Message.Kind.SIGN_IN_RESET, channel=Message.Channel.EMAIL)
    tasks.deliver.defer(message_id=str(message.pk))
    return message
