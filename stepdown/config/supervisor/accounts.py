"""Who the children run as. PostgreSQL refuses to run as root, and the media server should not."""

import grp
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

SYSTEM_USER = "stepdown"
# What the system user needs and cannot reach elsewhere; only root can put anything here.
FOR_THE_SYSTEM_USER = Path("/var/lib/stepdown")
ONE_ID = 1  # a user namespace that maps one id has no second user to run as


class AsUser(TypedDict, total=False):
    """What `subprocess.Popen` needs to run a program as somebody else; empty for ourselves."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The user that postgres and janus run as. `uid` is None when they run as whoever started us."""

    uid: int | None = None
    gid: int | None = None

    def as_user(self) -> AsUser:
        """Keyword arguments for `subprocess.Popen` and `subprocess.run`."""
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path, mode: int) -> None:
        """Gives a file or folder to this account with the given mode."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def can(self, test: str, path: Path) -> bool:
        """Whether this account can reach `path`; `test` is "-r", "-w" or "-x" as in test(1)."""
        return (
            subprocess.run(["/usr/bin/test", test, str(path)], cwd="/", check=False, **self.as_user()).returncode == 0
        )


OURSELVES = Account()


def is_real_root() -> bool:
    """True for root of the machine or container; False for a user who is root in a namespace of one id only."""
    if os.geteuid() != 0:
        return False
    mapped = sum(int(line.split()[2]) for line in Path("/proc/self/uid_map").read_text().splitlines())
    return mapped > ONE_ID


def unprivileged() -> Account:
    """The account for postgres and janus: a system user without a login when we are root, else ourselves."""
    if not is_real_root():
        return OURSELVES
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def _make_system_user() -> None:
    nologin = shutil.which("nologin", path="/usr/sbin:/sbin") or "/bin/false"
    command: list[Any] = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", nologin]
    try:
        grp.getgrnam(SYSTEM_USER)
        command += ["--gid", SYSTEM_USER]
    except KeyError:
        command += ["--user-group"]
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    done = subprocess.run([*command, SYSTEM_USER], env={"PATH": path}, capture_output=True, text=True, check=False)
    if done.returncode != 0 and SYSTEM_USER not in {entry.pw_name for entry in pwd.getpwall()}:
        raise OSError(f"The system user {SYSTEM_USER} could not be made: {done.stderr.strip()}")
