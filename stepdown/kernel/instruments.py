"""Scores a questionnaire from its description: counts, classes, bands and flags, nothing else.

An instrument is a dict: `items` (id, options with value and score), `scoring.scores` (of type `count_if` or
`classify`), `flags`. Answers are a dict of item id to value; a missing key or None is a blank.
Pure: no database, no clock.
Source: the project's instrument format, "JSON semantics" (conditions are false when an item is blank or a score NULL).
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Answers = Mapping[str, int | None]

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True)
class Result:
    """scores: number or class label by id, None when not scorable. bands: label by score id. flags: ids, sorted."""

    scores: Mapping[str, int | str | None] = field(default_factory=dict)
    bands: Mapping[str, str | None] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


def evaluate(instrument: Mapping[str, Any], answers: Answers) -> Result:
    """All scores, bands and flags. Raises KeyError for a score type or operator this engine does not know."""
    scores: dict[str, int | str | None] = {}
    bands: dict[str, str | None] = {}
    for score in instrument["scoring"]["scores"]:
        value = SCORERS[score["type"]](score, answers, scores)
        scores[score["id"]] = value
        if "bands" in score:
            bands[score["id"]] = band_of(score["bands"], value)
    flags = tuple(sorted(flag["id"] for flag in instrument["flags"] if holds(flag["when"], answers, scores)))
    return Result(scores, bands, flags)


def band_of(bands: list[dict[str, Any]], value: int | str | None) -> str | None:
    """The label of the inclusive range the value lies in; None for a value that could not be scored."""
    if not isinstance(value, int):
        return None
    return next((b["label"] for b in bands if b["min"] <= value <= b["max"]), None)


def holds(condition: Mapping[str, Any], answers: Answers, scores: Mapping[str, int | str | None]) -> bool:
    """Whether a condition is true. Blank items and scores that could not be computed make it false."""
    if "all" in condition:
        return all(holds(part, answers, scores) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers, scores) for part in condition["any"])
    if "item" in condition or "score" in condition:
        value = answers.get(condition["item"]) if "item" in condition else scores.get(condition["score"])
        return value is not None and COMPARE[condition["op"]](value, condition["value"])
    return bool(condition["always"])


def _count_if(score: Mapping[str, Any], answers: Answers, _: Mapping[str, Any]) -> int | None:
    answered = [answers[item] for item in score["items"] if answers.get(item) is not None]
    if not answered:
        return None
    return sum(COMPARE[score["op"]](value, score["value"]) for value in answered)


def _classify(score: Mapping[str, Any], answers: Answers, scores: Mapping[str, int | str | None]) -> str | None:
    return next((c["label"] for c in score["classes"] if holds(c["when"], answers, scores)), None)


SCORERS: dict[str, Callable[[Mapping[str, Any], Answers, Mapping[str, Any]], int | str | None]] = {
    "count_if": _count_if,
    "classify": _classify,
}
