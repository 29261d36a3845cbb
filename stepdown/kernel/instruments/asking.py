"""Which items to ask, given what was answered so far."""

from collections.abc import Mapping

from stepdown.kernel.instruments.conditions import Facts, holds
from stepdown.kernel.instruments.definition import Condition, Definition, Item
from stepdown.kernel.instruments.scoring import Answers, entered, filled, told

# What TAPS-1 says of its context in words: men are asked about five drinks, everybody else about four.
ONLY_WHEN: Mapping[str, Condition] = {
    "taps_alcohol_m": {"context": "sex", "op": "==", "value": "male"},
    "taps_alcohol_f": {"not": {"context": "sex", "op": "==", "value": "male"}},
}


def asked(
    definition: Definition, answers: Answers, context: Mapping[str, str | None] | None = None
) -> tuple[Item, ...]:
    """The items of the form as it stands, in order, answered ones included; the first blank one is the next to ask.

    An item that a skip rule fills in is left out. One that was answered before it came to be skipped stays, since its
    value is kept and counts. Errors as in `evaluate`.
    """
    given = entered(definition, answers)
    known = told(definition, context or {})
    facts = Facts(given, given, known, {})
    skipped = set(filled(definition, given, known)) | {
        item for item, when in ONLY_WHEN.items() if item not in given and not holds(when, facts)
    }
    return tuple(item for item in definition.items if item.id not in skipped)
