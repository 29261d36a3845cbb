"""Whether somebody's score changed by as much as the instrument's literature calls a change."""

from collections.abc import Mapping
from dataclasses import dataclass

from stepdown.kernel.instruments.definition import Definition

IMPROVED = "improved"
WORSE = "worse"
NO_RELIABLE_CHANGE = "no reliable change"

# The scores that an instrument's number is about, where it is not the total: ten points of WHO-5 are percentage points.
ABOUT: Mapping[str, tuple[str, ...]] = {"who-5": ("percent",), "craving-nrs": ("now", "week")}


@dataclass(frozen=True)
class Outcome:
    """What literature calls a total that fell: to at most so many points from above, or by at least this share; always
    by a reliable change, where `by_change`."""

    name: str
    at_most: int | None = None
    share: float = 0
    by_change: bool = True


# What stands in words in `change` of these instruments.
OUTCOMES: Mapping[str, tuple[Outcome, ...]] = {
    "pcl-5": (Outcome("clinically significant", at_most=28),),
    "phq-9": (Outcome("response", share=0.5), Outcome("remission", at_most=4, by_change=False)),
    "gad-7": (Outcome("response", share=0.5),),
}


def reliable_change(definition: Definition, score: str) -> int | None:
    """Points by which the score has to differ; None where no such number exists, so that nothing is called improved."""
    if score not in ABOUT.get(definition.id, ("total",)):
        return None
    known = definition.raw["change"]
    points: int | None = known.get("reliable_change") or known.get("minimal_important_difference")
    return points


def change(definition: Definition, score: str, before: int | float | None, now: int | float | None) -> str | None:
    """improved, worse or no reliable change; None when a score is NULL or no number says what a change is."""
    points = reliable_change(definition, score)
    if points is None or before is None or now is None:
        return None
    if abs(now - before) < points:
        return NO_RELIABLE_CHANGE
    return IMPROVED if (now > before) == (definition.score[score].higher_is == "better") else WORSE


def outcomes(
    definition: Definition, score: str, before: int | float | None, now: int | float | None
) -> tuple[str, ...]:
    """ "response", "remission", "clinically significant": what the change is called besides; empty where it is none.

    Source: each instrument's `change`, as Marx 2022 for PCL-5 and Kroenke and Spitzer 2002 for PHQ-9.
    """
    if score != "total" or before is None or now is None:
        return ()
    is_reliable = change(definition, score, before, now) == IMPROVED
    return tuple(
        one.name
        for one in OUTCOMES.get(definition.id, ())
        if (is_reliable or not one.by_change)
        and (one.at_most is None or now <= one.at_most < before)
        and before - now >= one.share * before
    )
