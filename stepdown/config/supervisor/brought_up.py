"""What a database was brought up to, written down in the database itself, as the comment on a table: so it travels with
a backup, a copy, or a server that takes the place of another, which a note beside the product would not.

Looking takes a few milliseconds; loading all of the product to find that nothing is to be done takes seconds.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql

from stepdown.config.supervisor.variables import ROOT

LOCK_FILE = ROOT / "requirements.lock"
TABLES, CURRICULUM = "django_migrations", "timetable_topic"
"""The tables whose comments say what the tables, and what topics and handouts, were brought up to."""


def code_of_tables() -> str:
    """Differs with any migration, also of a library."""
    return fingerprint([LOCK_FILE, *(ROOT / "stepdown").glob("*/migrations/*.py")])


def code_of_curriculum() -> str:
    return fingerprint((ROOT / "stepdown" / "timetable" / "data").rglob("*.toml"))


def fingerprint(files: Iterable[Path], *texts: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    for text in texts:
        digest.update(text.encode())
    return digest.hexdigest()


def is_up_to(url: str, table: str, code: str) -> bool:
    """Whether it was brought up to this, and no row of the table came or went since. False where there is no such
    table."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [table]).fetchone()
        return bool(found and found[0]) and found == (_said(connection, table, code),)


def write_down(url: str, table: str, code: str) -> None:
    """url: of the owner of the tables."""
    with psycopg.connect(url) as connection:
        said = sql.Literal(_said(connection, table, code))
        connection.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(sql.Identifier(table), said))


def _said(connection: psycopg.Connection, table: str, code: str) -> str:
    counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return f"Brought up to {code}, {counted and counted[0]} rows"
