"""What the person at the terminal reads, and the log files beside it."""

import sys
from io import FileIO
from pathlib import Path

KEPT_BYTES = 5_000_000  # a log file larger than this is set aside, once, when its program starts


def say(sentence: str) -> None:
    """One sentence of our own, at once."""
    try:
        print(sentence, flush=True)
    except BrokenPipeError:  # nobody reads any more; stopping cleanly matters more
        sys.stdout = None
    except OSError:  # into a file, on a full disk
        pass


class Output:
    """Lines of one program: into its log file, and, when it `is_shown`, onto the console after `prefix`.

    A disk that takes no more is told once, and costs lines of the log and nothing else.
    """

    def __init__(self, log: Path, *, prefix: str, is_shown: bool) -> None:
        self.prefix = prefix
        self.is_shown = is_shown
        self._path = log
        self._log = _opened(log)
        self._unfinished = b""
        self._is_told = False

    def write(self, data: bytes) -> None:
        """Takes bytes as they come; lines are passed on whole."""
        self._keep(data)
        *lines, self._unfinished = (self._unfinished + data).split(b"\n")
        for line in lines if self.is_shown else ():
            say(f"{self.prefix}{line.decode(errors='replace')}")

    def close(self) -> None:
        if self._unfinished:
            self.write(b"\n")
        self._log.close()

    def _keep(self, data: bytes) -> None:
        try:
            self._log.write(data)
        except OSError as error:
            if not self._is_told:
                say(f"The log {self._path} cannot be written ({error.strerror}); what runs goes on.")
            self._is_told = True


def _opened(log: Path) -> FileIO:
    if log.exists() and log.stat().st_size > KEPT_BYTES:
        log.replace(log.with_suffix(".old.log"))
    log.touch(mode=0o600)
    return log.open("ab", buffering=0)  # what could not be written is not tried again, say when it is closed
