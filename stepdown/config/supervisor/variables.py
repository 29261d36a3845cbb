"""Environment variables kept in files, and the ones of the copy that lies in this folder."""

import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FILE = "environment"
OWNER = "STEPDOWN_OWNER_DATABASE_URL"


def default_home() -> Path:
    """STEPDOWN_HOME, or the folder beside the code."""
    return Path(os.environ.get("STEPDOWN_HOME") or ROOT / ".stepdown").resolve()


def variables_of_this_copy() -> dict[str, str]:
    """What the copy in STEPDOWN_HOME gave its processes at its last start; empty when there is none."""
    return read_variables(default_home() / FILE)


def read_variables(path: Path) -> dict[str, str]:
    """NAME=value lines; empty when there is no such file."""
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def write_variables(path: Path, variables: Mapping[str, str]) -> None:
    """Writes NAME=value lines for our eyes only, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))
    unfinished.replace(path)
