"""Server time and query count of the ten busiest pages, in the demo center and in a large one, side by side.

The large center is made once and kept in STEPDOWN_HOME/bench. Each page is asked in turn by the person who uses it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bench.table import table
from stepdown.config.supervisor import postgres
from stepdown.config.supervisor.accounts import Account, unprivileged

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("STEPDOWN_HOME", ROOT / ".stepdown")) / "bench"
PATIENTS = int(os.environ.get("PATIENTS", "10000"))
ROUNDS = int(os.environ.get("ROUNDS", "40"))


def main() -> int:
    account = unprivileged()
    folder = reachable(account)
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
        small = measure(cluster.url_of("postgres"), "bench_demo", [])
        large = measure(cluster.url_of("postgres"), f"bench_{PATIENTS}", ["--patients", str(PATIENTS)])
    finally:
        postgres.stop(server)
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


def reachable(account: Account) -> Path:
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


def measure(server_url: str, name: str, seeding: list[str]) -> dict:
    """Makes the database when it is not there, and measures it in a process of its own."""
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "stepdown.config.settings",
        "STEPDOWN_DEBUG": "0",
        "PYTHONWARNINGS": "ignore",
    }
    make_database(server_url, name)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, cwd=ROOT, check=True)
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


def make_database(server_url: str, name: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(server_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


if __name__ == "__main__":
    sys.exit(main())
