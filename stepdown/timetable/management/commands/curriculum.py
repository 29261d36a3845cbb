"""./manage.py curriculum: brings topics and handouts up to date, or takes over a center's own handouts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stepdown.placement.models import Language
from stepdown.timetable import curriculum
from stepdown.timetable.domain.handouts import Unfit


class Command(BaseCommand):
    help = (
        "Brings the topics and handouts of the product into the database; handouts that were changed there stay. With "
        "a file of your own, its handouts take the place of ours in one language, and stay from then on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="TOML, as stepdown/timetable/data/handouts/en.toml; any topics.")
        parser.add_argument("--language", choices=Language.values, help="The language of the file.")

    def handle(self, *args: Any, file: str | None, language: str | None, **options: Any) -> None:
        if not file:
            self.stdout.write(f"{curriculum.load()} topics, each with its handouts.")
            return
        if not language:
            raise CommandError(f"Say the language of the file: --language {' or '.join(Language.values)}.")
        try:
            taken = curriculum.take_over(text=Path(file).read_text(encoding="utf-8"), language=language)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8 text.") from error
        except Unfit as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Taken over: {taken}. They stay when the product brings others.")
