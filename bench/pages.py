"""Server time and query count of the ten busiest pages, in the demo center and in a large one, side by side.

The large center is made once and kept in STEPDOWN_HOME/bench. Each page is asked in turn by the person who uses it.
"""

import json
import os
import subprocess
import sys

from bench.server import ROOT, database, running
from bench.table import table
from stepdown.config.supervisor import postgres

PATIENTS = int(os.environ.get("PATIENTS", "10000"))
ROUNDS = int(os.environ.get("ROUNDS", "40"))


def main() -> int:
    with running() as server:
        small = measure(server, "bench_demo", [])
        large = measure(server, f"bench_{PATIENTS}", ["--patients", str(PATIENTS)])
    print(f"\nPages: server time in milliseconds over {ROUNDS} requests, queries per request")
    print(f"demo center: {small['patients']} patients; large center: {large['patients']} patients, ", end="")
    print(f"{large['attendances']} session records")
    rows = [
        [
            page["name"],
            f"{page['p50']:.0f}",
            f"{page['p95']:.0f}",
            f"{first['p50']:.0f}",
            f"{page['p50'] / first['p50']:.2f}",
            page["queries"],
            first["queries"],
        ]
        for first, page in zip(small["pages"], large["pages"], strict=True)
    ]
    print(table(["page", "p50", "p95", "p50 demo", "ratio", "queries", "queries demo"], rows))
    return 0


def measure(server_url: str, name: str, seeding: list[str]) -> dict:
    """Makes the database when it is not there, and measures it in a process of its own."""
    url, env = database(server_url, name)
    if postgres.is_empty(url):
        print(f"Making {name}. This takes a while the first time.", flush=True)
        subprocess.run(
            [sys.executable, "manage.py", "seed_demo", *seeding],
            env=env,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    done = subprocess.run(
        [sys.executable, "-m", "bench.asking", str(ROUNDS)], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
