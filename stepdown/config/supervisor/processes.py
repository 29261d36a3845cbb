"""Programs that never outlive the one who started them."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from stepdown.config.supervisor.accounts import OURSELVES, Account

PR_SET_PDEATHSIG = 1  # Source: prctl(2)
_libc = ctypes.CDLL(None, use_errno=True)


def spawn(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    account: Account = OURSELVES,
    output: int | IO[bytes] | None = subprocess.DEVNULL,
    cwd: Path = Path("/"),
    death_signal: int = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """Starts a program in a session of its own, so that Ctrl-C reaches it through us and not by itself.

    The kernel sends it `death_signal` when the thread that calls this ends, however that happens: call it from
    the main thread. `env` is the whole environment; `output` takes both streams, None leaves them ours.
    Raises OSError when the program cannot be started.
    """
    return subprocess.Popen(
        list(command),
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_dies_with(os.getpid(), death_signal),
        **account.as_user(),
    )


def _dies_with(parent: int, death_signal: int) -> Callable[[], None]:
    def set_up() -> None:  # runs in the child, after it took on its account: a change of user clears the wish
        if _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0) != 0:
            os._exit(126)
        if os.getppid() != parent:  # the parent went before the wish was made
            os._exit(126)

    return set_up


def command_of(pid: int) -> list[str]:
    """The command line of a running process; empty when there is none with this id."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
    except OSError:
        return []


def processes_in(folder: Path) -> list[int]:
    """Ids of our processes whose current folder this is."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if entry.readlink() == folder:
                found.append(int(entry.parent.name))
    return found
