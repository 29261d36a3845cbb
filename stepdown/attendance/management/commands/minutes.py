"""./manage.py minutes FILE: clinical minutes of each line, one whole number a line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stepdown.attendance.domain.lines import BadLine, minutes_of_lines


class Command(BaseCommand):
    help = (
        'Reads lines {"session":[from,to],"breaks":[[from,to],…],"stays":[[from,to],…]} with ISO times that carry '
        "offsets, and prints the clinical minutes of each. Nothing is stored; the database is not needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="Path of the file, or - for standard input.")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            minutes = minutes_of_lines(data.decode("utf-8-sig").split("\n"))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from error
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise CommandError(f"Line {line} is not UTF-8 text.", returncode=2) from error
        except BadLine as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write("".join(f"{m}\n" for m in minutes), ending="")
