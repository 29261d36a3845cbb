"""The product's tables, made once and copied into every test database: migrating takes five seconds, a copy none.

They are kept beside the code, in a data folder that runs of the same code begin from.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg

from stepdown.config.supervisor import brought_up, postgres, roles

ROOT = Path(__file__).resolve().parents[1]
WEB_PASSWORD = "of the tests' own role"  # one for all runs, as the role is the server's and not a database's
TEMPLATE = "stepdown_tables"
"""Name of the database that test databases are copies of; nobody connects to it."""


class Kept:
    """A data folder with the tables as this code makes them."""

    def __init__(self, folder: Path = ROOT / ".test-cluster") -> None:
        self.folder = folder
        self.code = _code()
        self.is_there = self._read("code") == self.code
        """Whether one was kept that this code made."""

    @property
    def password(self) -> str:
        """Of the superuser in the folder that is there; else a new one."""
        return self._read("password") if self.is_there else postgres.new_password()

    def lend(self, data: Path) -> None:
        """Copies the folder to where a server is to run on it."""
        _copy(self.folder / "data", data)

    def keep(self, cluster: postgres.Cluster) -> None:
        """Keeps the data folder of a stopped server instead of the one before; where it cannot, it does not."""
        with suppress(OSError, subprocess.CalledProcessError):
            unfinished = self.folder.with_name(f"{self.folder.name}.{os.getpid()}")
            unfinished.mkdir(mode=0o711)
            _copy(cluster.data, unfinished / "data")
            (unfinished / "password").touch(mode=0o600)
            (unfinished / "password").write_text(cluster.password)
            (unfinished / "code").write_text(self.code)
            if self.folder.exists():
                shutil.rmtree(self.folder)
            unfinished.rename(self.folder)

    def _read(self, name: str) -> str:
        try:
            return (self.folder / name).read_text()
        except OSError:
            return ""


def make(cluster: postgres.Cluster) -> None:
    """Makes TEMPLATE in a server that runs, by all migrations. Raises CalledProcessError."""
    with psycopg.connect(cluster.url_of("postgres"), autocommit=True) as server:
        server.execute(f"create database {TEMPLATE}")
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "--no-input", "--verbosity=0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "stepdown.config.settings",
            "DATABASE_URL": cluster.url_of(TEMPLATE),
        },
        check=True,
    )
    brought_up.write_down(cluster.url_of(TEMPLATE), brought_up.TABLES, brought_up.code_of_tables())
    roles.make_web(cluster.url_of(TEMPLATE), WEB_PASSWORD)
    roles.grant(cluster.url_of(TEMPLATE))


def _code() -> str:
    """Differs whenever the tables may: with any line of the product and any library."""
    found = hashlib.sha256()
    of_product = (path for path in (ROOT / "stepdown").rglob("*.*") if is_code(path))
    for path in (ROOT / "requirements-dev.lock", *sorted(of_product)):
        found.update(f"{path.relative_to(ROOT)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def is_code(path: Path) -> bool:
    return path.suffix in {".py", ".sql"} and "tests" not in path.parts


def _copy(source: Path, target: Path) -> None:
    """With its owners, as only they may read it."""
    subprocess.run(["cp", "-a", source, target], check=True, capture_output=True)
