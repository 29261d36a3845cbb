"""Sets up what the product needs: locked Python packages in .venv, and a few Debian packages when it may.

Runs before anything is installed, so the standard library is all it uses. Called with `run`; with `check`, which adds
what a room-check needs; or with `test`, which adds what the tests need. Says nothing when all is there.
"""

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
SYSTEM_PATH = ":/usr/local/sbin:/usr/sbin:/sbin"


class CannotInstall(Exception):
    """Something needed is missing and may not be installed; `str()` says what to type."""


@dataclass(frozen=True)
class Package:
    """A Debian package, the program or the library it brings, what is off without it, and whether we take its service's
    place."""

    name: str
    program: str
    why: str
    is_our_service: bool = False
    library: str = ""

    @property
    def is_there(self) -> bool:
        return bool(ctypes.util.find_library(self.library) if self.library else _which(self.program))


JANUS = Package("janus", "janus", "Video is off without the media server janus.", is_our_service=True)
PANGO = Package("libpangoft2-1.0-0", "", "PDF files are off without Pango.", library="pangoft2-1.0")
HARFBUZZ = Package("libharfbuzz-subset0", "", "PDF files are off without HarfBuzz.", library="harfbuzz-subset")
CHROMIUM = Package("chromium", "chromium", "Browser tests need Chromium.")
BARE_CHROMIUM = Package("chromium-headless-shell", "chromium-headless-shell", "Browser tests take longer without it.")
COTURN = Package("coturn", "turnserver", "Browser tests need the relay coturn.", is_our_service=True)
IPROUTE = Package("iproute2", "ip", "Browser tests need the program ip.")
INSTALLER = ROOT / "requirements-install.lock"
OF_LOCK = ("--quiet", "--require-hashes", "--only-binary", ":all:", "-r")
PURPOSES = {
    "run": ("requirements.lock", (JANUS, PANGO, HARFBUZZ)),
    "check": ("requirements-check.lock", ()),
    "test": ("requirements-dev.lock", (JANUS, PANGO, HARFBUZZ, CHROMIUM, BARE_CHROMIUM, COTURN, IPROUTE)),
}


def main() -> int:
    """Exit code 0 when the product can start (video may be missing), else 1 with a sentence on the console."""
    lock_name, packages = PURPOSES[sys.argv[1]]
    try:
        _make_venv()
        with ThreadPoolExecutor() as pool:  # one waits for the disk where the other computes
            debian = pool.submit(_install_debian, packages)
            _install_locked(ROOT / lock_name)
        debian.result()
    except CannotInstall as reason:
        print(reason, flush=True)
        return 1
    return 0


def _make_venv() -> None:
    if PYTHON.exists():
        return
    if sys.version_info < OLDEST:
        version = ".".join(map(str, sys.version_info[:2]))
        raise CannotInstall(f"Stepdown needs Python 3.11 or newer; {sys.executable} is {version}.")
    if importlib.util.find_spec("ensurepip") is None:
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not _may_install() or not _apt_install(name):
            raise CannotInstall(f"Python's venv module is missing. To install it: sudo apt-get install {name}")
    print("Making the virtual environment …", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotInstall(f"The virtual environment {VENV} could not be made; the reason is above.")


def _install_locked(lock: Path) -> None:
    mark = VENV / f"installed-{lock.stem}-{_digest(lock)}"
    if mark.exists():
        return
    print(f"Installing the packages of {lock.name} …", flush=True)
    if not (_install_by_pip(INSTALLER) and _install_by_uv(lock)) and not _install_by_pip(lock):
        raise CannotInstall(f"The packages of {lock.name} could not be installed; the reason is above.")
    mark.touch()


def _install_by_uv(lock: Path) -> bool:
    """A third of the time pip takes; but it reads none of pip's settings, such as a center's own index."""
    return _runs(str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), *OF_LOCK, str(lock))


def _install_by_pip(lock: Path) -> bool:
    # Python compiles what is imported when it is: a small part of what pip would compile.
    quiet = ("--disable-pip-version-check", "--no-input", "--no-compile")
    return _runs(str(PYTHON), "-m", "pip", "install", *quiet, *OF_LOCK, str(lock))


def _runs(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def _install_debian(packages: Sequence[Package]) -> None:
    missing = [package for package in packages if not package.is_there]
    new = [package for package in missing if not _mark_of(package).exists()]
    if new and _may_install():
        _install_missing(new)
    for package in missing:
        _mark_of(package).touch()
        if not package.is_there:
            print(f"{package.why} To install it: sudo apt-get install {package.name}", flush=True)


def _install_missing(packages: Sequence[Package]) -> None:
    names = [package.name for package in packages]
    print(f"Installing the Debian packages {', '.join(names)} …", flush=True)
    for package in packages:
        if package.is_our_service and shutil.which("systemctl"):
            # Its own service would run beside ours: janus as root with rooms and passwords that everybody knows,
            # coturn as a relay that asks nobody who they are.
            _as_root("systemctl", "mask", f"{package.name}.service")
    if not _apt_install(*names):  # one that is not to be had keeps none of the others away
        for name in names:
            _apt_install(name)


def _mark_of(package: Package) -> Path:
    return VENV / f"asked-for-{package.name}"


def _may_install() -> bool:
    return _which("apt-get") is not None and (os.geteuid() == 0 or _as_root("true"))


def _apt_install(*names: str) -> bool:
    install = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *names)
    if _as_root(*install):
        return True
    return _as_root("apt-get", "update", "--quiet") and _as_root(*install)


def _as_root(*command: str) -> bool:
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    words = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", *command]
    if not _which(words[0]):
        return False
    env = {**os.environ, "PATH": os.environ.get("PATH", "") + SYSTEM_PATH}
    log = VENV / "debian.log" if VENV.exists() else Path(os.devnull)
    with log.open("ab") as output:
        return subprocess.run(words, env=env, stdout=output, stderr=output, check=False).returncode == 0


def _which(program: str) -> str | None:
    return shutil.which(program, path=os.environ.get("PATH", "") + SYSTEM_PATH)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
