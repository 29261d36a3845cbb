"""What a score is called to the person whose it is: words and a number, and a change only where one can be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stepdown.kernel.instruments import Definition, at_least, change, outcomes

Scores = Mapping[str, int | float | str | None]
# Of what may be shown "at least N" when criteria were left out. Source: the DSM-5 checklist, rule for missing answers.
AT_LEAST: Mapping[str, tuple[str, ...]] = {"dsm5-sud": ("criteria_count",)}


@dataclass(frozen=True)
class Told:
    """One score. value: None when it is not scorable, with `missing` answers. most: the top of its scale, None for a
    class. change: improved, worse or no reliable change; None where no number says what a change is. outcomes: what
    literature calls it besides. least: what it comes to at least, where answers are missing and that may be shown."""

    id: str
    label: str
    value: int | float | str | None
    most: int | None
    band: str | None
    missing: int
    higher_is: str | None
    change: str | None = None
    outcomes: tuple[str, ...] = ()
    least: int | float | None = None


def told(
    definition: Definition,
    scores: Mapping[str, int | float | str | None],
    bands: Mapping[str, str | None],
    missing: Mapping[str, int],
    before: Mapping[str, int | float | str | None] | None = None,
    least: Mapping[str, int | float | None] | None = None,
) -> list[Told]:
    """Every score of the instrument, in its order. before: the scores of the first time, if this is a later one. least:
    as `least_of` gives it.

    Source: instruments, section 6: no "improved" without a change value; RULE INS-04 for what cannot be scored.
    """
    return [
        Told(
            id=score.id,
            label=score.label,
            value=scores.get(score.id),
            most=score.most,
            band=bands.get(score.id),
            missing=missing.get(score.id, 0),
            higher_is=score.higher_is,
            change=change(definition, score.id, *_both(score.id, before, scores)),
            outcomes=outcomes(definition, score.id, *_both(score.id, before, scores)),
            least=(least or {}).get(score.id),
        )
        for score in definition.scores
    ]


def least_of(
    definition: Definition, answers: Mapping[str, int | None], context: Mapping[str, str | None]
) -> dict[str, int | float | None]:
    """What the counts of AT_LEAST come to at least. Errors as in `at_least`."""
    counts = AT_LEAST.get(definition.id, ())
    return {score: at_least(definition, score, answers, context) for score in counts}


def _both(score: str, before: Scores | None, now: Scores) -> tuple[int | float | None, int | float | None]:
    return _number((before or {}).get(score)), _number(now.get(score))


def _number(value: int | float | str | None) -> int | float | None:
    return None if isinstance(value, str) else value


def first_of(scores: Sequence[Told]) -> Told | None:
    """The one that stands for the instrument in a list."""
    return scores[0] if scores else None
