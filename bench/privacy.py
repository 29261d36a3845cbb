"""What it costs to write down who looked (`bench.looks`), to ask the gate (`bench.gate`), and to open what lies sealed
(`bench.sealed`), on a PostgreSQL kept in STEPDOWN_HOME/bench. Asserts nothing about time.
"""

import subprocess
import sys

from bench.server import ROOT, database, running


def main() -> int:
    with running() as server:
        _url, env = database(server, "privacy")
        parts = ("bench.looks", "bench.gate", "bench.sealed")
        return max(subprocess.run([sys.executable, "-m", part], env=env, cwd=ROOT).returncode for part in parts)


if __name__ == "__main__":
    sys.exit(main())
