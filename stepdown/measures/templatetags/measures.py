"""Words for instruments in templates."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from stepdown.kernel.instruments import Definition
from stepdown.measures import words
from stepdown.measures.domain.words import Told

register = template.Library()


@register.filter
def titled(definition: Definition) -> str:
    """What the questions are about, to a patient."""
    return words.titled(definition)


@register.filter
def help_for(raised: list[Any]) -> str:
    """Which help comes first after these work items: suicide, overdose or other; empty when nothing was raised."""
    kinds = [words.help_for(item.flag) for item in raised]
    return next((kind for kind in ("suicide", "overdose", "other") if kind in kinds), "")


@register.filter
def to_patients(scores: list[Told]) -> list[dict[str, Any]]:
    """The scores a patient reads: name, number of how many, a plain band, and a change where one can be told."""
    return [
        {
            "name": words.SCORE_NAMES[score.id],
            "score": score,
            "band": words.BANDS.get(score.band or "", ""),
            "change": _changed(score),
        }
        for score in scores
        if score.id in words.SCORE_NAMES and not isinstance(score.value, str)
    ]


def _changed(score: Told) -> str:
    if score.change == "improved":
        return _("Better than the first time you answered.")
    if score.change == "worse":
        return _("Harder than the first time you answered.")
    if score.change:
        return _("About the same as the first time you answered.")
    return ""


@register.filter
def is_stem(definition: Definition) -> bool:
    """Whether each question goes on with the sentence that the instructions begin."""
    return definition.instructions.rstrip().endswith(("?", ":", "…", "..."))


@register.filter
def is_scale(item: Any) -> bool:
    """Whether the answers are just the numbers 0 to 10."""
    return [option.label for option in item.options] == [str(n) for n in range(11)]


@register.filter
def scored(score: Told) -> str:
    """A score for staff: "12", a class, "not scorable (2 missing)", and "at least 3" where known. RULE INS-04."""
    if score.value is None:
        said = f"not scorable ({score.missing} missing)" if score.missing else "not scorable"
        return f"{said}, at least {score.least}" if score.least else said
    return str(score.value)
