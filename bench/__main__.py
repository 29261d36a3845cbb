"""Runs the parts named by ONLY (comma separated; all when empty) and prints their tables."""

import os
import subprocess
import sys

PARTS = {
    "pages": [sys.executable, "-m", "bench.pages"],
    "placement": [sys.executable, "-m", "bench.placement"],
    "chart": [sys.executable, "-m", "bench.chart"],
    "backup": [sys.executable, "-m", "bench.backup"],
    "privacy": [sys.executable, "-m", "bench.privacy"],
    "room": [
        sys.executable,
        "-m",
        "tests.netns",
        "pytest",
        "bench/room.py",
        "bench/cost.py",
        "-m",
        "browser",
        "-s",
        "-q",
    ],
}


def main() -> int:
    wanted = [part for part in os.environ.get("ONLY", "").split(",") if part] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        print(f"There is no part called {', '.join(sorted(unknown))}. Choose from: {', '.join(PARTS)}.")
        return 2
    env = {"CAMERA_FPS": "20", **os.environ}
    return max(subprocess.run(PARTS[part], env=env).returncode for part in wanted)


sys.exit(main())
