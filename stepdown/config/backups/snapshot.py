"""What a database says of itself at one moment, so that a copy can be held against it."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import psycopg
from psycopg import sql

SAMPLE = 20  # rows of a table
TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
    FROM pg_class c
    JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    GROUP BY c.relname ORDER BY c.relname
"""
HEAD = "SELECT number, seal FROM privacy_look ORDER BY number DESC LIMIT 1"
AS_WRITTEN = "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET bytea_output = 'hex'; SET extra_float_digits = 1"


@dataclass(frozen=True)
class Told:
    """made_at: in ISO 8601. server: its version, as a number. rows: how many each table has. sample: of each table some
    rows, by their key as text, each with the SHA-256 of all its columns. head: number and seal of the last look, empty
    when nobody looked yet. keys: ids of those that open what lies sealed in it."""

    made_at: str
    server: int
    rows: dict[str, int]
    sample: dict[str, dict[str, str]]
    head: list[Any]
    keys: list[str]

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> "Told":
        return cls(**json.loads(text))


@contextmanager
def frozen(url: str) -> Iterator[tuple[psycopg.Connection[Any], str]]:
    """A connection that sees one moment while others go on writing, and the name under which pg_dump sees the same."""
    with psycopg.connect(url) as connection:
        connection.execute(AS_WRITTEN)
        connection.commit()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (name,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        yield connection, name


def tell(connection: psycopg.Connection[Any], keys: Iterable[str]) -> Told:
    """Counts every table and takes rows at random."""
    tables = tables_of(connection)
    return Told(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        server=connection.info.server_version,
        rows={name: count(connection, name) for name in tables},
        sample={name: _some(connection, name, key) for name, key in tables.items()},
        head=head(connection),
        keys=sorted(keys),
    )


def tables_of(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """The columns of the key of each table."""
    return dict(connection.execute(TABLES).fetchall())


def count(connection: psycopg.Connection[Any], table: str) -> int:
    (rows,) = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone() or (0,)
    return int(rows)


def head(connection: psycopg.Connection[Any]) -> list[Any]:
    return list(connection.execute(HEAD).fetchone() or ())


def digests(connection: psycopg.Connection[Any], table: str, key: list[str], keys: list[str]) -> dict[str, str]:
    """The SHA-256 of these rows, by their key as text; of rows that are not there, none."""
    rows = sql.SQL("SELECT {key}, t::text FROM {table} t WHERE {key} = ANY (%s)").format(
        key=_as_text(key), table=sql.Identifier(table)
    )
    return _hashed(connection.execute(rows, [keys]).fetchall())


def _some(connection: psycopg.Connection[Any], table: str, key: list[str]) -> dict[str, str]:
    """Of a large table pages are taken at random first, as reading all of it to choose takes as long as the dump."""
    for part in ("TABLESAMPLE SYSTEM (0.5)", ""):
        rows = sql.SQL("SELECT {key}, t::text FROM {table} t {part} ORDER BY random() LIMIT {most}").format(
            key=_as_text(key), table=sql.Identifier(table), part=sql.SQL(part), most=SAMPLE
        )
        if found := connection.execute(rows).fetchall():
            return _hashed(found)
    return {}


def _as_text(key: list[str]) -> sql.Composed:
    return sql.SQL("concat_ws(' ', {})").format(sql.SQL(", ").join(sql.Identifier("t", column) for column in key))


def _hashed(rows: list[tuple[str, str]]) -> dict[str, str]:
    return {key: sha256(row.encode()).hexdigest() for key, row in rows}
