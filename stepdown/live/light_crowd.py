"""Many light people at once, on a loop in a thread of their own: a test, a browser and the ORM go on beside them."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from stepdown.live.light_client import LightPerson

T = TypeVar("T")
WAIT_SECONDS = 20.0


class Crowd:
    """Light people on a loop in a thread of their own. Everything here is called from plain code."""

    def __init__(self, *, url: str, origin: str) -> None:
        self.url, self.origin = url, origin
        self.people: list[LightPerson] = []
        self.troubles: list[object] = []
        self._loop = asyncio.new_event_loop()
        # Kept, not printed: Python 3.11 breaks when two threads format tracebacks at once (python/cpython#106905).
        self._loop.set_exception_handler(lambda _, context: self.troubles.append(context.get("exception")))
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="crowd")
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], seconds: float = WAIT_SECONDS) -> T:
        """The result of what runs on the crowd's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def comes(self, ticket: Callable[[], str], **options: Any) -> LightPerson:
        """Somebody opens the room; `options` as for LightPerson."""
        person = LightPerson(url=self.url, origin=self.origin, ticket=ticket, **options)
        self.people.append(person)
        self.run(person.start())
        return person

    def comes_about(self, is_so: Callable[[], Any], seconds: float = WAIT_SECONDS) -> bool:
        """Returns True as soon as it is so, False when it is not within that time."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def until(self, is_so: Callable[[], Any], what: str, seconds: float = WAIT_SECONDS) -> None:
        """Returns as soon as it is so; fails with `what` and how everyone stands when it does not come about."""
        if not self.comes_about(is_so, seconds):
            stand = "\n".join(person.stand() for person in self.people)
            raise AssertionError(f"This did not come about within {seconds:g} seconds: {what}. It stands so:\n{stand}")

    def until_is_time(self, at: float) -> None:
        """Returns at that `time.monotonic()`, or at once when it is past."""
        threading.Event().wait(max(0.0, at - time.monotonic()))

    def until_still(self, count: Callable[[], int], seconds: float = WAIT_SECONDS) -> None:
        """Returns once the count stays the same for half a second, which is 25 packets of sound."""
        deadline = time.monotonic() + seconds
        seen, since = count(), time.monotonic()
        while time.monotonic() - since < 0.5:
            if time.monotonic() > deadline:
                raise AssertionError(f"It did not come to rest within {seconds:g} seconds.")
            time.sleep(0.02)
            if count() != seen:
                seen, since = count(), time.monotonic()

    def until_all_see_all(self, people: list[LightPerson], seconds: float = WAIT_SECONDS) -> None:
        """Every one of these people gets new pictures from every other, from now on."""
        self.until(lambda: all(person.join for person in people), "everyone is in", seconds)
        before = {(a.join, b.join): a.frames_from(b.join or "") for a in people for b in people}

        def unseen() -> list[str]:
            return [
                f"{a.join} does not see {b.join}"
                for a in people
                for b in people
                if a is not b
                if not (a.join and b.join and a.frames_from(b.join) > before.get((a.join, b.join), 0))
            ]

        if not self.comes_about(lambda: not unseen(), seconds):
            self.until(lambda: False, f"everyone sees everyone, but {unseen()}, {self.troubles[-5:]}", 0)

    def close(self) -> None:
        """Everyone leaves."""
        for person in self.people:
            with suppress(Exception):
                self.run(person.stop(), 5)
        with suppress(Exception):
            self.run(_end_all_tasks(), 5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


async def _end_all_tasks() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
