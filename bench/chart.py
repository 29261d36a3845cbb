"""How many rows of answers one core scores a minute: all vector files, read from CSV, scored and printed as JSON. Then
the page about one patient and the signature under a note (`bench.chart_page`), on a PostgreSQL kept in
STEPDOWN_HOME/bench.

Goal: 100,000 rows a minute. Asserts nothing about time.
"""

import io
import os
import subprocess
import sys
import time
from statistics import median

from bench.server import ROOT, database, running
from bench.table import table
from stepdown.kernel.instruments import evaluate, load
from stepdown.kernel.tests import vectors
from stepdown.measures.domain.vectors import scored

ROUNDS = int(os.environ.get("ROUNDS") or 9)
TIMES = 20  # each file, in one round


def main() -> None:
    rows = vectors.every()
    files = [(load(path.stem), path.read_text()) for path in vectors.FILES]
    print(f"\nScoring {len(rows) * TIMES:,} rows of {len(vectors.FILES)} files on one core, {ROUNDS} rounds")
    print(
        table(
            ["what", "microseconds a row, median", "slowest", "rows a minute, median"],
            [
                _measured("scores, bands, flags", len(rows), lambda: _evaluated(rows)),
                _measured("CSV to lines of JSON", len(rows), lambda: _printed(files)),
            ],
        )
    )


def _evaluated(rows) -> None:
    for row in rows:
        evaluate(row.definition, row.answers, row.context)


def _printed(files) -> None:
    for definition, text in files:
        for line in scored(definition, io.StringIO(text, newline="")):
            assert isinstance(line, str)


def _measured(what: str, rows: int, run) -> list[str]:
    run()  # the first one warms the caches
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(TIMES):
            run()
        seconds.append((time.perf_counter() - began) / TIMES / rows)
    middle = median(seconds)
    return [what, f"{middle * 1e6:.0f}", f"{max(seconds) * 1e6:.0f}", f"{60 / middle:,.0f}"]


def _pages() -> int:
    with running() as server:
        _url, env = database(server, "chart")
        return subprocess.run([sys.executable, "-m", "bench.chart_page"], env=env, cwd=ROOT).returncode


if __name__ == "__main__":
    main()
    sys.exit(_pages())
