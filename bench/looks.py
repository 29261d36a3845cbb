"""Run in a process of its own by bench.privacy: the page about one patient with and without the look that it leaves, in
turns, and the verification of all seals.

Goals: less than a tenth of the page's time; 1,000,000 looks verified within 60 seconds. The database does not wait for
the disk here. ROUNDS=40 and LOOKS=1000000 change how often, and how many.
"""

import os
import time
from statistics import median

ROUNDS = int(os.environ.get("ROUNDS") or 40)
LOOKS = int(os.environ.get("LOOKS") or 1_000_000)
MIDDLEWARE = "stepdown.privacy.middleware.LooksMiddleware"
MANY = """
INSERT INTO privacy_look (number, at, staff_id, roles, act, page, about, purpose, place, status, patients, seal)
SELECT 0, now() - n * interval '1 second', %s, 'counselor', 'read', 'desk:patient', '{}', 'treatment', '192.0.2.7', 200,
       ARRAY[gen_random_uuid()], ''
FROM generate_series(1, %s) AS n
"""


def main() -> None:
    import django

    django.setup()
    from django.db import connection, transaction
    from django.test.utils import override_settings

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=plain), transaction.atomic():
        leader = _page()
        _chain(connection, leader)
        transaction.set_rollback(True)


def _page():
    from django.conf import settings
    from django.test import Client
    from django.test.utils import override_settings
    from django.urls import reverse

    from bench.table import percentile, table
    from stepdown.desk.tests.histories import with_history
    from stepdown.people.tests.clients import sign_in
    from stepdown.people.tests.factories import CenterFactory, StaffFactory

    CenterFactory()
    leader = StaffFactory()
    url = reverse("desk:patient", args=[with_history(leader, notes=100, check_ins=200).patient_id])
    without = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]
    clients = {}
    for kind, middleware in (("without", without), ("with", settings.MIDDLEWARE)):
        with override_settings(MIDDLEWARE=middleware):
            clients[kind] = sign_in(Client(), leader)
            for _ in range(3):
                assert clients[kind].get(url).status_code == 200
    times = {kind: [] for kind in clients}
    for turn in range(ROUNDS):
        for kind in sorted(clients, reverse=turn % 2 == 0):
            began = time.perf_counter()
            clients[kind].get(url)
            times[kind].append((time.perf_counter() - began) * 1000)
    print(
        f"\nThe page about one patient with the look it leaves: milliseconds over {ROUNDS} requests of each, in turns"
    )
    base = median(times["without"])
    rows = [
        [kind, f"{median(took):.1f}", f"{percentile(took, 0.95):.1f}", f"{median(took) / base:.3f}"]
        for kind, took in times.items()
    ]
    print(table(["look", "p50", "p95", "ratio"], rows))
    return leader


def _chain(connection, leader) -> None:
    from bench.table import table
    from stepdown.privacy.services_looks import verify

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(MANY, [leader.pk, LOOKS])
    wrote = time.perf_counter() - began
    began = time.perf_counter()
    check = verify()
    verified = time.perf_counter() - began
    assert check.broken_at is None
    print(f"\nThe chain of {check.rows:,} looks: seconds")
    print(
        table(["what", "seconds"], [["written and sealed", f"{wrote:.1f}"], ["all seals verified", f"{verified:.1f}"]])
    )


if __name__ == "__main__":
    main()
