"""Runs a command in a network namespace of its own: `python -m tests.netns pytest -m browser`.

Nothing in it can leave the machine and no port can collide. The media server skips every loopback interface, so there
is one more device with the address 127.0.0.9. Root makes the namespace as it is; an ordinary user makes a user
namespace around it, where they look like root, which is why the database is started before going in.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from stepdown.config.supervisor.accounts import is_real_root
from stepdown.config.supervisor.processes import spawn
from tests import database

MEDIA_ADDRESS = "127.0.0.9"
INSIDE = "STEPDOWN_TESTS_NAMESPACE"
DEVICE_TYPES = ("ifb", "dummy", "bridge")  # any that is not called loopback; kernels differ in what they have
CANNOT = 3


def main() -> int:
    """Exit code of the command; 3 when no namespace can be had, with the reason on the console."""
    command = sys.argv[1:]
    if not command:
        print(__doc__)
        return 2
    return _inside(command) if os.environ.get(INSIDE) else _outside(command)


def _outside(command: list[str]) -> int:
    unshare = ["unshare", "--net"] if is_real_root() else ["unshare", "--user", "--map-root-user", "--net"]
    if reason := _why_not(unshare):
        print(reason)
        return CANNOT
    database.url_of_this_run()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        database.start_if_ours()
        inside = [*unshare, sys.executable, "-m", "tests.netns", *command]
        process = spawn(inside, env=os.environ | {INSIDE: "1"}, output=None, cwd=Path.cwd())
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            return process.wait()
    finally:
        database.stop_if_ours()


def _inside(command: list[str]) -> int:
    _ip("link", "set", "lo", "up")
    _add_device()
    _ip("addr", "add", f"{MEDIA_ADDRESS}/32", "dev", "media0")
    _ip("link", "set", "media0", "up")
    program = shutil.which(command[0], path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        print(f"There is no program {command[0]}.")
        return 2
    os.execv(program, [program, *command[1:]])


def _why_not(unshare: list[str]) -> str:
    for tool, package in (("unshare", "util-linux"), ("ip", "iproute2")):
        if shutil.which(tool, path=_PATH) is None:
            return f"Media and browser tests need {tool}. To install it: sudo apt-get install {package}"
    tried = subprocess.run([*unshare, "true"], env={"PATH": _PATH}, capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        return ""
    return (
        "Media and browser tests run in a network namespace of their own, and this system does not let this user make "
        f"one ({tried.stderr.strip()}). Run them as root, or let ordinary users make namespaces: "
        "sudo sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0"
    )


def _add_device() -> None:
    for kind in DEVICE_TYPES:
        try:
            _ip("link", "add", "media0", "type", kind)
        except subprocess.CalledProcessError as error:
            reason = error.stderr.strip()
        else:
            return
    sys.exit(f"No network device for the media server could be made in the namespace: {reason}")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], env={"PATH": _PATH}, check=True, capture_output=True, text=True)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"

if __name__ == "__main__":
    sys.exit(main())
