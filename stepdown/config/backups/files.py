"""Making and reading backup files: pg_dump and pg_restore, with encryption between them and the disk."""

import os
import subprocess
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psycopg
import pyrage
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from stepdown.config.backups.snapshot import Told, frozen, tell
from stepdown.config.supervisor.postgres import wheel_binaries

FORMAT = b"Stepdown backup 1\n"
OF_DEBIAN = Path("/usr/lib/postgresql")
LONGEST = 64 * 1024 * 1024  # bytes of what a backup tells of itself
KEPT_ERRORS = 2000  # characters of what a program said


class BackupFailed(Exception):
    """Why no backup was made, or none was brought back, and what to do."""


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
            program = [_program("pg_dump", told.server), "--format=custom", "--no-owner", "--no-privileges"]
            dump = _start([*program, f"--snapshot={snapshot}"], url, stdout=subprocess.PIPE)
            before = FORMAT + told.as_json().encode() + b"\n"
            pyrage.encrypt_io(_Behind(before, dump.stdout), file, [to])
            _end(dump)
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
    program = [_program("pg_restore", server), "--no-owner", "--no-privileges", "--exit-on-error"]
    # Standard input goes on behind what the backup tells of itself.
    bring = _start([*program, "--single-transaction"], url, stdin=subprocess.PIPE)
    try:
        _open(source, identity, _After(bring.stdin))
    finally:
        with suppress(BrokenPipeError):
            bring.stdin.close()  # type: ignore[union-attr]  # a pipe was asked for
    _end(bring)
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


def _program(name: str, server_version: int) -> str:
    """Debian's of the server's own release where it is installed, else the newest, which speaks to all older ones."""
    own = OF_DEBIAN / str(server_version // 10000) / "bin" / name
    return str(own if own.exists() else wheel_binaries() / name)


class _Running(subprocess.Popen[bytes]):
    """A program whose errors are read while it runs, so that it never waits for us."""

    said = b""

    def listen(self) -> None:
        self._listener = threading.Thread(target=self._listen, args=(self.stderr,), daemon=True)
        self._listener.start()

    def _listen(self, errors: IO[bytes]) -> None:
        self.said = errors.read()

    def end(self) -> int:
        code = self.wait()
        self._listener.join()
        return code


def _start(command: list[str], url: str, **pipes: int) -> _Running:
    """Starts one of PostgreSQL's programs on that database; the password is in its environment, not in its command."""
    password = str(conninfo_to_dict(url).get("password") or "")
    env = {"PATH": os.defpath, "PGPASSWORD": password}
    command = [*command, f"--dbname={make_conninfo(url, password=None)}"]
    program = _Running(command, env=env, stderr=subprocess.PIPE, **pipes)  # type: ignore[call-overload]  # pipes by name
    program.listen()
    return program


def _end(program: _Running) -> None:
    if program.end() != 0:
        said = program.said.decode(errors="replace").strip()[-KEPT_ERRORS:]
        raise BackupFailed(f"{Path(str(program.args[0])).name} failed: {said}")  # type: ignore[index]  # a list


def _for_our_eyes(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
