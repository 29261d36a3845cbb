"""The answers that level-of-care advice is made from: their names, what each may hold, and which must be known.

Answers are a nested dict of the shape of `default_input.json`. Every name is optional; a missing name, a missing group
and null all mean "not known yet".
Source: program manual, "Level of care", input and missing data.
"""

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

EMERGENCY = (
    "suicidal_intent_or_plan",
    "suicide_behavior_3mo",
    "homicidal_intent",
    "overdose_or_unresponsive_now",
    "severe_withdrawal_now",
    "acute_psychosis_or_delirium",
    "medical_emergency_now",
    "immediate_violence_danger",
)
RATINGS = ("d1", "d2", "d3", "d4", "d5", "d6")

ASK_AT_ONCE = (
    "emergency.suicidal_intent_or_plan",
    "emergency.suicide_behavior_3mo",
    "emergency.overdose_or_unresponsive_now",
    "emergency.severe_withdrawal_now",
)
REQUIRED = (
    *ASK_AT_ONCE,
    "age",
    "withdrawal.daily_alcohol_or_sedative",
    "home.safe",
    "home.lives_with_people_who_use",
    "dsm_severity",
    *(f"ratings.{rating}" for rating in RATINGS),
)

SEVERITIES = ("none", "mild", "moderate", "severe", "in_remission")
PREFERENCES = ("none", "residential", "refuses_residential", "iop", "outpatient")
# Hospital care is care around the clock like residential care, so it counts as a step down just the same.
MORE_CARE = ("residential", "php", "partial_hospitalization", "withdrawal_management", "wm", "hospital")
STEPPING_DOWN_FROM = ("none", *MORE_CARE, "iop")

CHOICES = {
    "dsm_severity": SEVERITIES,
    "preference": PREFERENCES,
    "history.stepping_down_from": STEPPING_DOWN_FROM,
}
WHOLE_NUMBERS = {  # the highest score each can have
    "age": 130,
    "withdrawal.ciwa_ar": 67,
    "withdrawal.cows": 48,
    **{f"ratings.{rating}": 4 for rating in RATINGS},
}


@cache
def _default_text() -> str:
    return (Path(__file__).parent / "default_input.json").read_text("utf-8")


def default_answers() -> dict[str, Any]:
    """The calm starting point that worked cases are written against: a fresh copy on every call."""
    answers: dict[str, Any] = json.loads(_default_text())
    return answers


def unknown_answers() -> dict[str, Any]:
    """The same shape with nothing known yet: where an assessment begins."""
    return {
        group: dict.fromkeys(value) if isinstance(value, dict) else None for group, value in default_answers().items()
    }


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` laid over `base`, group by group. A null in `over` makes an answer unknown again. Changes neither."""
    result = copy.deepcopy(dict(base))
    for name, value in over.items():
        if isinstance(value, Mapping) and isinstance(result.get(name), Mapping):
            result[name] = merged(result[name], value)
        else:
            result[name] = copy.deepcopy(value)
    return result


def value_at(answers: Mapping[str, Any], path: str) -> Any:
    """The answer at a dotted path such as "home.safe"; None when it, or its group, is not known."""
    value: Any = answers
    for name in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def problem_with(path: str, value: Any) -> str:
    """What is wrong with one answer, as a sentence; "" when nothing is."""
    if value is None:
        return ""
    if path in CHOICES:
        if isinstance(value, str) and value in CHOICES[path]:
            return ""
        return f"{path} is {json.dumps(value)}. It can be one of: {', '.join(CHOICES[path])}."
    if path in WHOLE_NUMBERS:
        highest = WHOLE_NUMBERS[path]
        number = value.is_integer() if isinstance(value, float) else isinstance(value, int)
        if number and not isinstance(value, bool) and 0 <= value <= highest:
            return ""
        return f"{path} is {json.dumps(value)}. It can be a whole number from 0 to {highest}."
    if isinstance(value, bool):
        return ""
    return f"{path} is {json.dumps(value)}. It can be true, false or null (not known)."


def problems_with(answers: Mapping[str, Any], known: Mapping[str, Any] | None = None) -> list[str]:
    """A sentence for each answer that cannot be read. `known` has names that may be there beside ours."""
    return list(_problems(answers, merged(known or {}, default_answers()), default_answers()))


def _problems(
    answers: Mapping[str, Any], known: Mapping[str, Any], ours: Mapping[str, Any], inside: str = ""
) -> Iterator[str]:
    for name, value in answers.items():
        path = f"{inside}{name}"
        if name not in known:
            yield f"{path} is not an answer the rules know. Check how it is spelled."
        elif isinstance(ours.get(name), Mapping):
            if isinstance(value, Mapping):
                yield from _problems(value, known[name], ours[name], f"{path}.")
            elif value is not None:
                yield f"{path} is {json.dumps(value)}. It can be an object with answers, or null (not known)."
        elif name in ours and (problem := problem_with(path, value)):
            yield problem
