"""A center of so many people and groups (CENTER=100000x10000): how long it takes to rank groups for one person, and to
answer with the pages of seats and timetable, charts and the search in notes.

It is made once, in bulk, and kept in STEPDOWN_HOME/bench. Run by `bench.placement`, or by itself.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from django.conf import settings

from bench.server import HOME, ROOT, database, running
from stepdown.config.supervisor import postgres
from stepdown.kernel.sealed_fields import FoundText

PEOPLE, GROUPS = (int(part) for part in os.environ.get("CENTER", "100000x10000").split("x"))
WAITING = 2000
NUMBER = "+15555550100"
STATES = ["OK", "TX", "KS", "MO", "AR", "LA", "NE", "IA", "NM", "CO", "WA", "OR"]


def main() -> int:
    with running() as server:
        url, env = database(server, f"center_{PEOPLE}_in_{GROUPS}")
        if postgres.is_empty(url):
            began = time.monotonic()
            fill(url)
            print(f"Made {PEOPLE:,} people and {GROUPS:,} groups in {time.monotonic() - began:.0f} s.", flush=True)
        return max(
            subprocess.run([sys.executable, "-m", f"bench.{part}"], env=env, cwd=ROOT).returncode
            for part in ("ranking", "boards")
        )


def fill(url: str) -> None:
    if not settings.configured:
        settings.configure(KEY_RING=HOME / "keys")
    values = {
        "leaders": -(-GROUPS // 4), "groups": GROUPS, "people": PEOPLE, "waiting": WAITING, "states": STATES,
        "number": FoundText("people.patient.phone").get_prep_value(NUMBER),
        "asker": FoundText("admissions.inquiry.phone").get_prep_value(NUMBER),
    }  # fmt: skip
    filled = (Path(__file__).parent / "center.sql").read_text()
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("SET session_replication_role = replica")  # no history, which bulk rows would wait for
        for statement in filled.split(";\n"):  # one by one, so that each knows how much there is
            connection.execute(statement, values)
            connection.execute("ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
