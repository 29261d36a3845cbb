"""Whether a condition of an instrument is true of what was answered.

A condition is an object of one of these shapes:
{item, op, value}, {score, op, value}, {class, op, value}, {class, op: "is_null"}, {context, op, value},
{missing: item}, {item_less_than_item: [a, b]}, {count: {items, op, value}, op, value}, {all: []}, {any: []}, {not: {}},
{always: true}.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stepdown.kernel.instruments.definition import Condition

Number = int | float

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True)
class Facts:
    """entered: values that somebody gave. answered: those, and the ones skip rules filled in.

    scores: by id, as far as computed; None when not scorable. A context nobody told is left out.
    """

    entered: Mapping[str, int]
    answered: Mapping[str, int]
    context: Mapping[str, str]
    scores: Mapping[str, Number | str | None]


def holds(condition: Condition, facts: Facts) -> bool:
    """A comparison with a missing item, a NULL score or a context nobody told is false, whatever the operator."""
    for kind, is_true in KINDS.items():
        if kind in condition:
            return is_true(condition, facts)
    raise ValueError(f"No kind of condition: {', '.join(condition)}.")


def _compared(known: Any, condition: Condition) -> bool:
    return known is not None and COMPARE[condition["op"]](known, condition["value"])


def _class(condition: Condition, facts: Facts) -> bool:
    known = facts.scores[condition["class"]]
    return known is None if condition["op"] == "is_null" else _compared(known, condition)


def _less(condition: Condition, facts: Facts) -> bool:
    one, other = (facts.entered.get(item) for item in condition["item_less_than_item"])
    return one is not None and other is not None and one < other


def _count(condition: Condition, facts: Facts) -> bool:
    counted = condition["count"]
    met = sum(_compared(facts.answered.get(item), counted) for item in counted["items"])
    return COMPARE[condition["op"]](met, condition["value"])


KINDS: Mapping[str, Callable[[Condition, Facts], bool]] = {
    "item": lambda c, facts: _compared(facts.answered.get(c["item"]), c),
    "score": lambda c, facts: _compared(facts.scores[c["score"]], c),
    "class": _class,
    "context": lambda c, facts: _compared(facts.context.get(c["context"]), c),
    "missing": lambda c, facts: c["missing"] not in facts.answered,
    "item_less_than_item": _less,
    "count": _count,
    "all": lambda c, facts: all(holds(part, facts) for part in c["all"]),
    "any": lambda c, facts: any(holds(part, facts) for part in c["any"]),
    "not": lambda c, facts: not holds(c["not"], facts),
    "always": lambda c, facts: bool(c["always"]),
}
