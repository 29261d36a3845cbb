"""What a schema cannot say of an instrument: that what it names exists, and that its ranges fit together."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from stepdown.kernel.instruments.conditions import COMPARE, KINDS


def complaints(raw: Mapping[str, Any]) -> list[str]:
    """Sentences about a definition that already fits the schema; empty when it makes sense."""
    items = {item["id"] for item in raw["items"]}
    names = _Names(items, {context["id"]: context["values"] for context in raw["context"]})
    found = [
        *_twice("item", [item["id"] for item in raw["items"]]),
        *_twice("score", [score["id"] for score in raw["scoring"]["scores"]]),
        *_twice("flag", [flag["id"] for flag in raw["flags"]]),
        *_twice("check", [check["id"] for check in raw["consistency_checks"]]),
        *_unknown("critical_items", raw["critical_items"], items),
    ]
    for item in raw["items"]:
        found += _twice(f"value of {item['id']}", [str(option["value"]) for option in item.get("options", ())])
        if item["type"] == "choice" and not item["options"]:
            found.append(f"item {item['id']} has no options")
    for rule in raw["skip_rules"]:
        found += names.complaints("a skip rule", rule["when"]) + _unknown("a skip rule", rule["skip"], items)
    for score in raw["scoring"]["scores"]:
        found += _about_score(score, names)
        names.scores[score["id"]] = score["type"]
    for flag in raw["flags"]:
        found += names.complaints(f"flag {flag['id']}", flag["when"])
    for check in raw["consistency_checks"]:
        found += names.complaints(f"check {check['id']}", check["when"])
    return found


def _about_score(score: Mapping[str, Any], names: "_Names") -> list[str]:
    where = f"score {score['id']}"
    derived = score.get("derived_items", {})
    found = _unknown(where, score["items"], names.items | set(derived))
    for of in derived.values():
        found += _unknown(where, of["coalesce"], names.items)
    for rule in score.get("exclude_when", ()):
        found += names.complaints(where, rule["when"]) + _unknown(where, rule["items"], names.items | set(derived))
    for one in score.get("classes", ()):
        found += names.complaints(where, one["when"]) + _unknown(where, one.get("requires_answered", ()), names.items)
    missing = score["missing"]
    if missing["method"] == "prorate_mean" and ("max_missing" not in missing or missing.get("rounding") != "half_up"):
        found.append(f"{where}: prorating needs max_missing and rounds half up")
    if score["type"] == "classify":
        if not score.get("classes"):
            found.append(f"{where} has no classes")
    elif "range" not in score or score.get("higher_is") not in {"better", "worse"}:
        found.append(f"{where} needs a range and a direction, better or worse")
    if score["type"] == "count_if" and score.get("op") not in COMPARE:
        found.append(f"{where} does not say what it counts")
    if score["type"] == "value" and len(score["items"]) != 1:
        found.append(f"{where} takes its value from one item")
    if score["type"] == "sum_scaled" and "factor" not in score:
        found.append(f"{where} has no factor")
    return found + _about_bands(where, score.get("bands", ()), score.get("range"))


def _about_bands(where: str, bands: Iterable[Mapping[str, Any]], span: list[int] | None) -> list[str]:
    ranges = [(band["min"], band["max"]) for band in bands]
    if not ranges or span is None:
        return []
    is_whole = all(low <= high for low, high in ranges) and all(
        after[0] == before[1] + 1 for before, after in pairwise(ranges)
    )
    if is_whole and [ranges[0][0], ranges[-1][1]] == span:
        return []
    return [f"{where}: the bands do not cover the range {span[0]} to {span[1]} without gap or overlap"]


class _Names:
    """What conditions may speak of: items, contexts with their values, and the scores computed so far."""

    def __init__(self, items: set[str], contexts: Mapping[str, list[str]]) -> None:
        self.items = items
        self.contexts = contexts
        self.scores: dict[str, str] = {}

    def complaints(self, where: str, condition: Any) -> list[str]:
        kind = next((kind for kind in KINDS if kind in condition), None) if isinstance(condition, dict) else None
        if kind is None:
            return [f"{where} has a condition of no known kind"]
        about = condition[kind]
        if kind in {"all", "any"}:
            return [found for part in about for found in self.complaints(where, part)]
        if kind == "not":
            return self.complaints(where, about)
        if kind == "always":
            return []
        if kind == "missing":
            return _unknown(where, [about], self.items)
        if kind == "item_less_than_item":
            return _unknown(where, about, self.items)
        found = [] if kind == "class" and condition.get("op") == "is_null" else _comparison(where, condition)
        if kind == "count":
            return found + _comparison(where, about) + _unknown(where, about["items"], self.items)
        return found + self._about_one(where, kind, about, condition)

    def _about_one(self, where: str, kind: str, name: str, condition: Mapping[str, Any]) -> list[str]:
        if kind == "item":
            return _unknown(where, [name], self.items)
        if kind == "context":
            if condition.get("value") not in self.contexts.get(name, ()):
                return [f"{where} names {name} {condition.get('value')}, which is no context"]
            return []
        if name not in self.scores or (self.scores[name] == "classify") != (kind == "class"):
            return [f"{where} names {kind} {name}, which is not computed before it"]
        return []


def _comparison(where: str, condition: Mapping[str, Any]) -> list[str]:
    is_known = condition.get("op") in COMPARE and "value" in condition
    return [] if is_known else [f"{where} has a comparison without a known operator and a value"]


def _unknown(where: str, named: Iterable[str], known: set[str]) -> list[str]:
    return [f"{where} names {name}, which is no item" for name in named if name not in known]


def _twice(what: str, ids: list[str]) -> list[str]:
    return [f"{what} {one} stands twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
