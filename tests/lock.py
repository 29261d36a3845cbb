"""What `make check` can say about the dependencies without asking anybody: each is locked with its hash, and how old
the locks are. Known holes are asked for by `make audit`, which needs a database of them from outside.
"""

import re
import subprocess
import sys
import time

from tests.consistency.files import ROOT

LOCKS = ("requirements.lock", "requirements-install.lock", "requirements-check.lock", "requirements-dev.lock")
OLD = 90  # days
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*(?:\[[a-z,]+\])?==[^\s;\\]+(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def wrong(lock: str) -> list[str]:
    """Lines of a lock file that are neither a fixed version followed by a hash, nor a hash, nor a comment."""
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    return [a for a, b in pairs if not (HASH.match(a) or (PINNED.match(a) and HASH.match(b)))]


def age(name: str) -> int | None:
    """Days since the lock was resolved, as its history tells; None without one."""
    asked = ["git", "log", "-1", "--format=%ct", "--", name]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    return int((time.time() - int(told.stdout)) // 86400) if told.stdout.strip() else None


def main() -> int:
    found = {name: wrong((ROOT / name).read_text()) for name in LOCKS}
    for name, lines in found.items():
        for line in lines:
            print(f"{name}: {line.strip()} has no fixed version with a hash; `make lock` writes them")
        days = age(name)
        if days is not None and days > OLD:
            print(f"{name} was resolved {days} days ago: run `make lock`, and `make audit` where PyPI can be asked")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
