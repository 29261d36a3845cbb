"""Which questions a flag goes by, so that what was answered stands beside what is to be done."""

from collections.abc import Iterator
from typing import Any

from stepdown.kernel.instruments import Definition


def items_behind(definition: Definition, flag: str) -> set[str]:
    """Ids of the questions that the flag names, by themselves or through a score of one question or a class. A sum over
    the whole form names none: its number says more than its questions."""
    return set(_named(definition, definition.flag[flag].when)) if flag in definition.flag else set()


def _named(definition: Definition, condition: Any) -> Iterator[str]:
    if isinstance(condition, list):
        for part in condition:
            yield from _named(definition, part)
    elif isinstance(condition, dict):
        for kind, about in condition.items():
            if kind in ("item", "missing"):
                yield about
            elif kind == "items":
                yield from about
            elif kind in ("score", "class"):
                yield from _of_score(definition, about)
            elif kind != "value":
                yield from _named(definition, about)


def _of_score(definition: Definition, name: str) -> Iterator[str]:
    score = definition.score[name]
    if score.kind in ("value", "classify"):
        yield from score.items
