"""How often a process looks through its memory for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS = 100_000
"""Of objects that outlive the act they were made for, before the newest are looked through."""


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
