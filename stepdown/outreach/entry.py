"""The way in on a new device. A patient: the personal link, the date of birth, and a code sent to their phone. Whom a
patient gave a page: their link, and a code sent to the phone or e-mail address that the patient gave.

Whoever holds a link that is not theirs learns nothing: each answer is the same for a right and a wrong date of birth
until both the date and the code are right.
"""

import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.outreach import services
from stepdown.outreach.models import Message
from stepdown.people import codes
from stepdown.people.models import EntryCode, Patient, Supporter
from stepdown.people.services import trust_device
from stepdown.people.services_supporters import trust_browser


@dataclass(frozen=True)
class Try:
    """What came of it: `refused` is the sentence for the person, or empty; `secret` is for the device's cookie."""

    refused: str = ""
    secret: str = ""


@transaction.atomic
def ask_for_code(*, patient: Patient, born: date) -> Try:
    """Sends six digits to the patient's phone when this is their date of birth; says the same when it is not.

    A code is counted either way, at most SENDS_AN_HOUR of them, and the one before it stops working.
    """
    Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    code = new_code(patient)
    if code is None:
        return Try(refused=_("You have asked for many codes. Wait an hour, or call us."))
    if _is_birthday(patient, born):
        services.send(patient=patient, kind=Message.Kind.ENTRY_CODE, entry_code=code)
    return Try()


@transaction.atomic
def ask_for_supporters_code(*, supporter: Supporter) -> Try:
    """Six digits to where the patient said they are reached; the one before stops working, and there are as many an
    hour as for patients."""
    Supporter.objects.select_for_update(of=("self",)).get(pk=supporter.pk)
    code = new_code(supporter)
    if code is None:
        return Try(refused=_("You have asked for many codes. Wait an hour, then try again."))
    services.send_to_supporter(supporter=supporter, kind=Message.Kind.ENTRY_CODE, entry_code=code)
    return Try()


def new_code(owner: Patient | Supporter, opens: str = EntryCode.Opens.ENTRY) -> EntryCode | None:
    """A code for that, instead of the one before. None when they asked for SENDS_AN_HOUR within the hour. Whoever calls
    holds the owner's row."""
    now = timezone.now()
    theirs = owner.entry_codes.filter(opens=opens)
    if theirs.filter(sent_at__gt=now - timedelta(hours=1)).count() >= codes.SENDS_AN_HOUR:
        return None
    theirs.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    return owner.entry_codes.create(opens=opens, sent_at=now, expires_at=now + codes.LIFE)


@transaction.atomic
def enter(*, patient: Patient, born: date, typed: str, user_agent: str = "") -> Try:
    """Knows this device from now on when date and code are both right. Each call uses up one of the code's tries."""
    code = open_code(patient)
    if code is None:
        return Try(refused=_("This code does not work any more. Ask for a new one."))
    if not _tried(code, codes.matches(code, typed) & _is_birthday(patient, born)):
        return Try(
            refused=_("This code and your date of birth do not fit together. Check both, or ask for a new code.")
        )
    _device, secret = trust_device(patient=patient, user_agent=user_agent)
    return Try(secret=secret)


@transaction.atomic
def enter_as_supporter(*, supporter: Supporter, typed: str, known_by: str) -> Try:
    """Knows this browser for a month when the code is right; known_by: the secret that it holds already, or "". Not by
    a link that was replaced meanwhile."""
    same = Supporter.objects.select_for_update(of=("self",)).filter(pk=supporter.pk, key=supporter.key)
    code = open_code(supporter) if same.first() else None
    if code is None:
        return Try(refused=_("This code does not work any more. Ask for a new one."))
    if not _tried(code, codes.matches(code, typed)):
        return Try(refused=_("This is not the code we sent. Check it, or ask for a new one."))
    return Try(secret=trust_browser(supporter=supporter, known_by=known_by))


def open_code(owner: Patient | Supporter, opens: str = EntryCode.Opens.ENTRY) -> EntryCode | None:
    """The newest code for that which may still be tried, held until the transaction ends."""
    can_open = Q(opens=opens, used_at=None, expires_at__gt=timezone.now(), tries__lt=codes.TRIES)
    waiting = owner.entry_codes.select_for_update().filter(can_open)
    return waiting.order_by("-sent_at").first()


def _tried(code: EntryCode, is_right: bool) -> bool:
    """Uses up one of the code's tries, or all of it when it was right, which is given back."""
    code.tries += 1
    if is_right:
        code.used_at = timezone.now()
    code.save(update_fields=["tries", "used_at"])
    return is_right


def _is_birthday(patient: Patient, born: date) -> bool:
    return hmac.compare_digest(patient.date_of_birth.isoformat(), born.isoformat())
