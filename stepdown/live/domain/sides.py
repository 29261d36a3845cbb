"""Side rooms: nobody stays alone in one. Plain arithmetic; the clock is an argument."""

from datetime import datetime, timedelta

# Longer than coming back on a broken line takes. A private word ends first: its patient wants to be with somebody.
PATIENCE = {"word": timedelta(seconds=10), "pair": timedelta(seconds=30)}


def lonely_since(there: int, before: datetime | None, now: datetime) -> datetime | None:
    """Since when fewer than two people are in a side room; None when there are two or more.

    there: people who are in it now. before: the answer a moment ago.
    """
    return None if there > 1 else before or now


def is_too_long(kind: str, since: datetime | None, now: datetime) -> bool:
    """Whether whoever is left in it should be with the group again; `kind` is a key of PATIENCE."""
    return since is not None and now - since >= PATIENCE[kind]
