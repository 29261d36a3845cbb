"""Fills an empty database with the demo center, or with a large one for measuring."""

from argparse import ArgumentParser
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.seed import seed_demo, seed_large
from demo.soon import check_some_in, ensure_session_soon
from stepdown.people.models import Center


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--patients", type=int, help="make a large center with at least so many patients")
        parser.add_argument("--seed", type=int, default=20)

    def handle(self, *args: Any, **options: Any) -> None:
        if Center.objects.exists():
            raise CommandError("This database already has a center. `make demo-reset` starts afresh.")
        now = timezone.now()
        if options["patients"]:
            seed_large(patients=options["patients"], now=now, seed=options["seed"])
        else:
            seed_demo(now=now, seed=options["seed"])
            if session := ensure_session_soon(now=now):
                check_some_in(session=session, rng=Random(options["seed"]))
