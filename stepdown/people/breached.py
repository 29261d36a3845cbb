"""Passwords that were found in breaches, looked up in lists on this machine; nobody outside is asked.

Always: the 30,000 most used in breaches that come with zxcvbn, and what is made from them. With the setting
BREACHED_PASSWORDS also the whole list of Have I Been Pwned, as its downloader makes it.
"""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from zxcvbn import zxcvbn

from stepdown.people.models import Account
from stepdown.people.queries import center

LOOKED_AT = 72  # characters; what comes after makes no password easier to guess
HARD_ENOUGH = 3  # of zxcvbn's 0 to 4: more than 10^8 tries
DIGEST = 40  # hex digits
STOLEN = _(
    "This password is in lists of stolen ones, or easily made from one. Choose four words in a row, for example."
)


class BreachedPasswordValidator:
    """Refuses a password that is on one of the lists, or made from such a one or from what everybody here knows.

    Source: NIST SP 800-63B, 5.1.1.2, values known to be commonly used, expected or compromised.
    """

    def validate(self, password: str, user: Account | None = None) -> None:
        listed = settings.BREACHED_PASSWORDS and is_listed(password, Path(settings.BREACHED_PASSWORDS))
        if listed or easily_guessed(password, known_here(user)):
            raise ValidationError(STOLEN, code="password_breached")

    def get_help_text(self) -> str:
        return str(_("Four words in a row that only you would put together are good."))


def known_here(user: Account | None) -> list[str]:
    """Words about the owner of a password and this place."""
    ours = center()
    return ["stepdown", *re.findall(r"\w{3,}", f"{ours.name if ours else ''} {user.email if user else ''}".lower())]


def easily_guessed(password: str, known: Iterable[str] = ()) -> bool:
    """Whether the password is among the most used in breaches, or made from them, from keys in a row, from dates, or
    from `known` words."""
    return zxcvbn(password[:LOOKED_AT], user_inputs=list(known))["score"] < HARD_ENOUGH


def is_listed(password: str, file: Path) -> bool:
    """Whether the password is in a file of lines "SHA-1 in hex:count", ordered by the SHA-1. Found in about 40 steps,
    however large the file is; raises OSError when it cannot be read."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            line = _line_after(lines, middle)
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        return wanted in {_line_after(lines, low), _line_after(lines, 0)}


def _line_after(lines: BinaryIO, place: int) -> bytes:
    """The digest on the first line that begins at this byte or after it; empty at the end."""
    lines.seek(place)
    if place:
        lines.readline()  # the rest of a line that began before
    return lines.readline()[:DIGEST].upper()
