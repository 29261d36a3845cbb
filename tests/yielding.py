"""Runs a command in what time of the processor others leave: `python -m tests.yielding pytest -m everywhere`.

Source: nice(1); sched(7), "The autogroup feature": where sessions share the processor, being nice counts in one only.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from stepdown.config.supervisor.processes import spawn

NICEST = 19


def main() -> int:
    """Exit code of the command."""
    program = Path(sys.executable).with_name(sys.argv[1])
    os.nice(NICEST)
    process = spawn([str(program), *sys.argv[2:]], env=os.environ, output=None, cwd=Path.cwd())
    with suppress(OSError):  # kernels without that feature have no such file
        Path(f"/proc/{process.pid}/autogroup").write_text(str(NICEST))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        return process.wait()


if __name__ == "__main__":
    sys.exit(main())
