"""What is done beside the tests in a browser takes no time of the processor that they want."""

import os
import subprocess
import sys
from pathlib import Path

from tests.yielding import NICEST

SHARE = Path("/proc/self/autogroup")
ASK = f"import os; print(os.nice(0)); print(open('{SHARE}').read() if os.path.exists('{SHARE}') else 'nice {NICEST}')"


def yielding(*command: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "tests.yielding", Path(sys.executable).name, *command]
    return subprocess.run(run, capture_output=True, text=True, check=False, env=os.environ)


def test_it_comes_after_everything_else_in_its_session_and_its_session_after_all_others():
    process, session = yielding("-c", ASK).stdout.strip().splitlines()
    assert process == str(NICEST)
    assert session.endswith(f"nice {NICEST}")


def test_what_it_ends_with_is_what_the_run_ends_with():
    assert yielding("-c", "raise SystemExit(7)").returncode == 7
