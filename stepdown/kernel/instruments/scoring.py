"""Scores, bands, flags and checks of one set of answers.

Skip rules run first, once each, in their order: items they name that are blank count as answered with `score_as`, as
value and as points. A value that was entered is kept. What is blank after that is missing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from stepdown.kernel.instruments.conditions import COMPARE, Facts, Number, holds
from stepdown.kernel.instruments.definition import Definition, Score

ENGINE_VERSION = "1"

Answers = Mapping[str, int | None]
Scores = dict[str, Number | str | None]
Parts = list[int | None]


class NotAllowed(ValueError):
    """An answer or a context that the instrument does not know. name: the item or context it is about."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True)
class Result:
    """scores: number or class by id, None when not scorable. bands: label by id, of the scores that have bands.

    flags, checks: ids, sorted. missing: how many of its items a score lacks, by id ("not scorable, 3 missing").
    """

    scores: Mapping[str, Number | str | None]
    bands: Mapping[str, str | None]
    flags: tuple[str, ...]
    checks: tuple[str, ...]
    missing: Mapping[str, int]


def evaluate(definition: Definition, answers: Answers, context: Mapping[str, str | None] | None = None) -> Result:
    """answers: value by item id; blank is None or absent. context: value by context id; blank is None, "" or absent.

    Raises NotAllowed (a ValueError) for an item or a context that is not the instrument's, and for a value it does
    not take.
    """
    facts, missing = facts_of(definition, entered(definition, answers), told(definition, context or {}))
    return Result(
        scores=facts.scores,
        bands={score.id: score.band(facts.scores[score.id]) for score in definition.scores if score.bands},
        flags=tuple(sorted(flag.id for flag in definition.flags if holds(flag.when, facts))),
        checks=tuple(sorted(check.id for check in definition.checks if holds(check.when, facts))),
        missing=missing,
    )


def entered(definition: Definition, answers: Answers) -> dict[str, int]:
    """The answers that are not blank. Raises NotAllowed."""
    given = {}
    for name, value in answers.items():
        item = definition.item.get(name)
        if item is None:
            raise NotAllowed(name, f"{definition.short_name} has no item {name}.")
        if value is None:
            continue
        if type(value) is not int or value not in item.points:
            raise NotAllowed(name, f"{name} takes {item.allowed}, and {value} is not among them.")
        given[name] = value
    return given


def told(definition: Definition, context: Mapping[str, str | None]) -> dict[str, str]:
    """The context that is not blank. Raises NotAllowed."""
    values = {one.id: one.values for one in definition.context}
    for name, value in context.items():
        if name not in values:
            raise NotAllowed(name, f"{definition.short_name} does not use {name}.")
        if value and value not in values[name]:
            raise NotAllowed(name, f"{name} is one of {', '.join(values[name])}, and {value} is not among them.")
    return {name: value for name, value in context.items() if value}


def filled(definition: Definition, given: Mapping[str, int], context: Mapping[str, str]) -> dict[str, int]:
    """What skip rules fill in, by item: blanks that count as answered."""
    filling: dict[str, int] = {}
    for rule in definition.skip_rules:
        if holds(rule.when, Facts(given, {**given, **filling}, context, {})):
            filling |= {item: rule.score_as for item in rule.items if item not in given and item not in filling}
    return filling


def facts_of(
    definition: Definition, given: Mapping[str, int], context: Mapping[str, str], *, is_finished: bool = True
) -> tuple[Facts, dict[str, int]]:
    """Everything conditions speak of, and how many items each score lacks."""
    filling = filled(definition, given, context) if definition.skip_rules else {}
    points = {item: definition.item[item].points[value] for item, value in given.items()} | filling
    scores: Scores = {}
    missing = {}
    facts = Facts(given, {**given, **filling}, context, scores)
    for score in definition.scores:
        sources = sources_of(definition, score, facts)
        missing[score.id] = sum(not any(item in facts.answered for item in source) for source in sources)
        method = score.missing if is_finished or score.missing != "prorate_mean" else "none"
        scores[score.id] = SCORERS[score.kind](score, sources, points, facts, method)
    return facts, missing


def sources_of(definition: Definition, score: Score, facts: Facts) -> list[tuple[str, ...]]:
    """What a score counts: for each of its items the ids of which the first answered stands for it."""
    excluded = {item for when, items in score.excluded if holds(when, facts) for item in items}
    sources = [score.derived.get(item, (item,)) for item in score.items if item not in excluded]
    if score.kind in {"sum", "sum_scaled"}:
        sources = [source for source in sources if all(definition.item[item].scored for item in source)]
    return sources


def _first(values: Mapping[str, int], source: Iterable[str]) -> int | None:
    return next((values[item] for item in source if item in values), None)


Scorer = Callable[[Score, list[tuple[str, ...]], Mapping[str, int], Facts, str], Number | str | None]


def _sum(
    score: Score, sources: list[tuple[str, ...]], points: Mapping[str, int], facts: Facts, method: str
) -> Number | None:
    return _total([_first(points, source) for source in sources], method, score.max_missing, score.factor)


def _count_if(
    score: Score, sources: list[tuple[str, ...]], points: Mapping[str, int], facts: Facts, method: str
) -> Number | None:
    values = [_first(facts.answered, source) for source in sources]
    met: Parts = [None if value is None else int(COMPARE[score.op](value, score.value)) for value in values]
    return _total(met, method, score.max_missing, 1)


def _highest_yes(
    score: Score, sources: list[tuple[str, ...]], points: Mapping[str, int], facts: Facts, method: str
) -> int | None:
    values = [_first(facts.answered, source) for source in sources]
    if all(value is None for value in values) or (None in values and method == "none"):
        return None
    return max((place for place, value in enumerate(values, start=1) if value == 1), default=0)


def _classify(
    score: Score, sources: list[tuple[str, ...]], points: Mapping[str, int], facts: Facts, method: str
) -> str | None:
    for one in score.classes:
        if holds(one.when, facts):
            return one.label if all(item in facts.answered for item in one.requires) else None
    return None


SCORERS: Mapping[str, Scorer] = {
    "sum": _sum,
    "sum_scaled": _sum,
    "value": _sum,
    "count_if": _count_if,
    "highest_yes": _highest_yes,
    "classify": _classify,
}


def _total(parts: Parts, method: str, max_missing: int, factor: Number) -> Number | None:
    """The sum of the parts times factor. None is a blank; a prorated sum is rounded half up, once, at the end."""
    answered = [part for part in parts if part is not None]
    blanks = len(parts) - len(answered)
    if not answered or (blanks and method == "none") or (method == "prorate_mean" and blanks > max_missing):
        return None
    if blanks and method == "prorate_mean":
        exact = Fraction(sum(answered) * len(parts), len(answered)) * Fraction(str(factor))
        return floor(exact + Fraction(1, 2))
    if factor == 1:
        return sum(answered)
    scaled = sum(answered) * Fraction(str(factor))
    return scaled.numerator if scaled.denominator == 1 else float(scaled)
