"""What lies sealed in the database, text and files: only a program that holds the installation's key ring can read it.

A dump, a copy of a table or a search over it shows nothing. Sealed by AES-256-GCM, with a key that follows (HKDF,
SHA-256) from the newest key of the ring and a purpose, so that what is sealed for one purpose opens for no other. The
id of the key stands before what is sealed; after a rotation the older ones still open what they sealed. Without the
ring nothing brings the text back: it is kept apart from the data, as operations.md says.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from stepdown.kernel import keys

MARK = 16  # bytes
NONCE = 12  # bytes. Source: NIST SP 800-38D, 5.2.1.1
AFTER_ID = "."


class Unreadable(Exception):
    """Sealed under a key that is not in the ring or for another purpose, or changed since."""


def sealed(purpose: str, text: str) -> str:
    """The text as it is stored; another one each time."""
    key, box = _seal(purpose, text.encode())
    return f"{key}{AFTER_ID}{base64.urlsafe_b64encode(box).decode()}"


def opened(purpose: str, stored: str) -> str:
    """What was sealed for that purpose. Raises Unreadable."""
    key, _, box = stored.partition(AFTER_ID)
    try:
        return _open(purpose, key, base64.urlsafe_b64decode(box)).decode()
    except (ValueError, binascii.Error) as error:
        raise Unreadable(_kind(purpose)) from error


def sealed_bytes(purpose: str, content: bytes) -> bytes:
    """The content as it is stored; another one each time."""
    key, box = _seal(purpose, content)
    return f"{key}{AFTER_ID}".encode() + box


def opened_bytes(purpose: str, stored: bytes) -> bytes:
    """What was sealed for that purpose. Raises Unreadable."""
    key, _, box = stored.partition(AFTER_ID.encode())
    return _open(purpose, key.decode(errors="replace"), box)


def marks(purpose: str, text: str) -> list[str]:
    """By which whoever has the keys finds that very text where it lies sealed for that purpose: a mark for each key of
    the ring, the newest first. Who has no key learns from two marks whether two texts are the same, and no more.

    HMAC-SHA-256 under a key of its own for each purpose, cut to 128 bits. Source: NIST SP 800-107, 5.3.3."""
    return [_mark(key.id, purpose, text) for key in ring()]


def key_of(stored: str) -> str:
    """The id of the key it was sealed with."""
    return stored.partition(AFTER_ID)[0]


def ring() -> tuple[keys.Key, ...]:
    """The keys as the file has them now: who runs for weeks seals with a new key from the moment it is there."""
    return _ring(settings.KEY_RING)


def _ring(path: Path) -> tuple[keys.Key, ...]:
    found = path.stat() if path.exists() else None
    return _read(path, (found.st_mtime_ns, found.st_ino) if found else None)


@lru_cache(maxsize=2)
def _read(path: Path, _as_of: tuple[int, int] | None) -> tuple[keys.Key, ...]:
    return keys.read(path)


def _seal(purpose: str, content: bytes) -> tuple[str, bytes]:
    """The id of the key, and what it sealed."""
    key, nonce = ring()[0].id, os.urandom(NONCE)
    return key, nonce + _box(settings.KEY_RING, key, purpose).encrypt(nonce, content, None)


def _open(purpose: str, key: str, box: bytes) -> bytes:
    try:
        return _box(settings.KEY_RING, key, purpose).decrypt(box[:NONCE], box[NONCE:], None)
    except (ValueError, InvalidTag) as error:
        raise Unreadable(_kind(purpose)) from error


def _mark(key: str, purpose: str, text: str) -> str:
    under = hmac.digest(_marking(settings.KEY_RING, key, purpose), text.encode(), "sha256")[:MARK]
    return base64.urlsafe_b64encode(under).decode().rstrip("=")


def _kind(purpose: str) -> str:
    """Without the ids that may stand behind it, so that it can stand in a log."""
    return purpose.partition(":")[0]


@lru_cache(maxsize=256)
def _box(path: Path, key: str, purpose: str) -> AESGCM:
    """Rows are opened by the hundred, so the file is looked at once for each key. Raises ValueError without one."""
    return AESGCM(_derived(path, key, purpose))


@lru_cache(maxsize=256)
def _marking(path: Path, key: str, purpose: str) -> bytes:
    return _derived(path, key, f"mark:{purpose}")


def _derived(path: Path, key: str, purpose: str) -> bytes:
    (secret,) = [each.secret for each in _ring(path) if each.id == key]
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret)


@dataclass(frozen=True)
class Store:
    """A place where something lies sealed, for whoever rotates keys.

    count: of how many pieces each key is the one, by its id. renew: seals some of those anew that another key than this
    one sealed, in one transaction, and returns how many; 0 when none is left.
    """

    name: str
    count: Callable[[], dict[str, int]]
    renew: Callable[[str], int]


_stores: list[Store] = []


def kept_in(store: Store) -> None:
    """Tells of a store, in the AppConfig.ready() of its stage."""
    _stores.append(store)


def stores() -> Iterator[Store]:
    return iter(_stores)
