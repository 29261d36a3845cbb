"""How long a backup takes, to bring it back and to prove it, beside pg_dump and pg_restore alone, on a center made in
bulk (CENTER=10000x1000) in a PostgreSQL kept in STEPDOWN_HOME/bench. Asserts nothing about time.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import django
import psycopg
import pyrage

os.environ.setdefault("CENTER", "10000x1000")

from bench.center import GROUPS, PEOPLE, fill  # of the size that is set above
from bench.server import database, running
from bench.table import table
from stepdown.config.supervisor import postgres


def main() -> int:
    with running() as server, tempfile.TemporaryDirectory() as folder:
        url, env = database(server, f"center_{PEOPLE}_in_{GROUPS}")
        os.environ.update(env)
        django.setup()
        if postgres.is_empty(url):
            fill(url)
        with psycopg.connect(url) as connection:
            (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        _measure(url, Path(folder), size)
    return 0


def _measure(url: str, folder: Path, size: int) -> None:
    from stepdown.config import backups
    from stepdown.config.backups.scratch import scratch_server

    identity = pyrage.x25519.Identity.generate()
    key, ours, plain = folder / "key", folder / "ours.age", folder / "plain.dump"
    key.write_text(str(identity))
    told, made = _timed(lambda: backups.make(url, ours, str(identity.to_public())))
    _, dumped = _timed(lambda: _plain("pg_dump", url, "--format=custom", f"--file={plain}"))
    with scratch_server() as empty:
        _, back = _timed(lambda: backups.restore(ours, key, empty))
        found, compared = _timed(lambda: backups.differences(empty, told))
    with scratch_server() as empty:
        _, restored = _timed(lambda: _plain("pg_restore", empty, "--single-transaction", str(plain)))
    assert found == [], found
    print(
        f"\n{sum(told.rows.values()):,} rows of {len(told.rows)} tables, {size // 2**20:,} MB in the database: seconds"
    )
    rows = [
        ["make", f"{made:.1f}", f"{dumped:.1f}", f"{made / dumped:.2f}", f"{ours.stat().st_size // 2**20:,}"],
        ["bring back", f"{back:.1f}", f"{restored:.1f}", f"{back / restored:.2f}", ""],
        ["compare", f"{compared:.1f}", "", "", ""],
    ]
    print(table(["what", "ours", "PostgreSQL alone", "ratio", "MB of the file"], rows))


def _plain(name: str, url: str, *words: str) -> None:
    from stepdown.config.backups.programs import running as program

    with program(name, url, "--no-owner", "--no-privileges", *words, server=18_00_00):
        pass


def _timed(act):
    began = time.perf_counter()
    found = act()
    return found, time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
