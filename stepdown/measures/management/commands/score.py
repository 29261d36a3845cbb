"""./manage.py score INSTRUMENT FILE.csv: scores, bands and flags of each row, one JSON line a row."""

import io
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stepdown.kernel.instruments import NoSuchInstrument, load
from stepdown.measures.domain.vectors import BadTable, scored


class Command(BaseCommand):
    help = (
        "Scores each row of a CSV file: case_id, ctx_* for context, one column an item (a whole number, empty for a "
        "blank). Columns exp_*, sev_*, flags and note are left alone. Prints one JSON line a row: case_id, scores, "
        "bands of the scores that have bands, flags with consistency checks as check:<id>. A row that cannot be scored "
        "is told on standard error, and the exit code is 1. Nothing is stored; the database is not needed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("instrument", metavar="INSTRUMENT", help="Id of the instrument: phq-9, say.")
        parser.add_argument("file", metavar="FILE", help="Path of the CSV file, or - for standard input.")

    def handle(self, *args: Any, instrument: str, file: str, **options: Any) -> None:
        bad = []
        try:
            definition = load(instrument)
            for row in scored(definition, io.StringIO(text_of(file), newline="")):
                if isinstance(row, str):
                    self.stdout.write(row)
                else:
                    bad.append(str(row))
        except (NoSuchInstrument, BadTable) as error:
            bad.append(str(error))
        if bad:
            raise CommandError("\n".join(bad))


def text_of(file: str) -> str:
    """The file, or standard input for -. Raises CommandError (exit code 1) with a sentence when it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CommandError(f"Line {line} is not UTF-8 text.") from error
