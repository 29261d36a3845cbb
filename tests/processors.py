"""Keeps each worker of a run, and the server processes that answer it, on one processor.

A worker and its server process take turns, some ten thousand times a minute: on one processor that is a change from one
to the other, on two each has to be woken from its sleep. Source: sched_setaffinity(2); measured with the tests of the
chart, of transitions and of people, two workers on two processors: 59 seconds instead of 64.
"""

import os
from contextlib import suppress
from typing import Any

from django.db.backends.signals import connection_created

from stepdown.config.supervisor.processes import command_of


def keep_to_one(number: int) -> None:
    """To be called in the worker of that number, before it opens a connection."""
    there = sorted(os.sched_getaffinity(0))
    mine = {there[number % len(there)]}

    def keep_server_process(connection: Any, **_: Any) -> None:
        pid = connection.connection.info.backend_pid
        if command_of(pid)[:1] and command_of(pid)[0].startswith("postgres:"):  # it may be on another machine
            with suppress(OSError):  # it is somebody else's
                os.sched_setaffinity(pid, mine)

    os.sched_setaffinity(0, mine)
    connection_created.connect(keep_server_process, weak=False)
