"""Disclosures without consent: what has to be written down of each kind, and when an emergency waits too long.

Source: 42 CFR 2.12(c)(5), 2.12(c)(6), 2.51, 2.52, 2.53, 2.61 to 2.67; RULE PRIV-22, PRIV-23, PRIV-25.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

ALERT_AFTER = timedelta(hours=1)
EMERGENCY = ("recipient", "affiliation", "discloser", "disclosed_at", "nature")
"""The facts of 42 CFR 2.51(c): who got it and where they work, who gave it, date and time, its nature."""

FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "child_abuse": ("reported",),
        "crime": ("incident", "told"),
        "court_order": ("court", "order", "order_on", "subpoena", "allows"),
        "audit": ("agreement", "looked_at"),
        "research": ("protocol", "agreement", "looked_at"),
    }
)
# What may be told of a crime, and no more. Source: 42 CFR 2.12(c)(5).
CRIME_FACTS = ("incident", "name", "address", "whereabouts")


def missing(facts: Mapping[str, object], asked: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the facts asked for are not there yet; text of spaces is none."""
    return tuple(name for name in asked if facts.get(name) is None or not str(facts[name]).strip())


def waits_too_long(opened_at: datetime, now: datetime) -> bool:
    """Whether an emergency disclosure is open for more than an hour."""
    return now - opened_at > ALERT_AFTER


def may_send_to_court(*, has_order: bool, has_subpoena: bool) -> bool:
    """A subpoena alone is never enough, and neither is an order alone. Source: 42 CFR 2.61; RULE PRIV-23."""
    return has_order and has_subpoena
