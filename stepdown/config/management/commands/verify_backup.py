"""Proves a backup: brings it back into a database server that is made for it and thrown away, and holds it against
what it tells of itself: all tables and their rows, rows at random, the chain of who looked, the keys of what is sealed.

Ends with code 1 when anything is not as it was. It touches no running copy and may be run on any machine.
"""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stepdown.config import backups
from stepdown.config.backups.scratch import scratch_server
from stepdown.config.backups.snapshot import Told
from stepdown.kernel import keys


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="the private key that opens it")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            with scratch_server() as url:
                told = backups.restore(options["file"], options["key"], url)
                found = backups.differences(url, told) + missing_keys(told)
        except backups.BackupFailed as reason:
            raise CommandError(str(reason)) from None
        if found:
            raise CommandError("\n".join(["This backup is not what it should be.", *found]))
        rows, sample = sum(told.rows.values()), sum(map(len, told.sample.values()))
        looks = told.head[0] if told.head else 0
        self.stdout.write(
            f"Good. Of {told.made_at}: {rows:,} rows of {len(told.rows)} tables, {sample:,} of them compared, "
            f"{looks:,} looks in an unbroken chain. It took {time.monotonic() - began:.0f} seconds."
        )


def missing_keys(told: Told) -> list[str]:
    """Keys that the ring of this machine does not hold, and without which what lies sealed stays so."""
    try:
        there = {key.id for key in keys.read(settings.KEY_RING)}
    except keys.NoKeys:
        there = set()
    return [
        f"The key ring {settings.KEY_RING} has no key {key}, which opens a part of it."
        for key in told.keys
        if key not in there
    ]
