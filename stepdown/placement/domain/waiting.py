"""In what order people wait for a chair: by urgency, then by who waits longest. Values in, reasons out.

Sources: 45 CFR 96.131 (a program that takes block grant money gives pregnant people preference in admission);
level-of-care rules, section 3 and step 4 (a home that is not safe or where people use), step 5 (what points to more
care than IOP); program facts, section 1 (IOP as the step down from more care).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

FIRST, SOON, IN_TURN = 1, 2, 3

# Levels of care that are more than IOP, and how the reason names where somebody comes from.
MORE_CARE = {
    "PHP": "partial hospitalization",
    "RESIDENTIAL": "residential care",
    "WITHDRAWAL_MANAGEMENT": "withdrawal management",
}
FROM_MORE_CARE = {
    "hospital": "the hospital",
    "partial_hospitalization": "partial hospitalization",
    "residential": "residential care",
    "withdrawal_management": "withdrawal management",
}
DIMENSIONS = {"d3": "how they feel and think", "d5": "the danger of going on using", "d6": "where they live"}


@dataclass(frozen=True)
class Facts:
    """What the assessment found. ratings: d1 to d6, 0 to 4, None when not rated. advice: the level the rules advised.
    came_from: a value of CameFrom."""

    pregnant: bool = False
    advice: str = ""
    decided: str = ""
    came_from: str = ""
    unsafe_home: bool = False
    lives_with_people_who_use: bool = False
    homeless: bool = False
    ratings: Mapping[str, int | None] = field(default_factory=dict)


def urgency_of(facts: Facts) -> tuple[int, list[str]]:
    """(FIRST, SOON or IN_TURN, every reason for it, the weightiest first). No reason: in turn."""
    first = ["Pregnant."] if facts.pregnant else []
    if facts.advice in MORE_CARE and facts.advice != facts.decided:
        first.append(f"The advice was more care than this: {MORE_CARE[facts.advice]}.")
    first += [f"Rated {n} for {DIMENSIONS[d]}." for d, n in _rated(facts) if n >= 3]
    soon = [f"Comes from {FROM_MORE_CARE[facts.came_from]}."] if facts.came_from in FROM_MORE_CARE else []
    for is_so, words in (
        (facts.homeless, "Has no home."),
        (facts.unsafe_home, "Home is not safe."),
        (facts.lives_with_people_who_use, "Lives with people who use."),
    ):
        soon += [words] if is_so else []
    soon += [f"Rated {n} for {DIMENSIONS[d]}." for d, n in _rated(facts) if n == 2 and d != "d5"]
    return FIRST if first else SOON if soon else IN_TURN, first + soon


def _rated(facts: Facts) -> list[tuple[str, int]]:
    return [(d, n) for d in DIMENSIONS if (n := facts.ratings.get(d)) is not None]
