"""Brings a backup back into an empty database: the built-in one of a new data folder, or the one DATABASE_URL names.

Put the file `keys` into the data folder first. Then start the product as always, which brings tables up to date.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stepdown.config import backups
from stepdown.config.management.commands.verify_backup import missing_keys
from stepdown.config.supervisor import postgres
from stepdown.config.supervisor.home import HomeTaken
from stepdown.config.supervisor.options import CannotRun, Options
from stepdown.config.supervisor.product import Product


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="the private key that opens it")

    def handle(self, *args: Any, **options: Any) -> None:
        failures = (backups.BackupFailed, HomeTaken, CannotRun, postgres.PostgresFailed, psycopg.Error)
        try:
            if missing := missing_keys(backups.read_told(options["file"], options["key"])):
                raise CommandError(
                    "\n".join([*missing, f"Put the file that was kept apart to {settings.KEY_RING} first."])
                )
            with empty_database() as url:
                told = backups.restore(options["file"], options["key"], url)
                found = backups.differences(url, told)
        except failures as reason:
            raise CommandError(str(reason)) from None
        if found:
            raise CommandError("\n".join(["Not all of it is back.", *found]))
        self.stdout.write(f"All of it is back, as it was {told.made_at}. Start the product as always.")


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of the database of this copy, whose product must not run; the built-in server runs meanwhile."""
    product = Product(Options.from_environment())
    if product.cluster is None:
        yield product.owner_url
        return
    if not product.cluster.exists:
        product.cluster.make()
    server = product.cluster.start()
    try:
        product.cluster.create_database()
        yield product.owner_url
    finally:
        postgres.stop(server)
