"""Writes an encrypted backup of the whole database, documents and histories too, while the system runs.

It is encrypted to a public key, so who makes backups cannot read them: --new-key makes a pair of keys, once, and writes
the private one to a file that is to be taken elsewhere. The file `keys` in the data folder is not in the backup: keep a
copy of it apart.
"""

import os
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stepdown.config import backups
from stepdown.kernel import rotation


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", help="where the backup is written, with its time in its name"
        )
        parser.add_argument("--new-key", type=Path, metavar="FILE", help="makes the keys, and no backup")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self._make_keys(options["new_key"])
        elif options["folder"]:
            self._make_backup(options["folder"])
        else:
            raise CommandError("Say in which folder: ./manage.py backup FOLDER")

    def _make_keys(self, file: Path) -> None:
        if file.exists():
            raise CommandError(f"{file} is there already. Choose another name.")
        identity = pyrage.x25519.Identity.generate()
        file.touch(mode=0o600)
        file.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
        settings.BACKUP_TO_FILE.write_text(f"{identity.to_public()}\n")
        self.stdout.write(
            f"Backups are encrypted to {identity.to_public()} from now on.\n"
            f"Only {file} opens them. Take it off this machine, to two places, and check that it can be read there."
        )

    def _make_backup(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}. Make it, or name another one.")
        target = folder / f"stepdown-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.age"
        try:
            told = backups.make(os.environ["DATABASE_URL"], target, recipient(), rotation.in_use())
        except backups.BackupFailed as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(
            f"{target}: {sum(told.rows.values()):,} rows of {len(told.rows)} tables, {target.stat().st_size:,} bytes"
        )


def recipient() -> str:
    if settings.BACKUP_TO:
        return str(settings.BACKUP_TO)
    try:
        return str(settings.BACKUP_TO_FILE.read_text().strip())
    except OSError:
        raise CommandError(
            "There is no key yet that backups are encrypted to. Make it once: ./manage.py backup --new-key FILE"
        ) from None
