"""Text that lies sealed in the database: what it says, only a program that holds the installation's key can read.

A dump, a copy of a table or a search over it shows nothing. Sealed by Fernet (AES-128 in CBC with HMAC-SHA256), under a
key derived from STEPDOWN_SECRET_KEY and a purpose, so that what is sealed for one purpose opens for no other. Without
that key nothing brings the text back: it is kept apart from the data, as operations.md says.
"""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """Sealed under another key or for another purpose, or changed since."""


def sealed(purpose: str, text: str) -> str:
    """The text as it is stored; another one each time."""
    return _box(purpose).encrypt(text.encode()).decode()


def opened(purpose: str, stored: str) -> str:
    """What was sealed for that purpose. Raises Unreadable."""
    try:
        return _box(purpose).decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(purpose.partition(":")[0]) from error


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()))
