"""./manage.py destruction_sql: writes anew what counts and destroys records, after a stage has said what it keeps."""

from typing import Any

from django.core.management.base import BaseCommand

from stepdown.config.supervisor.roles import DESTRUCTION
from stepdown.privacy.retention_sql import written


class Command(BaseCommand):
    help = "Writes stepdown/config/destruction.sql from what the stages keep of a person."

    def handle(self, *args: Any, **options: Any) -> None:
        DESTRUCTION.write_text(written(), encoding="utf-8")
        self.stdout.write(f"Written: {DESTRUCTION}")
