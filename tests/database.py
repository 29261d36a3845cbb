"""One throw-away PostgreSQL for a whole test run, shared by its parallel workers."""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from stepdown.config.supervisor import postgres
from stepdown.config.supervisor.accounts import unprivileged
from stepdown.config.supervisor.processes import command_of
from tests import scratch, tables

URL = "STEPDOWN_TEST_DATABASE_URL"
TEMPLATE = "STEPDOWN_TEST_TEMPLATE"  # the database there that test databases are copies of
PREFIX = "stepdown-tests-"


class RunDatabase:
    """The server of this run: `url` is known before it starts, so that settings can be read first."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        account = unprivileged()
        self.kept = tables.Kept()
        self.cluster = postgres.Cluster(
            data=self.folder / "data",
            sockets=self.folder,
            password=self.kept.password,
            log=self.folder / "log",
            account=account,
            binaries=postgres.reachable_binaries(account),
            settings=postgres.THROW_AWAY,
        )
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.cluster.url_of("postgres")

    def start(self) -> None:
        """Returns when it takes connections."""
        self.cluster.account.owns(self.folder, 0o700)
        if self.kept.is_there:
            self.kept.lend(self.cluster.data)
        else:
            self._make()
        self.process = self.cluster.start()

    def _make(self) -> None:
        self.cluster.make()
        self.process = self.cluster.start()
        tables.make(self.cluster)
        postgres.stop(self.process)
        self.kept.keep(self.cluster)

    def stop(self) -> None:
        """Stops the server and removes its folder; harmless when it never started."""
        if self.process is not None:
            postgres.stop(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


_of_this_run: list[RunDatabase] = []


def url_of_this_run() -> str:
    """The server named by STEPDOWN_TEST_DATABASE_URL, or one of our own that `start_if_ours` will start."""
    if URL not in os.environ:
        scratch.use()  # before anything of the run is kept anywhere
        remove_leftovers(Path(tempfile.gettempdir()))
        _of_this_run.append(RunDatabase())
        os.environ[URL] = _of_this_run[0].url  # parallel workers inherit both
        os.environ[TEMPLATE] = tables.TEMPLATE
    return os.environ[URL]


def start_if_ours() -> None:
    for database in _of_this_run:
        database.start()


def stop_if_ours() -> None:
    while _of_this_run:
        _of_this_run.pop().stop()


@contextmanager
def interrupted(name: str) -> Iterator[None]:
    """Meanwhile that database is away, as while its server is started again: every connection to it ends, and none is
    taken. Others on the same server go on. The ORM of this process comes back to it by itself."""
    connection.close()
    with psycopg.connect(url_of_this_run(), autocommit=True) as server:
        allow = sql.SQL("alter database {} allow_connections {}")
        server.execute(allow.format(sql.Identifier(name), sql.Literal(False)))
        try:
            server.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
            yield
        finally:
            server.execute(allow.format(sql.Identifier(name), sql.Literal(True)))


def remove_leftovers(below: Path) -> None:
    """Removes folders of runs of ours that were killed; their servers ended with them.

    Whatever else lies beside them, also under such a name, stays as it is. `below`: the folder they lie in.
    """
    ours = {os.geteuid(), unprivileged().uid}
    for folder in below.glob(f"{PREFIX}*"):
        with suppress(OSError):  # another run was quicker, or it cannot be read
            found = folder.lstat()
            pid = folder.name.removeprefix(PREFIX).split("-")[0]
            is_left = pid.isdigit() and not command_of(int(pid))
            if is_left and stat.S_ISDIR(found.st_mode) and found.st_uid in ours:
                shutil.rmtree(folder, ignore_errors=True)
