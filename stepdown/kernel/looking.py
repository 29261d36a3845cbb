"""Whose records are read while something is done for somebody: whoever loads a patient's row has read of them.

The row itself tells (`Patient.from_db`), so no page can forget to. A query that takes names without rows says so with
`saw`. Outside of `watching`, in jobs and commands, nothing is noted. Source: RULE PRIV-32; 45 CFR 164.312(b).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_seen: ContextVar[set[UUID] | None] = ContextVar("seen", default=None)


@contextmanager
def watching() -> Iterator[set[UUID]]:
    """Gives the ids of the patients whose records were read so far, which grows as more are."""
    seen: set[UUID] = set()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def saw(patient: UUID) -> None:
    """Something of this patient's record has been read."""
    seen = _seen.get()
    if seen is not None:
        seen.add(patient)
