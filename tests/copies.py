"""Copies of the whole product for tests, started as `make run` starts them and stopped without a trace."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from stepdown.config.supervisor.processes import spawn
from tests.tables import WEB_PASSWORD

ROOT = Path(__file__).resolve().parents[1]
LENT = ROOT / ".test-static"
"""The files of the pages that a copy made, and what it made them of."""
UP_SECONDS = 180  # a start takes five; a machine that does much else needs more
SUPERVISOR = [sys.executable, "-m", "stepdown.config.supervisor"]


class Copy:
    """One copy with a home and ports of its own. `env` is added to the environment of its supervisor."""

    def __init__(self, **env: str) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="stepdown-copy-"))
        self.home.chmod(0o711)  # the database's own user must reach what is its own below
        self.port, self.live_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            "DATABASE_URL": "",  # its own database, unless `env` names one
            "DJANGO_SETTINGS_MODULE": "stepdown.config.settings",
            "PORT": str(self.port),
            "STEPDOWN_HOME": str(self.home),
            "STEPDOWN_LIVE_PORT": str(self.live_port),
            "STEPDOWN_PUBLIC_URL": self.url,
            "STEPDOWN_SEED": "0",
            "STEPDOWN_WEB_DATABASE_PASSWORD": WEB_PASSWORD,  # a role is shared by the databases of a server
            **env,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it says that it is ready; fails with its console when it ends instead."""
        assert self._process is None or self._process.poll() is not None
        self._borrow_files()
        with (self.home / "console.log").open("wb") as console:
            self._process = spawn(
                [*SUPERVISOR, "run"], env=self.env, output=console, cwd=ROOT, death_signal=signal.SIGTERM
            )
        ready = f"ready at {self.url}"
        wait_until(lambda: ready in self.console() or self.has_ended, "the product is ready")
        assert not self.has_ended, self.console()
        self._lend_files()

    def _borrow_files(self) -> None:
        """The files of the pages, gathered and compressed, which take seconds to make; the product looks whether they
        are still those of its code. Nothing of them where another copy is just putting newer ones there."""
        static, marks = self.home / "static", self.home / "marks"
        if static.exists() or not LENT.exists():
            return
        try:
            shutil.copytree(LENT / "static", static)
            marks.mkdir(mode=0o700)
            shutil.copy(LENT / "mark", marks / "static")
        except OSError:  # shutil.Error too
            shutil.rmtree(static, ignore_errors=True)
            shutil.rmtree(marks, ignore_errors=True)

    def _lend_files(self) -> None:
        """To every copy after this one, also in other runs; one that another gave at the same moment is as good."""
        mark = (self.home / "marks" / "static").read_text()
        with suppress(OSError):
            if (LENT / "mark").read_text() == mark:
                return
        made, old = LENT.with_name(f"{LENT.name}.{os.getpid()}"), LENT.with_name(f"{LENT.name}.{os.getpid()}.old")
        shutil.copytree(self.home / "static", made / "static")
        (made / "mark").write_text(mark)
        with suppress(OSError):
            LENT.rename(old)
        with suppress(OSError):
            made.rename(LENT)
        for left in (made, old):
            shutil.rmtree(left, ignore_errors=True)

    @property
    def has_ended(self) -> bool:
        """Whether its supervisor runs no more."""
        return self._process is None or self._process.poll() is not None

    def stop(self, number: int = signal.SIGTERM) -> int | None:
        """Sends the supervisor a signal and waits for it to end; returns its exit code."""
        if self._process is None:
            return None
        self._process.send_signal(number)
        return self._process.wait(UP_SECONDS)

    def remove(self) -> None:
        """Stops it when it runs, and removes everything it kept."""
        self.stop()
        shutil.rmtree(self.home)

    def pid(self, name: str) -> int:
        """Process id of a child: "postgres", "web", "live", "worker" or "janus"; 0 while it is not running."""
        try:
            return int((self.home / "pids" / name).read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def kill(self, name: str) -> None:
        """kill -9 of a child; returns when the supervisor has started it again, and pages can be asked for again."""
        wait_until(lambda: self.pid(name) != 0, f"{name} is running")
        killed = self.pid(name)
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: self.pid(name) not in {0, killed}, f"{name} is started again")
        wait_until(self._takes_requests, "the pages are there")

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """kill -9 of a child that nobody starts again until the block ends."""
        assert self._process is not None
        killed = self.pid(name)
        self._process.send_signal(signal.SIGSTOP)
        try:
            os.kill(killed, signal.SIGKILL)
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)
        wait_until(lambda: self.pid(name) not in {0, killed}, f"{name} is started again")

    def kill_for_good(self, name: str) -> None:
        """kill -9 of a media server that cannot be started again, as no folder can be made for it, until `mend`."""
        folder = self.home / "data" / name
        folder.rename(folder.with_name(f"{name}-aside"))
        folder.touch()
        os.kill(self.pid(name), signal.SIGKILL)

    def mend(self, name: str) -> None:
        """Lets it be started again; returns when it is."""
        (self.home / "data" / name).unlink()
        wait_until(lambda: self.pid(name) != 0, f"{name} is started again")
        shutil.rmtree(self.home / "data" / f"{name}-aside")

    def _takes_requests(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except ConnectionRefusedError:
            return False
        return True

    def processes(self) -> list[int]:
        """Ids of all processes that were started for this copy, by their command line or environment."""
        mark = str(self.home).encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mark in (entry / "cmdline").read_bytes() or mark in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
        return found

    def log(self, name: str) -> str:
        """What a child wrote so far."""
        return (self.home / "logs" / f"{name}.log").read_text(errors="replace")

    def health(self) -> dict[str, Any]:
        """What the live process says of its rooms and media servers."""
        with urlopen(f"http://127.0.0.1:{self.live_port}/health") as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def console(self) -> str:
        """What whoever started the product reads, with the text messages of the demo."""
        return (self.home / "console.log").read_text(errors="replace")

    def manage(self, *words: str) -> str:
        """Output of a manage.py command run beside the product."""
        return self.command([sys.executable, "manage.py", *words]).stdout

    def command(self, words: list[str], *, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs a program in this copy's environment."""
        return subprocess.run(words, cwd=ROOT, env=self.env, check=check, capture_output=True, text=True)


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = UP_SECONDS, *, every: float = 0.05) -> None:
    """Returns as soon as it is so; fails with `what` when it does not come about. every: seconds between two looks,
    more of them where a look costs something."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail(f"This did not come about within {seconds:g} seconds: {what}.")
        time.sleep(every)


def free_port() -> int:
    """A TCP port that nobody listens on at the moment."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
