"""The data folder of one installation (STEPDOWN_HOME): what lies where, who may read it, and who holds it now."""

import fcntl
import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import TextIO

from stepdown.config.supervisor.accounts import FOR_THE_SYSTEM_USER, Account
from stepdown.config.supervisor.console import say
from stepdown.config.supervisor.postgres import SOCKET_NAME
from stepdown.config.supervisor.variables import read_variables, write_variables

SOCKET_PATH_BYTES = 100  # Source: unix(7), sun_path holds 108
GENERATED = (
    "STEPDOWN_SECRET_KEY",
    "STEPDOWN_DATABASE_PASSWORD",
    "STEPDOWN_WEB_DATABASE_PASSWORD",
    "STEPDOWN_JANUS_API_SECRET",
    "STEPDOWN_JANUS_ADMIN_SECRET",
    "STEPDOWN_JANUS_ROOM_KEY",
    "STEPDOWN_MEDIA_EVENTS_PATH",
)


class HomeTaken(Exception):
    """Another copy runs on this folder; `holder` is its process id, None when unknown."""

    def __init__(self, folder: Path, holder: int | None) -> None:
        super().__init__(
            f"Another copy of Stepdown (process {holder or 'unknown'}) runs on {folder}. Stop it first, or give this "
            "one a folder and a port of its own: make run STEPDOWN_HOME=… PORT=…"
        )
        self.holder = holder


class Home:
    """Folders and files below STEPDOWN_HOME. Making one makes the folders. Raises OSError.

    `shared` holds what postgres and janus own: below the home where their account can reach it, else below
    /var/lib/stepdown under a name of its own. Nobody's folder is opened to others for that.
    """

    def __init__(self, folder: Path, account: Account) -> None:
        self.folder = folder
        self.account = account
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.logs = _folder(folder / "logs", 0o700)
            self.pids = _folder(folder / "pids", 0o700)
            self.marks = _folder(folder / "marks", 0o700)
        except OSError as reason:
            raise OSError(
                f"Stepdown keeps its data in {folder} and cannot write there ({reason.strerror}). "
                "Choose another folder: make run STEPDOWN_HOME=…"
            ) from None
        self.static = folder / "static"
        self.shared = self._reachable()
        self.database = self.shared / "postgres"
        self.sockets = self._sockets()
        self._lock: TextIO | None = None

    def hold(self) -> None:
        """Takes the folder for this process until it ends, however it ends. Raises HomeTaken."""
        lock = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            raise HomeTaken(self.folder, int(holder) if holder.isdecimal() else None) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock

    def secrets(self) -> dict[str, str]:
        """Secrets of this installation by name of their environment variable: as set there, else made once and kept."""
        path = self.folder / "secrets"
        known = read_variables(path)
        missing = {name: secrets.token_urlsafe(48) for name in GENERATED if name not in known}
        if missing:
            write_variables(path, known | missing)
        return known | missing | {name: os.environ[name] for name in GENERATED if os.environ.get(name)}

    def _reachable(self) -> Path:
        own = _folder(self.folder / "data", 0o711)
        if self.account.can("-x", own):
            return own
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        elsewhere = FOR_THE_SYSTEM_USER / name
        if not elsewhere.exists():
            say(f"The database is kept in {elsewhere}, because its user cannot reach {self.folder}.")
        FOR_THE_SYSTEM_USER.mkdir(mode=0o755, parents=True, exist_ok=True)
        return _folder(elsewhere, 0o711)

    def _sockets(self) -> Path:
        for folder in self._places_for_sockets():
            if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES and self._takes(folder):
                return folder
        raise OSError("No folder with a path short enough for Unix sockets can be used.")

    def _places_for_sockets(self) -> list[Path]:
        name = f"stepdown-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]}"
        runtime = os.environ.get("XDG_RUNTIME_DIR")
        return [
            self.shared / "sockets",
            *([Path(runtime) / name] if runtime and self.account.can("-x", Path(runtime)) else []),
            Path(tempfile.gettempdir()) / name,
        ]

    def _takes(self, folder: Path) -> bool:
        """Makes the folder the account's alone; False when somebody else's folder lies there."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), self.account.uid}:
                return False
        self.account.owns(folder, 0o700)
        return True


def _folder(path: Path, mode: int) -> Path:
    path.mkdir(exist_ok=True)
    path.chmod(mode)
    return path
