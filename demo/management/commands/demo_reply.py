"""Answers a text message of the demo as the phone it went to would. Works in the demo only.

The demo's text messages are read on its console, and nobody can write back there; a real center's provider posts what
people write to /replies/, which leads to the same place.
"""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from stepdown.outreach import replies, services


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("phone", help="whom the text message went to, as its frame names it, such as +15125550117")
        parser.add_argument("words", help="what they write back, such as YES")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Replies are made up in the demo only.")
        reply = replies.Reply(f"demo-{uuid.uuid4()}", options["phone"], replies.meant(options["words"]))
        try:
            services.take_reply(reply)
        except OperationalError as error:
            raise CommandError("The demo is not running here. Start it with: make run") from error
        self.stdout.write("Handed over. What is answered stands on the console of the demo.")
