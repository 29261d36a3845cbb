"""./manage.py verify_looks: whether the list of who looked at whose record is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stepdown.privacy.services_looks import verify


class Command(BaseCommand):
    help = "Recomputes the seal of every row of the access log. Exit code 1 when one was changed or is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        check = verify()
        if check.broken_at is not None:
            raise CommandError(f"Row {check.broken_at} of the access log was changed or is missing.")
        self.stdout.write(f"All {check.rows} rows of the access log are as they were written.")
