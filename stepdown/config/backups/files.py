"""Making and reading backup files: pg_dump and pg_restore, with encryption between them and the disk."""

import os
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage

from stepdown.config.backups.programs import BackupFailed, running
from stepdown.config.backups.snapshot import Told, frozen, tell

FORMAT = b"Stepdown backup 1\n"
OURS = ("--no-owner", "--no-privileges")  # they belong to whoever brings them back; rights come by grants.sql
LONGEST = 64 * 1024 * 1024  # bytes of what a backup tells of itself


def make(url: str, target: Path, recipient: str, keys: Iterable[str] = ()) -> Told:
    """Writes a backup of that database to a new file, encrypted to that public key; returns what it tells of itself.

    Others read and write meanwhile; all of it is of one moment. keys: ids of those in the key ring that open what lies
    sealed in it. Raises BackupFailed, and leaves no file then.
    """
    to = _recipient(recipient)
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        with frozen(url) as (connection, snapshot), _for_our_eyes(unfinished) as file:
            told = tell(connection, keys)
            before = FORMAT + told.as_json().encode() + b"\n"
            words = ["--format=custom", *OURS, f"--snapshot={snapshot}"]
            with running("pg_dump", url, *words, server=told.server, stdout=subprocess.PIPE) as dump:
                pyrage.encrypt_io(_Behind(before, dump.stdout), file, [to])
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except (psycopg.Error, OSError, pyrage.EncryptError) as reason:
        raise BackupFailed(f"No backup was made: {reason}") from reason
    finally:
        unfinished.unlink(missing_ok=True)
    return told


def restore(source: Path, identity: Path, url: str) -> Told:
    """Brings a backup back into an empty database, all of it or nothing, and returns what it tells of itself. Raises
    BackupFailed."""
    _check_empty(url)
    told = read_told(source, identity)
    with psycopg.connect(url) as connection:
        server = connection.info.server_version
    words = [*OURS, "--exit-on-error", "--single-transaction"]
    with running("pg_restore", url, *words, server=server, stdin=subprocess.PIPE) as bring:
        _open(source, identity, _After(bring.stdin))
    return told


def read_told(source: Path, identity: Path) -> Told:
    """What a backup tells of itself; reads no further. Raises BackupFailed."""
    after = _After(None)
    with suppress(_Enough):
        _open(source, identity, after)
    return after.told


class _Enough(OSError):
    """Nothing further is to be read."""


class _Behind:
    """A stream that begins with these bytes."""

    def __init__(self, first: bytes, then: Any) -> None:
        self._first, self._then = first, then

    def read(self, size: int = -1) -> bytes:
        if self._first:
            taken = self._first if size < 0 else self._first[:size]
            self._first = self._first[len(taken) :]
            return taken
        read: bytes = self._then.read(size)
        return read


class _After:
    """Takes an opened backup: keeps what it tells of itself, writes the rest there. Raises _Enough without a there."""

    def __init__(self, there: Any) -> None:
        self._there, self._begun = there, b""
        self._told: Told | None = None

    def write(self, data: bytes) -> int:
        if self._told is not None:
            self._there.write(data)
            return len(data)
        self._begun += data
        if not self._begun.startswith(FORMAT[: len(self._begun)]) or len(self._begun) > LONGEST:
            raise BackupFailed("This is no backup of Stepdown, or one of a later release.")
        if self._begun.startswith(FORMAT) and b"\n" in self._begun[len(FORMAT) :]:
            line, _, rest = self._begun[len(FORMAT) :].partition(b"\n")
            self._told = Told.from_json(line)
            if self._there is None:
                raise _Enough
            self._there.write(rest)
        return len(data)

    def flush(self) -> None:
        if self._there is not None:
            self._there.flush()

    @property
    def told(self) -> Told:
        if self._told is None:
            raise BackupFailed("The backup ends before it begins. It was cut off; take another one.")
        return self._told


def _open(source: Path, identity: Path, there: _After) -> None:
    if not source.is_file():
        raise BackupFailed(f"There is no file {source}.")
    try:
        with source.open("rb") as file:
            pyrage.decrypt_io(file, there, _identities(identity))
    except _Enough:
        raise
    except BrokenPipeError:
        return  # the other program says why it takes no more
    except (OSError, pyrage.DecryptError) as reason:
        raise BackupFailed(f"{source} cannot be opened with the key in {identity}: {reason}") from reason


def _identities(path: Path) -> Sequence[Any]:
    """Keys as `age-keygen` writes them, one a line."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, pyrage.IdentityError) as reason:
        raise BackupFailed(f"The key file {path} cannot be read: {reason}") from reason
    if not found:
        raise BackupFailed(f"The key file {path} holds no key.")
    return found


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as reason:
        raise BackupFailed(f"{text!r} is no public key for backups; it begins with age1.") from reason


def _check_empty(url: str) -> None:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    if found:
        raise BackupFailed("That database has tables. A backup is brought back into an empty one; make one first.")


def _for_our_eyes(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
