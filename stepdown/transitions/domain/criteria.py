"""Whether someone is ready for the next step: facts in, sentences out. A counselor decides.

Source: level-of-care rules, section 7 (step down to Aftercare): at least 10 of 12 weeks attended or equal hours;
dimensions 1, 2, 3, 5 and 6 rated 0 or 1; use of 0 in the last 4 weeks or a clear reduction agreed in the plan; plan
against return to use and Aftercare plan signed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEEKS_NEEDED, WEEKS_OF = 10, 12
LOW = 1
# A week counts when the person was there in at least this share of its meetings.
SHARE_OF_WEEK = 0.5
DIMENSIONS = {
    "d1": "Withdrawal",
    "d2": "Physical health",
    "d3": "Feelings and thinking",
    "d5": "Risk of return to use",
    "d6": "Home and people around",
}


class Finding(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Criterion:
    """One criterion: what is asked, what is known, and what follows."""

    asked: str
    known: str
    finding: Finding


@dataclass(frozen=True)
class Facts:
    """What the record knows.

    weeks_attended: weeks of the program with enough meetings attended (`weeks_attended` below).
    minutes_attended, minutes_a_week: clinical minutes in all, and those of one full week.
    ratings: d1 to d6, each 0 to 4, or None when not rated; rated_on: the day of that assessment.
    """

    weeks_attended: int
    minutes_attended: int
    minutes_a_week: int
    ratings: Mapping[str, int | None]
    rated_on: date | None


def weeks_attended(meetings: Iterable[tuple[date, bool]], first: date) -> int:
    """How many weeks, counted from `first`, had at least half of their meetings attended.

    meetings: (day, there) of each meeting of the seat that is over, in any order.
    """
    weeks: dict[int, list[bool]] = {}
    for day, there in meetings:
        weeks.setdefault((day - first).days // 7, []).append(there)
    return sum(sum(week) / len(week) >= SHARE_OF_WEEK for week in weeks.values())


def step_down_criteria(facts: Facts) -> list[Criterion]:
    """Every criterion in the order of the source. What the record does not hold yet is said to be not recorded."""
    return [
        _attendance(facts),
        *(_rating(name, facts.ratings.get(key), facts.rated_on) for key, name in DIMENSIONS.items()),
        Criterion(
            "No use in the last four weeks, or a clear reduction agreed in the plan",
            "Not recorded here yet. Go by what you know.",
            Finding.NOT_RECORDED,
        ),
        Criterion(
            "Plan against return to use and Aftercare plan signed",
            "Not recorded here yet. Go by what you know.",
            Finding.NOT_RECORDED,
        ),
    ]


def _attendance(facts: Facts) -> Criterion:
    needed = WEEKS_NEEDED * facts.minutes_a_week
    by_hours = facts.minutes_a_week > 0 and facts.minutes_attended >= needed
    met = facts.weeks_attended >= WEEKS_NEEDED or by_hours
    return Criterion(
        f"At least {WEEKS_NEEDED} of {WEEKS_OF} weeks attended, or as many hours",
        f"{facts.weeks_attended} weeks; {facts.minutes_attended // 60} of {needed // 60} hours.",
        Finding.MET if met else Finding.NOT_MET,
    )


def _rating(name: str, rating: int | None, rated_on: date | None) -> Criterion:
    asked = f"{name}: no concern or a mild one (0 or 1)"
    if rating is None:
        return Criterion(asked, "Not rated yet.", Finding.NOT_RECORDED)
    on = f", rated {rated_on:%b} {rated_on.day}, {rated_on.year}" if rated_on else ""
    return Criterion(asked, f"{rating}{on}.", Finding.MET if rating <= LOW else Finding.NOT_MET)
