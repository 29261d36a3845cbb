"""What is known before a form is finished: which flags an answer sets off at once, and how far a score can still go.

Source: RULE INS-03: an urgent or emergency flag acts when its answer is saved, not when the form is finished.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from stepdown.kernel.instruments.conditions import COMPARE, Facts, Number, holds
from stepdown.kernel.instruments.definition import Condition, Definition, Flag, Score
from stepdown.kernel.instruments.scoring import Answers, entered, facts_of, sources_of, told

ORDERING = (">=", "<", ">", "<=")


@dataclass(frozen=True)
class Reach:
    """The least and the most that a score can come to, whatever the answers that are still open are."""

    least: Number
    most: Number


@dataclass(frozen=True)
class Early:
    """A form as far as it is answered. reach: by score, of those that are sums or counts."""

    definition: Definition
    facts: Facts
    reach: Mapping[str, Reach]


def raised_by(
    definition: Definition, items: Collection[str], answers: Answers, context: Mapping[str, str | None] | None = None
) -> tuple[Flag, ...]:
    """Flags that the answers to `items`, given together, set off while the rest may not be asked yet, the most severe
    first (INS-03).

    answers: all so far, those among them. A flag counts when it holds with them, or is certain whatever comes (20
    points of PHQ-9 after seven questions), and was neither without them; so what holds only because the form is not
    finished stays out. For the same reason nothing is prorated here: two items that are not asked yet are not two that
    were left out.
    Errors as in `evaluate`.
    """
    given = entered(definition, answers)
    known = told(definition, context or {})
    now = early(definition, given, known)
    before = early(definition, {item: value for item, value in given.items() if item not in items}, known)
    raised = [flag for flag in definition.flags if _is_on(flag, now) and not _is_on(flag, before)]
    return tuple(sorted(raised, key=lambda flag: (-flag.rank, flag.id)))


def at_least(
    definition: Definition, score: str, answers: Answers, context: Mapping[str, str | None] | None = None
) -> Number | None:
    """What a sum or a count comes to at least, with some of its items blank; None for a class."""
    reach = early(definition, entered(definition, answers), told(definition, context or {})).reach.get(score)
    return reach.least if reach else None


def early(definition: Definition, given: Mapping[str, int], context: Mapping[str, str]) -> Early:
    """given, context: as `entered` and `told` give them."""
    facts, _missing = facts_of(definition, given, context, is_finished=False)
    reach = {score.id: found for score in definition.scores if (found := _reach(definition, score, facts))}
    return Early(definition, facts, reach)


def _is_on(flag: Flag, form: Early) -> bool:
    return holds(flag.when, form.facts) or surely(flag.when, form) is True


# -- how far a score can go


def _reach(definition: Definition, score: Score, facts: Facts) -> Reach | None:
    if score.kind not in ("sum", "sum_scaled", "value", "count_if"):
        return None
    parts = [_part(definition, score, source, facts) for source in sources_of(definition, score, facts)]
    factor = score.factor if score.kind == "sum_scaled" else 1
    return Reach(sum(part.least for part in parts) * factor, sum(part.most for part in parts) * factor)


def _part(definition: Definition, score: Score, source: tuple[str, ...], facts: Facts) -> Reach:
    """What one of its items adds: of several of which the first answered counts, those before it may still be."""
    possible: set[int] = set()
    for item in source:
        known = facts.answered.get(item)
        possible |= {_adds(definition, score, item, known)} if known is not None else _open(definition, score, item)
        if known is not None:
            break
    return Reach(min(possible), max(possible))


def _open(definition: Definition, score: Score, item: str) -> set[int]:
    """What an item may add that is not answered yet; a skip rule may still fill it in, or it may stay blank."""
    values = {_adds(definition, score, item, value) for value in definition.item[item].points}
    filling = {rule.score_as for rule in definition.skip_rules if item in rule.items}
    met = {int(COMPARE[score.op](one, score.value)) for one in filling} if score.kind == "count_if" else filling
    return values | met | ({0} if score.missing == "ignore" else set())


def _adds(definition: Definition, score: Score, item: str, value: int) -> int:
    if score.kind == "count_if":
        return int(COMPARE[score.op](value, score.value))
    return definition.item[item].points.get(value, value)  # what a skip rule fills in scores itself


# -- what is certain


def surely(condition: Condition, form: Early) -> bool | None:
    """Whether a condition is true, or is not, whatever is still answered; None while that is open. A class is open
    until the form is finished."""
    for kind, known in KINDS.items():
        if kind in condition:
            return known(condition, form)
    return None


def _item(condition: Condition, form: Early) -> bool | None:
    if condition["item"] in form.facts.answered:
        return holds(condition, form.facts)
    values = form.definition.item[condition["item"]].points
    return None if any(COMPARE[condition["op"]](value, condition["value"]) for value in values) else False


def _score(condition: Condition, form: Early) -> bool | None:
    reach = form.reach.get(condition["score"])
    return _within(reach, condition) if reach else None


def _count(condition: Condition, form: Early) -> bool | None:
    each = [_item({**condition["count"], "item": item}, form) for item in condition["count"]["items"]]
    met = sum(one is True for one in each)
    return _within(Reach(met, met + sum(one is None for one in each)), condition)


def _within(reach: Reach, condition: Condition) -> bool | None:
    """Of a comparison with a number that is not known yet: all that it may be, none of it, or some."""
    op, value = condition["op"], condition["value"]
    if op in ORDERING:
        ends = {COMPARE[op](reach.least, value), COMPARE[op](reach.most, value)}
        return ends.pop() if len(ends) == 1 else None
    if not reach.least <= value <= reach.most:
        return bool(op == "!=")
    return bool(op == "==") if reach.least == reach.most else None


def _all(condition: Condition, form: Early) -> bool | None:
    parts = [surely(part, form) for part in condition["all"]]
    return False if False in parts else None if None in parts else True


def _any(condition: Condition, form: Early) -> bool | None:
    parts = [surely(part, form) for part in condition["any"]]
    return True if True in parts else None if None in parts else False


def _not(condition: Condition, form: Early) -> bool | None:
    known = surely(condition["not"], form)
    return None if known is None else not known


KINDS = {
    "item": _item,
    "score": _score,
    "context": lambda condition, form: holds(condition, form.facts),
    "missing": lambda condition, form: False if condition["missing"] in form.facts.answered else None,
    "count": _count,
    "all": _all,
    "any": _any,
    "not": _not,
    "always": lambda condition, form: bool(condition["always"]),
}
