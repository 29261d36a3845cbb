"""What the person at the terminal reads, and the log files beside it."""

import sys
from pathlib import Path
from typing import BinaryIO

KEPT_BYTES = 5_000_000  # a log file larger than this is set aside, once, when its program starts


def say(sentence: str) -> None:
    """One sentence of our own, at once."""
    try:
        print(sentence, flush=True)
    except BrokenPipeError:  # nobody reads any more; stopping cleanly matters more
        sys.stdout = None


class Output:
    """Lines of one program: into its log file, and, when it `is_shown`, onto the console after `prefix`."""

    def __init__(self, log: Path, *, prefix: str, is_shown: bool) -> None:
        self.prefix = prefix
        self.is_shown = is_shown
        self._log = _opened(log)
        self._unfinished = b""

    def write(self, data: bytes) -> None:
        """Takes bytes as they come; lines are passed on whole."""
        self._log.write(data)
        self._log.flush()
        *lines, self._unfinished = (self._unfinished + data).split(b"\n")
        for line in lines if self.is_shown else ():
            say(f"{self.prefix}{line.decode(errors='replace')}")

    def close(self) -> None:
        if self._unfinished:
            self.write(b"\n")
        self._log.close()


def _opened(log: Path) -> BinaryIO:
    if log.exists() and log.stat().st_size > KEPT_BYTES:
        log.replace(log.with_suffix(".old.log"))
    log.touch(mode=0o600)
    return log.open("ab")
