"""`python -m stepdown.config.supervisor run` starts the product and watches it; `demo-reset` starts its demo afresh."""

import argparse
import asyncio
import ctypes
import os
import signal
import sys
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from stepdown.config.supervisor.console import say
from stepdown.config.supervisor.home import HomeTaken
from stepdown.config.supervisor.options import CannotRun, Options
from stepdown.config.supervisor.postgres import PostgresFailed
from stepdown.config.supervisor.processes import PR_SET_PDEATHSIG
from stepdown.config.supervisor.product import Product
from stepdown.config.supervisor.roles import RolesFailed

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RESET = signal.SIGUSR1
RESET_SECONDS = 300


def main() -> int:
    """Exit code 0 after a clean stop, 1 when it could not run; the reason is on the console."""
    parser = argparse.ArgumentParser(prog="python -m stepdown.config.supervisor", description=__doc__)
    parser.add_argument("what", choices=["run", "demo-reset"])
    parser.add_argument("--stop-with-parent", action="store_true", help="stop when whoever started this ends")
    asked = parser.parse_args()
    if asked.stop_with_parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    try:
        options = Options.from_environment()
        asyncio.run(_run(options) if asked.what == "run" else _demo_reset(options))
    except (CannotRun, HomeTaken, PostgresFailed, RolesFailed, OSError) as reason:
        say(str(reason))
        return 1
    return 0


async def _run(options: Options) -> None:
    product = Product(options)
    asyncio.get_running_loop().add_signal_handler(RESET, product.want_reset)
    await _until_told_to_stop(product, product.run())


async def _demo_reset(options: Options) -> None:
    try:
        product = Product(options)
    except HomeTaken as taken:
        await _ask_running_copy(options, taken)
        return
    product.reset()
    await _until_told_to_stop(product, product.prepare())
    say("The demo is fresh. Start it with: make run")


async def _until_told_to_stop(product: Product, work: Coroutine[Any, Any, None]) -> None:
    """Does the work until it ends or a signal comes; either way no child is left."""
    doing = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for number in STOPS:
        loop.add_signal_handler(number, doing.cancel)
    try:
        await doing
    except asyncio.CancelledError:
        say("Stopping …")
    finally:
        for number in STOPS:
            loop.add_signal_handler(number, say, "Already stopping; this takes a few seconds at most.")
        await product.stop()


async def _ask_running_copy(options: Options, taken: HomeTaken) -> None:
    if taken.holder is None:
        raise taken
    served = options.home / "marks" / "serving"
    before = served.stat().st_mtime_ns if served.exists() else 0
    os.kill(taken.holder, RESET)
    say("The running copy starts its demo afresh …")
    deadline = time.monotonic() + RESET_SECONDS
    while time.monotonic() < deadline:
        with suppress(FileNotFoundError):
            if served.stat().st_mtime_ns != before:
                say("The demo is fresh.")
                return
        await asyncio.sleep(0.1)
    raise CannotRun("The running copy did not come back with a fresh demo. Its console says why.")


if __name__ == "__main__":
    sys.exit(main())
