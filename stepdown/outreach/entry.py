"""A patient's way in on a new device: the personal link, the date of birth, and a code sent to their phone.

Whoever holds a link that is not theirs learns nothing: each answer is the same for a right and a wrong date of birth
until both the date and the code are right.
"""

import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stepdown.outreach import services
from stepdown.outreach.models import Message
from stepdown.people import codes
from stepdown.people.models import EntryCode, Patient
from stepdown.people.services import trust_device


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
    now = timezone.now()
    if patient.entry_codes.filter(sent_at__gt=now - timedelta(hours=1)).count() >= codes.SENDS_AN_HOUR:
        return Try(refused=_("You have asked for many codes. Wait an hour, or call us."))
    patient.entry_codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    code = EntryCode.objects.create(patient=patient, sent_at=now, expires_at=now + codes.LIFE)
    if _is_birthday(patient, born):
        services.send(patient=patient, kind=Message.Kind.ENTRY_CODE, entry_code=code)
    return Try()


@transaction.atomic
def enter(*, patient: Patient, born: date, typed: str, user_agent: str = "") -> Try:
    """Knows this device from now on when date and code are both right. Each call uses up one of the code's tries."""
    now = timezone.now()
    code = (
        EntryCode.objects.select_for_update()
        .filter(patient=patient, used_at=None, expires_at__gt=now, tries__lt=codes.TRIES)
        .order_by("-sent_at")
        .first()
    )
    if code is None:
        return Try(refused=_("This code does not work any more. Ask for a new one."))
    code.tries += 1
    is_right = codes.matches(code, typed) & _is_birthday(patient, born)
    if not is_right:
        code.save(update_fields=["tries"])
        return Try(
            refused=_("This code and your date of birth do not fit together. Check both, or ask for a new code.")
        )
    code.used_at = now
    code.save(update_fields=["tries", "used_at"])
    _device, secret = trust_device(patient=patient, user_agent=user_agent)
    return Try(secret=secret)


def _is_birthday(patient: Patient, born: date) -> bool:
    return hmac.compare_digest(patient.date_of_birth.isoformat(), born.isoformat())
