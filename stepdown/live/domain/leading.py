"""How long patients have been in a room that nobody leads. Plain arithmetic; the clock is an argument."""

from datetime import datetime, timedelta

PATIENCE = timedelta(minutes=2)


def alone_since(leads: list[bool], before: datetime | None, now: datetime) -> datetime | None:
    """Since when patients are without a leader; None when somebody leads, or nobody is there.

    leads: for each person in the room or on the way back to it, whether they lead. before: the answer a moment ago.
    """
    if not leads or any(leads):
        return None
    return before or now


def is_too_long(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since >= PATIENCE
