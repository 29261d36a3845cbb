"""PostgreSQL's own programs, run beside us with our end of a pipe."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from stepdown.config.supervisor.postgres import wheel_binaries

OF_DEBIAN = Path("/usr/lib/postgresql")
KEPT_ERRORS = 2000  # characters of what a program said


class BackupFailed(Exception):
    """Why no backup was made, or none was brought back, and what to do."""


class Program(subprocess.Popen[bytes]):
    """Its errors are read while it runs, so that it never waits for us."""

    def __init__(self, command: list[str], env: dict[str, str], **pipes: int) -> None:
        super().__init__(command, env=env, stderr=subprocess.PIPE, **pipes)  # type: ignore[call-overload]  # by name
        self.name, self._said = Path(command[0]).name, b""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def finish(self) -> None:
        """Waits for its end. Raises BackupFailed with what it said when that was no good one."""
        if self.stdin:
            with suppress(BrokenPipeError):  # it ended before; its code says why
                self.stdin.close()
        code = self.wait()
        self._listener.join()
        if code != 0:
            said = self._said.decode(errors="replace").strip()[-KEPT_ERRORS:]
            raise BackupFailed(f"{self.name} failed: {said}")

    def _listen(self) -> None:
        assert self.stderr is not None
        self._said = self.stderr.read()


@contextmanager
def running(name: str, url: str, *words: str, server: int, **pipes: int) -> Iterator[Program]:
    """One of PostgreSQL's programs on that database; the password is in its environment, not in its command.

    server: the version of the server, as a number. Debian's program of its own release is taken where it is installed,
    else the newest, which speaks to all older ones. It is ended when the block fails. Raises BackupFailed.
    """
    own = OF_DEBIAN / str(server // 10000) / "bin" / name
    path = own if own.exists() else wheel_binaries() / name
    env = {"PATH": os.defpath, "PGPASSWORD": str(conninfo_to_dict(url).get("password") or "")}
    program = Program([str(path), *words, f"--dbname={make_conninfo(url, password=None)}"], env, **pipes)
    try:
        yield program
        program.finish()
    except BaseException:
        program.kill()
        program.wait()
        raise
