"""One child process: started, listened to, started again when it dies, stopped when asked.

Everything runs in one asyncio loop in the main thread; `processes.spawn` says why the thread matters.
"""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stepdown.config.supervisor.accounts import OURSELVES, Account
from stepdown.config.supervisor.console import Output, say
from stepdown.config.supervisor.processes import spawn

BACK_OFF_SECONDS = (0.0, 0.2, 1.0, 3.0, 10.0)  # waits before the first, second, … start after a death
LONG_ENOUGH_SECONDS = 30  # a child that lived this long starts again with the first wait
POLL_SECONDS = 0.02


def nothing() -> None:
    """The default for what happens before a start."""


async def at_once() -> bool:
    """The default for programs that serve nobody: ready when started."""
    return True


@dataclass(frozen=True)
class Program:
    """What to start and how to tell it to stop.

    prepare: runs before every start, also after a death, and may raise OSError.
    is_ready: whether it serves by now; asked again and again until it says yes.
    stop_seconds: how long it may take to stop before it is killed.
    death_signal: what the kernel sends it should we die without a word.
    """

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    is_ready: Callable[[], Awaitable[bool]] = at_once
    account: Account = OURSELVES
    cwd: Path = Path("/")
    prepare: Callable[[], None] = nothing
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 8.0
    death_signal: int = signal.SIGKILL
    is_shown: bool = True


class Child:
    """A program that is kept running until `stop`."""

    def __init__(self, program: Program, *, logs: Path, pids: Path) -> None:
        self.program = program
        self._log = logs / f"{program.name}.log"
        self._pid_file = pids / program.name
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._deaths = 0

    def start(self) -> None:
        """Starts it; from now on it is started again whenever it dies."""
        self._is_stopping = False
        self._keeper = asyncio.create_task(self._keep())

    async def ready(self, seconds: float = 180) -> bool:
        """True once the program serves; False when it does not within `seconds`, or dies again and again."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._deaths < len(BACK_OFF_SECONDS):
            if self._process is not None and await self.program.is_ready():
                return True
            await asyncio.sleep(POLL_SECONDS)
        return False

    async def stop(self) -> None:
        """Stops it and everything it started; returns when it is gone."""
        self._is_stopping = True
        if self._keeper is None:
            return
        if self._process is None:  # between a death and the next start
            self._keeper.cancel()
        else:
            self._signal(self.program.stop_signal)
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._keeper), self.program.stop_seconds)
        if not self._keeper.done():
            say(f"{self.program.name} did not stop within {self.program.stop_seconds:g} seconds and is killed.")
            self._signal(signal.SIGKILL)
            await self._keeper
        self._keeper = None

    async def run_to_end(self) -> int:
        """Runs a program that ends by itself, once; returns its exit code, negative when a signal ended it.

        Its log holds this run only.
        """
        self._log.unlink(missing_ok=True)
        output = Output(self._log, prefix="", is_shown=self.program.is_shown)
        try:
            return await self._watched(output)
        finally:
            self._process = None
            output.close()

    async def _keep(self) -> None:
        while not self._is_stopping:
            started = time.monotonic()
            try:
                ending = await self._run_once()
            except Exception as error:  # whatever it is, others need this child
                ending = f"could not be kept ({error!r})"
            if self._is_stopping:
                return
            if time.monotonic() - started > LONG_ENOUGH_SECONDS:
                self._deaths = 0
            wait = BACK_OFF_SECONDS[min(self._deaths, len(BACK_OFF_SECONDS) - 1)]
            self._deaths += 1
            when = f"in {wait:g} seconds" if wait else "now"
            say(f"{self.program.name} {ending}; starting it again {when}. Its log: {self._log}")
            await asyncio.sleep(wait)

    async def _run_once(self) -> str:
        """Runs the program until it ends; returns how it ended, as part of a sentence."""
        try:
            self.program.prepare()
            output = Output(self._log, prefix=f"{self.program.name:<8}| ", is_shown=self.program.is_shown)
        except OSError as error:
            return f"could not be prepared ({error})"
        try:
            code = await self._watched(output)
        except OSError as error:
            return f"could not be started ({error})"
        finally:
            self._process = None
            output.close()
        return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"

    async def _watched(self, output: Output) -> int:
        program = self.program
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        loop = asyncio.get_running_loop()
        try:
            self._process = process = spawn(
                program.command,
                env=program.env,
                account=program.account,
                output=writing,
                cwd=program.cwd,
                death_signal=program.death_signal,
            )
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        with suppress(OSError):  # a full disk; nothing of ours reads it
            self._pid_file.write_text(f"{process.pid}\n")
        loop.add_reader(reading, _pass_on, reading, output)
        try:
            await _exit_of(process.pid)
        finally:
            # What it started may outlive it and hold its port; its process id is ours until wait() below.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            _pass_on(reading, output)
            loop.remove_reader(reading)
            os.close(reading)
            self._pid_file.unlink(missing_ok=True)
        return process.returncode

    def _signal(self, number: int) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)


async def _exit_of(pid: int) -> None:
    """Returns when the process has ended, without collecting it."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    handle = os.pidfd_open(pid)
    loop.add_reader(handle, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


def _pass_on(reading: int, output: Output) -> None:
    with suppress(BlockingIOError):
        while data := os.read(reading, 65536):
            output.write(data)
        asyncio.get_running_loop().remove_reader(reading)  # closed at the other end, and would count as readable
