"""How often a process looks through its memory for garbage."""

import gc

NEW_OBJECTS = 100_000
"""Of objects that outlive the act they were made for, before the newest are looked through."""


def settle() -> None:
    """To be called once when everything is loaded: what is there by then stays until the end and is never looked through
    again, which takes a tenth of a second each time; and processes that part from this one go on sharing it.

    Source: Python documentation, gc.freeze; measured on the page about one patient (docs/benchmarks.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 100)
