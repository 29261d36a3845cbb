"""Run in a process of its own by bench.privacy: what it costs that contact data lies sealed (ADR 14). How many pieces
the list of patients and the page about one patient open, how long that takes, and how long the pages take.

Goal: less than 2 ms a page. ROUNDS=40 changes how often.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from unittest.mock import patch

ROUNDS = int(os.environ.get("ROUNDS") or 40)
REACHED = {
    "email": "someone@example.com",
    "emergency_contact_name": "Pat Example",
    "emergency_contact_phone": "+15125550142",
    "safe_contact_note": "Only after six in the evening.",
}


def main() -> None:
    import django

    django.setup()
    from django.db import transaction
    from django.test.utils import override_settings

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=plain), transaction.atomic(), _timed() as took:
        _asked(took)
        transaction.set_rollback(True)


def _asked(took: list[float]) -> None:
    from django.test import Client
    from django.urls import reverse

    from bench.table import table
    from stepdown.desk.tests.histories import with_history
    from stepdown.people.models import Role
    from stepdown.people.tests.clients import sign_in
    from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory

    CenterFactory()
    leader = StaffFactory(roles=[Role.COUNSELOR, Role.DIRECTOR])
    seat = with_history(leader, notes=100, check_ins=200)
    PatientFactory.create_batch(30, **REACHED)
    client, rows = sign_in(Client(), leader), []
    for name, url in (
        ("list of patients", reverse("placement:patients")),
        ("page about one patient", reverse("desk:patient", args=[seat.patient_id])),
    ):
        for _ in range(3):
            assert client.get(url).status_code == 200
        began = time.process_time()
        for _ in range(ROUNDS):
            client.get(url)
        page = (time.process_time() - began) / ROUNDS
        took.clear()
        client.get(url)
        rows.append([name, len(took), f"{median(took) * len(took) * 1000:.2f}", f"{page * 1000:.1f}"])
    print(f"\nWhat lies sealed: milliseconds on the processor over {ROUNDS} requests")
    print(table(["page", "pieces", "to open them", "the whole page"], rows))


@contextmanager
def _timed() -> Iterator[list[float]]:
    """The seconds each piece took that was opened since; begun before the first request, as queries whose SQL is put
    together once keep what opens their columns."""
    from stepdown.kernel.sealed_fields import Sealed

    opens, took = Sealed.from_db_value, list[float]()

    def timed(self, value, *more):
        began = time.perf_counter()
        found = opens(self, value, *more)
        if value:
            took.append(time.perf_counter() - began)
        return found

    with patch.object(Sealed, "from_db_value", timed):
        yield took


if __name__ == "__main__":
    main()
