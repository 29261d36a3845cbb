#!/usr/bin/env python3
"""Runs Django's commands against the settings of this project, in the virtual environment that `make` keeps here."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from stepdown.config.supervisor.variables import OWNER, variables_of_this_copy

PYTHON_OF_THIS_COPY = Path(__file__).absolute().parent / ".venv" / "bin" / "python"
OF_THE_OWNER = {"migrate", "rotate_keys", "backup"}
"""Commands that work on tables, and not only with what lies in them."""
BEFORE_ANY = "restore"  # begins a copy, of which nothing is known yet


def main() -> None:
    """Uses the database and secrets of the copy that `make run` made here, unless the environment names others."""
    variables = {} if sys.argv[1:2] == [BEFORE_ANY] else variables_of_this_copy()
    if OWNER in variables and set(sys.argv[1:2]) & OF_THE_OWNER:
        variables["DATABASE_URL"] = variables[OWNER]
    for name, value in variables.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepdown.config.settings")
    from stepdown.kernel.memory import loading

    with loading():
        import django
        from django.core.management import execute_from_command_line

        django.setup()

    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read along, `head` say, has read enough. What is still to be written at the end goes nowhere: the
        # Python documentation, "Note on SIGPIPE".
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def in_its_environment() -> None:
    """Starts again with the Python of `.venv` when whoever typed the command is in no environment of theirs."""
    if sys.prefix == sys.base_prefix and PYTHON_OF_THIS_COPY.exists():
        os.execv(PYTHON_OF_THIS_COPY, [str(PYTHON_OF_THIS_COPY), *sys.argv])  # noqa: S606  our own, no words to split
    if find_spec("django") is None:
        sys.exit("Django is not installed here. `make run` and `make check` make .venv with everything in it.")


if __name__ == "__main__":
    in_its_environment()
    main()
