"""How long a record stays open that somebody opened in an emergency, and how often one may look in vain."""

from collections.abc import Sequence
from datetime import datetime, timedelta

LASTS = timedelta(minutes=60)
TRIES = 5
TRIES_WITHIN = timedelta(hours=1)


def may_try(tries: Sequence[datetime], now: datetime) -> bool:
    """Whether one more search is allowed after these that found nobody."""
    return sum(at > now - TRIES_WITHIN for at in tries) < TRIES
