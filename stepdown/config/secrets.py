"""Secrets of an installation: from a file, as systemd's credentials and container secrets hand them over, or from the
environment."""

import os
from pathlib import Path


def read(name: str) -> str:
    """The secret of this name: what stands in the file that the variable NAME_FILE names, without the line's end, or
    else the variable itself; "" without either. Raises OSError when the file cannot be read."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text().rstrip("\r\n") if file else os.environ.get(name, "")
