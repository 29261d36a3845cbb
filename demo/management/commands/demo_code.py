"""Prints the one-time code a demo staff member would see on their phone now. Works in the demo only."""

import time
from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="the part of the e-mail before the @, such as ines")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Codes are printed for the demo only.")
        try:
            found = Authenticator.objects.filter(
                type=Authenticator.Type.TOTP, user__email=f"{options['who']}@fernbrook.example"
            ).first()
        except OperationalError as error:
            raise CommandError("The demo is not running here. Start it with: make run") from error
        if found is None:
            raise CommandError(f"Nobody signs in as {options['who']}@fernbrook.example. Try ines, ruth or kit.")
        secret = decrypt(TOTP(found).instance.data["secret"])
        self.stdout.write(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
