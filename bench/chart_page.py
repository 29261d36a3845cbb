"""Run in a process of its own by bench.chart: how long the page about one patient takes, with a short history and with
1,000 notes and 2,000 check-ins, how long the same as a PDF file takes, and the signature under a note of nine.

Goals: 95 of 100 requests within 50 ms of server time, as many queries for both; nine notes signed within a second.
Asserts nothing about time. ROUNDS=40 changes how often.
"""

import os
import time
from pathlib import Path
from statistics import median

ROUNDS = int(os.environ.get("ROUNDS") or 40)
HISTORIES = ((10, 20), (1000, 2000))  # notes, check-ins
NINE, SIGNED = 9, 9
PDFS = 6


def main() -> None:
    from stepdown.kernel.memory import loading

    with loading():
        import django
        from django.urls import resolve

        django.setup()
        resolve("/")
    from django.db import connection, transaction
    from django.test.utils import override_settings

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=plain), transaction.atomic():
        _histories(connection)
        _signatures()
        transaction.set_rollback(True)


def _histories(connection) -> None:
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from bench.table import percentile, table
    from stepdown.desk.tests.histories import with_history
    from stepdown.people.tests.clients import sign_in
    from stepdown.people.tests.factories import CenterFactory, StaffFactory
    from stepdown.ui.charts import svg

    CenterFactory()
    rows, first = [], 0.0
    for notes, check_ins in HISTORIES:
        leader = StaffFactory()
        seat = with_history(leader, notes=notes, check_ins=check_ins)
        client, url = sign_in(Client(), leader), reverse("desk:patient", args=[seat.patient_id])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for _ in range(3):
            assert client.get(url).status_code == 200

        def opened(client=client, url=url):
            return client.get(url)

        def drawn_anew():
            for cache in svg.caches:
                cache.cache_clear()
            return opened()

        with CaptureQueriesContext(connection) as captured:
            page = client.get(url)
        queries = len(captured)  # now: the next request empties the log
        size = f"{len(page.content) // 1024}"
        for what, ask in (("", opened), (", all drawn anew", drawn_anew)):
            times, cpu = _times(ask, ROUNDS)
            first = first or median(times)
            rows.append([f"{notes:,} notes, {check_ins:,} check-ins{what}", f"{median(times):.0f}",
                         f"{percentile(times, 0.95):.0f}", f"{median(cpu):.0f}", f"{median(times) / first:.2f}",
                         queries, size])  # fmt: skip
    print(f"\nThe page about one patient, for who leads the group: milliseconds of server time over {ROUNDS} requests,")
    print("and of them on the processor, the database's apart")
    print(table(["history", "p50", "p95", "processor", "ratio", "queries", "kB"], rows))
    _files(lambda: client.get(f"{url}?as=pdf"))


def _files(ask) -> None:
    from bench.table import table

    before = _memory()
    (first, *others), cpu = _times(ask, PDFS)
    cells = [f"{first:.0f}", f"{cpu[0]:.0f}", _memory() - before, f"{median(others):.0f}", f"{median(cpu[1:]):.0f}"]
    print(f"\nThe same as a PDF file: milliseconds, the median of {PDFS - 1} after the first in the process")
    print(table(["what", "first", "processor", "MB more", "p50", "processor"], [["PDF", *cells]]))


def _memory() -> int:
    """What this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def _signatures() -> None:
    from bench.table import table
    from stepdown.attendance.services import confirm
    from stepdown.chart import services
    from stepdown.chart.tests.factories import note_of, written

    times = []
    for _ in range(SIGNED):
        note = written(note_of(present=NINE))
        confirm(session=note.session, by=note.author)

        def sign(note=note) -> None:
            services.sign_note(note=note, attestation=services.ATTESTATION, by=note.author)

        times += _times(sign, 1)[0]
    print(f"\nSigning a note of {NINE} people with its digest: milliseconds over {SIGNED} notes")
    print(table(["what", "p50", "slowest"], [["sign", f"{median(times):.0f}", f"{max(times):.0f}"]]))


def _times(act, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each round: by the clock, and of the processor."""
    took, cpu = [], []
    for _ in range(rounds):
        began, began_cpu = time.perf_counter(), time.process_time()
        act()
        took.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - began_cpu) * 1000)
    return took, cpu


if __name__ == "__main__":
    main()
