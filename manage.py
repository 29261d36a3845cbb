#!/usr/bin/env python
"""Runs Django's commands against the settings of this project."""

import os
import sys

from stepdown.config.supervisor.variables import variables_of_this_copy


def main() -> None:
    """Uses the database and secrets of the copy that `make run` made here, unless the environment names others."""
    for name, value in variables_of_this_copy().items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stepdown.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
