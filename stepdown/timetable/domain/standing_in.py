"""Who can stand in for a session, and how long an answer is waited for.

Source: program manual, "Leader" (a counselor, Master's level, licensed where each patient is located, one session at a
time).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

NO_LICENSE = "No license in"
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=12)


@dataclass(frozen=True)
class Somebody:
    """One who could stand in, as they are at that time. leads: the group they lead or co-lead then, "" for none.
    states: where they have a license, Master's level, valid on that day. is_apart: from somebody with a seat in the
    group they are to be kept apart."""

    is_counselor: bool
    is_away: bool
    leads: str
    states: frozenset[str]
    is_apart: bool = False


def why_not(somebody: Somebody, seated: Mapping[str, int]) -> list[str]:
    """Every reason why they cannot stand in; none means that they can. seated: state -> how many people sit there, of
    those that the license has to reach; empty for a co-leader, whose license does not count."""
    reasons = []
    if not somebody.is_counselor:
        reasons.append("Is no counselor.")
    if somebody.is_away:
        reasons.append("Is away then.")
    if somebody.leads:
        reasons.append(f"Leads {somebody.leads} then.")
    if somebody.is_apart:
        reasons.append("Is to be kept apart from someone in this group.")
    missing = [state for state in sorted(seated) if state not in somebody.states]
    reasons += [f"{NO_LICENSE} {state}, where {_people(seated[state])}." for state in missing]
    return reasons


def is_only_license(reasons: list[str]) -> bool:
    """Whether nothing but licenses stands against them."""
    return all(why.startswith(NO_LICENSE) for why in reasons)


def _people(count: int) -> str:
    return "one person sits" if count == 1 else f"{count} people sit"


def turn_ends(asked_at: datetime, starts_at: datetime) -> datetime:
    """Until when the next in a row waits: a quarter of the time that is left, from 15 minutes to 12 hours."""
    return asked_at + min(LONGEST, max(SHORTEST, (starts_at - asked_at) / 4))
