"""The key ring: a file of keys with which text is sealed, the newest first. Plain Python, for the supervisor.

Each line is an id, the day the key was made, and 32 random bytes in base64. It lies apart from the data that it opens.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

BYTES = 32


class NoKeys(Exception):
    """There is no key ring, or it cannot be read; `str()` says where and what to do."""


@dataclass(frozen=True)
class Key:
    id: str
    made_on: str
    secret: bytes


def read(path: Path) -> tuple[Key, ...]:
    """The newest first. Raises NoKeys."""
    try:
        lines = path.read_text().split("\n")
        ring = tuple(_key(line) for line in lines if line)
    except (OSError, ValueError) as reason:
        raise NoKeys(f"The key ring {path} cannot be read. Bring it back from where its copy is kept.") from reason
    if not ring:
        raise NoKeys(f"The key ring {path} holds no key. Bring it back from where its copy is kept.")
    return ring


def make_if_missing(path: Path) -> None:
    """Begins a ring with one key, once: keys that were there are never replaced."""
    if not path.exists():
        _write(path, (new_key(),))


def add(path: Path) -> Key:
    """Puts a new key before the others; what is sealed from now on is sealed with it."""
    key = new_key()
    _write(path, (key, *read(path)))
    return key


def drop(path: Path, ids: set[str]) -> None:
    """Takes keys out of the ring, never the newest: what is still sealed with them opens no more."""
    newest, *others = read(path)
    _write(path, (newest, *(key for key in others if key.id not in ids)))


def new_key() -> Key:
    return Key(secrets.token_hex(4), datetime.now(UTC).date().isoformat(), secrets.token_bytes(BYTES))


def _key(line: str) -> Key:
    name, made_on, secret = line.split()
    key = Key(name, made_on, base64.urlsafe_b64decode(secret))
    if len(key.secret) != BYTES:
        raise ValueError(f"A key has {BYTES} bytes.")
    return key


def _write(path: Path, ring: tuple[Key, ...]) -> None:
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.touch(mode=0o600)
    lines = [f"{key.id} {key.made_on} {base64.urlsafe_b64encode(key.secret).decode()}\n" for key in ring]
    unfinished.write_text("".join(lines))
    unfinished.replace(path)
