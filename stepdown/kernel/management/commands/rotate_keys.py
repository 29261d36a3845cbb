"""Makes a new key and seals everything with it that lies sealed in the database, while the system runs.

Broken off, it goes on where it was the next time. Older keys stay in the ring, as backups need them; --drop-unused
takes those out that nothing in the database is sealed with. A copy of the ring is to be kept apart from the backups.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stepdown.kernel import rotation
from stepdown.kernel.keys import NoKeys


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--drop-unused", action="store_true", help="takes out keys instead, and makes none")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["drop_unused"]:
                dropped = rotation.drop_unused()
                self.stdout.write(f"{len(dropped)} keys were taken out of {settings.KEY_RING}.")
                return
            newest = rotation.rotate(lambda name, pieces: self.stdout.write(f"{name}: {pieces} sealed anew"))
        except NoKeys as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(
            f"Everything is sealed with key {newest}. Keep a copy of {settings.KEY_RING} apart from the data."
        )
