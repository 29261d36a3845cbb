"""Whether a database is what a backup tells of it."""

import psycopg

from stepdown.config.backups import snapshot
from stepdown.config.backups.snapshot import Told
from stepdown.privacy.services_looks import FIRST_BROKEN


def differences(url: str, told: Told) -> list[str]:
    """Sentences about what is not as the backup says; none when all of it is there: every table with all its rows, rows
    taken at random as they were, and the chain of who looked, recomputed to its last seal."""
    with psycopg.connect(url) as connection:
        connection.execute(snapshot.AS_WRITTEN)
        there = snapshot.tables_of(connection)
        found = [f"The table {name} is missing." for name in sorted(told.rows.keys() - there.keys())]
        for name in sorted(told.rows.keys() & there.keys()):
            rows, sample = snapshot.count(connection, name), told.sample[name]
            if rows != told.rows[name]:
                found.append(f"{name} has {rows:,} rows and should have {told.rows[name]:,}.")
            if snapshot.digests(connection, name, there[name], list(sample)) != sample:
                found.append(f"Of {len(sample)} rows of {name} not all are as they were.")
        return found + _of_looks(connection, told)


def _of_looks(connection: psycopg.Connection, told: Told) -> list[str]:
    (broken_at,) = connection.execute(FIRST_BROKEN).fetchone() or (None,)
    if broken_at is not None:
        return [f"The list of who looked is not as it was written, from number {broken_at} on."]
    if snapshot.head(connection) != told.head:
        return ["The list of who looked ends elsewhere."]
    return []
