"""How often a process looks through its memory for garbage, and where its stack lies."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NEW_OBJECTS = 100_000
"""Of objects that outlive the act they were made for, before the newest are looked through."""
STACK = 65_536
"""Places of 8 bytes; Python doubles its pieces until all of them find room, and some more."""


@contextmanager
def loading() -> Iterator[None]:
    """Around what loads all code of a process. Nothing of it is garbage, and to look for some meanwhile takes a tenth
    of the time. What is there in the end stays, is never looked through again, which takes a tenth of a second each
    time, and goes on being shared by processes that part from this one.

    Source: Python documentation, gc.freeze; measured on the page about one patient (docs/benchmarks.md).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS, 20, 100)
        gc.enable()


class Roomy:
    """A call whose whole stack lies in one piece of memory, in whichever thread it is made.

    Python takes its stack from the system by 16 KB and gives such a piece back as soon as it is left, so that a loop
    which calls across the edge of one does both each time. A function that may need half a megabyte is given a whole
    one, of which nothing is used that is not written to, and all that it calls finds room behind it.

    Source: CPython 3.11 to 3.13, Python/pystate.c, push_chunk and _PyThreadState_PopFrame; measured with requests to
    the pages of admissions: 147,000 pieces in 325 requests, a tenth of their time.
    """

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self._call(*args, **named)

    __call__.__code__ = __call__.__code__.replace(co_stacksize=STACK)
