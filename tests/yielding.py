"""Runs a command in what time of the processor others leave: `python -m tests.yielding pytest -m everywhere`.

Source: nice(1); sched(7), "The autogroup feature": where sessions share the processor, being nice counts in one only.
"""

import os
import signal
import sys
from pathlib import Path

from stepdown.config.supervisor.processes import spawn

NICEST = 19
# Said by the session itself before its command begins; kernels without that feature have no such file.
LAST = f'echo {NICEST} 2>/dev/null >/proc/self/autogroup; exec "$0" "$@"'


def main() -> int:
    """Exit code of the command."""
    program = Path(sys.executable).with_name(sys.argv[1])
    os.nice(NICEST)
    process = spawn(["sh", "-c", LAST, str(program), *sys.argv[2:]], env=os.environ, output=None, cwd=Path.cwd())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        return process.wait()


if __name__ == "__main__":
    sys.exit(main())
