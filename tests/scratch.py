"""Where tests put what is gone after the run: databases, homes of copies, profiles of browsers."""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
NEEDED = 8 * 2**30
"""Bytes that are to be free: a run uses three thousand million at most."""


def use() -> None:
    """Memory, where there is plenty: a database is made of a thousand files, and a disk takes its time over each."""
    if "TMPDIR" not in os.environ and _is_roomy(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # what was found before


def _is_roomy(folder: Path) -> bool:
    try:
        found = os.statvfs(folder)
        known = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    except OSError:
        return False
    free = int(known["MemAvailable"].split()[0]) * 1024
    return not found.f_flag & os.ST_NOEXEC and min(free, found.f_bavail * found.f_frsize) > NEEDED
