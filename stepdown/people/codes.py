"""The six digits that prove a new device, or who has a number, derived from the code's row and the secret key: they are
stored nowhere."""

import hmac
from datetime import timedelta

from stepdown.people.links import derived
from stepdown.people.models import EntryCode

LIFE = timedelta(minutes=10)
TRIES = 5
SENDS_AN_HOUR = 5
MINUTES = int(LIFE.total_seconds() // 60)


def digits_of(code: EntryCode, number: str = "") -> str:
    """Six digits, leading zeros kept. number: the one it is sent to, when it is to prove that one and no other."""
    return f"{int.from_bytes(derived(f'entry-code{number}', code.pk)) % 1_000_000:06}"


def matches(code: EntryCode, typed: str, number: str = "") -> bool:
    """Whether these are the digits, taking equally long for every answer."""
    return hmac.compare_digest(digits_of(code, number).encode(), typed.encode())
