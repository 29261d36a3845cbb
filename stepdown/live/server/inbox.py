"""Writes what witnesses saw, many at a time, and keeps it while the database is away."""

import asyncio

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError

from stepdown.live.server.store import in_database
from stepdown.live.services import Sighting, record

log = structlog.get_logger(__name__)

AT_ONCE = 500
RETRY_SECONDS = 0.5


class Inbox:
    """`put` never waits; `run` writes until cancelled; `drain` returns when all is written."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Sighting] = asyncio.Queue()

    def put(self, *sightings: Sighting) -> None:
        for sighting in sightings:
            self._queue.put_nowait(sighting)

    async def run(self) -> None:
        while True:
            batch = [await self._queue.get()]
            while len(batch) < AT_ONCE and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._write(batch)
            for _ in batch:
                self._queue.task_done()

    async def _write(self, batch: list[Sighting]) -> None:
        while True:
            try:
                await in_database(record, batch)
            except (OperationalError, InterfaceError):
                log.warning("inbox waits for the database", rows=len(batch))
                await asyncio.sleep(RETRY_SECONDS)
            except DatabaseError:
                if len(batch) == 1:
                    log.exception("a sighting could not be kept")
                    return
                for sighting in batch:  # one bad row takes no other with it
                    await self._write([sighting])
                return
            else:
                return

    async def drain(self) -> None:
        await self._queue.join()
