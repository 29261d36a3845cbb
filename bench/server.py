"""A database server that measurements keep in STEPDOWN_HOME/bench, and the environment in which Django speaks to it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from stepdown.config.supervisor import postgres
from stepdown.config.supervisor.accounts import Account, unprivileged
from stepdown.kernel import keys

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("STEPDOWN_HOME", ROOT / ".stepdown")) / "bench"


@contextmanager
def running() -> Iterator[str]:
    """The address of the server, which ends with the block."""
    account = unprivileged()
    folder = _reachable(account)
    cluster = postgres.Cluster(
        data=folder / "data",
        sockets=folder,
        password=_password(folder),
        log=folder / "log",
        account=account,
        binaries=postgres.reachable_binaries(account),
        settings={"fsync": "off", "shared_buffers": "512MB"},
    )
    if cluster.exists:
        cluster.clear_leftovers()
    else:
        cluster.make()
    server = cluster.start()
    try:
        yield cluster.url_of("postgres")
    finally:
        postgres.stop(server)


def database(server_url: str, name: str) -> tuple[str, dict[str, str]]:
    """The address of the database of that name, made and migrated, and the environment for whoever works on it."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    keys.make_if_missing(HOME / "keys")
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "stepdown.config.settings",
        "STEPDOWN_DEBUG": "0",
        "STEPDOWN_KEYS": str(HOME / "keys"),
        "PYTHONWARNINGS": "ignore",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, cwd=ROOT, check=True)
    return url, env


def _reachable(account: Account) -> Path:
    """The data folder, or one under /var/lib when the database's own user cannot come to it."""
    HOME.mkdir(parents=True, exist_ok=True)
    folder = HOME if account.can("-x", HOME) else Path("/var/lib/stepdown-bench")
    folder.mkdir(parents=True, exist_ok=True)
    account.owns(folder, 0o700)
    return folder


def _password(folder: Path) -> str:
    file = folder / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(postgres.new_password())
    return file.read_text()
