"""Several people at the same moment, in real transactions on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections, transaction


def all_at_once(acts):
    """Runs every act in its own thread and connection, released together; gives results and errors in order."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def while_open(
    first: Callable[[], object], second: Callable[[], Any], then: Callable[[], object] = lambda: None
) -> Any:
    """What `second` gives when it begins while the transaction that did `first` is still open, and goes on after it.
    then: done in that transaction once `second` waits.

    Returns when both have ended. Raises what `second` raises. `second` must come to wait for a lock of `first`.
    """

    def run() -> Any:
        try:
            return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            result = pool.submit(run)
            while not result.done() and not _someone_waits():
                pass
            then()
        return result.result()


def _someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return cursor.fetchone() is not None
