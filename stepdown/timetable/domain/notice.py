"""How long beforehand somebody says that they cannot come."""

from datetime import datetime, timedelta

NOTICE = timedelta(hours=24)


def is_late(told_at: datetime, starts_at: datetime) -> bool:
    """Whether it was said with less than the notice the center asks for. Source: glossary, "no-show" (24 hours by
    default)."""
    return starts_at - told_at < NOTICE
