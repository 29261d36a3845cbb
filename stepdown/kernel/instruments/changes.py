"""Whether somebody's score changed by as much as the instrument's literature calls a change."""

from collections.abc import Mapping

from stepdown.kernel.instruments.definition import Definition

IMPROVED = "improved"
WORSE = "worse"
NO_RELIABLE_CHANGE = "no reliable change"

# The scores that an instrument's number is about, where it is not the total: ten points of WHO-5 are percentage points.
ABOUT: Mapping[str, tuple[str, ...]] = {"who-5": ("percent",), "craving-nrs": ("now", "week")}


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
