"""What it costs to write down who looked (`bench.looks`), on a PostgreSQL kept in STEPDOWN_HOME/bench. Asserts nothing
about time.
"""

import subprocess
import sys

from bench.server import ROOT, database, running


def main() -> int:
    with running() as server:
        _url, env = database(server, "privacy")
        return subprocess.run([sys.executable, "-m", "bench.looks"], env=env, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
