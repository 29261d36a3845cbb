"""Who is told of a breach, and by when. Plain rules.

Source: RULE PRIV-31; 45 CFR 164.402(2) (a breach is presumed unless four factors show a low probability), 164.404(b)
(individuals, 60 days from discovery), 164.406 (media, more than 500 residents of one state), 164.408 (the Secretary of
HHS: at the same time for 500 or more, else within 60 days after the end of the year of discovery); 42 CFR 2.16(b).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WITHIN = timedelta(days=60)
TOLD_AT_ONCE = 500
TOLD_TO_MEDIA_ABOVE = 500
INDIVIDUALS, HHS, MEDIA = "individuals", "hhs", "media"


@dataclass(frozen=True)
class Duty:
    """whom: one of INDIVIDUALS, HHS, MEDIA; by: the last day; states: whose media, in order."""

    whom: str
    by: date
    states: tuple[str, ...] = ()


def last_day(discovered_on: date) -> date:
    """The last day on which those concerned are told."""
    return discovered_on + WITHIN


def duties(discovered_on: date, affected: Mapping[str, int]) -> list[Duty]:
    """Who is told by when. affected: people by the state they live in. None when nobody is affected."""
    people, by = sum(affected.values()), last_day(discovered_on)
    if not people:
        return []
    hhs_by = by if people >= TOLD_AT_ONCE else date(discovered_on.year, 12, 31) + WITHIN
    told = [Duty(INDIVIDUALS, by), Duty(HHS, hhs_by)]
    states = tuple(sorted(state for state, count in affected.items() if count > TOLD_TO_MEDIA_ABOVE))
    return [*told, Duty(MEDIA, by, states)] if states else told
