"""Definitions from JSON: those of `data/`, and any other object of the same format. All are checked before use."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from stepdown.kernel.instruments.definition import (
    Band,
    Check,
    Class,
    Context,
    Definition,
    Flag,
    Item,
    Option,
    Score,
    SkipRule,
)
from stepdown.kernel.instruments.sense import complaints

DATA = Path(__file__).parent / "data"
SCHEMA = "instrument.schema.json"


class NoSuchInstrument(LookupError):
    """No file of that name; the sentence names those there are."""


class BadDefinition(ValueError):
    """The JSON is not an instrument; the sentence says all that is wrong."""


@cache
def all_ids() -> tuple[str, ...]:
    """Ids of the instruments that come with the product, sorted."""
    return tuple(sorted(path.stem for path in DATA.glob("*.json") if path.name != SCHEMA))


@cache
def load(instrument: str) -> Definition:
    """Raises NoSuchInstrument."""
    if instrument not in all_ids():
        raise NoSuchInstrument(f"There is no instrument {instrument}. There are: {', '.join(all_ids())}.")
    return parse(json.loads((DATA / f"{instrument}.json").read_text()))


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((DATA / SCHEMA).read_text()))


def parse(raw: Mapping[str, Any]) -> Definition:
    """One instrument's JSON, checked against the schema and for what the schema cannot say. Raises BadDefinition."""
    errors = [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(raw)] or complaints(raw)
    if errors:
        raise BadDefinition("; ".join(errors))
    return Definition(
        id=raw["id"],
        name=raw["name"],
        short_name=raw["short_name"],
        version=raw["version"],
        language=raw["language"],
        respondent=raw["respondent"],
        instructions=raw["instructions"] or "",
        recall=raw["recall_period"]["text"],
        items=tuple(_item(item) for item in raw["items"]),
        skip_rules=tuple(SkipRule(r["when"], tuple(r["skip"]), r["score_as"]) for r in raw["skip_rules"]),
        scores=tuple(_score(score) for score in raw["scoring"]["scores"]),
        flags=tuple(Flag(f["id"], f["when"], f["severity"], f["action"]) for f in raw["flags"]),
        checks=tuple(Check(c["id"], c["when"], c["message"]) for c in raw["consistency_checks"]),
        context=tuple(Context(c["id"], tuple(c["values"]), c.get("use", "")) for c in raw["context"]),
        critical_items=tuple(raw["critical_items"]),
        raw=raw,
    )


def _item(raw: Mapping[str, Any]) -> Item:
    options = tuple(Option(o["value"], o["label"], o["score"]) for o in raw.get("options", ()))
    values = [option.value for option in options] or [raw["min"], raw["max"]]
    return Item(
        id=raw["id"],
        number=raw["number"],
        text=raw["text"],
        label=raw["label"],
        options=options,
        least=min(values),
        most=max(values),
        scored=raw["scored"],
        required=raw["required"],
        reverse=raw["reverse"],
        loinc=raw.get("loinc"),
    )


def _score(raw: Mapping[str, Any]) -> Score:
    least, most = raw.get("range", (None, None))
    return Score(
        id=raw["id"],
        label=raw["label"],
        kind=raw["type"],
        items=tuple(raw["items"]),
        missing=raw["missing"]["method"],
        max_missing=raw["missing"].get("max_missing", 0),
        least=least,
        most=most,
        higher_is=raw.get("higher_is"),
        bands=tuple(Band(b["min"], b["max"], b["label"]) for b in raw.get("bands", ())),
        factor=raw.get("factor", 1),
        op=raw.get("op", ""),
        value=raw.get("value", 0),
        derived={name: tuple(of["coalesce"]) for name, of in raw.get("derived_items", {}).items()},
        excluded=tuple((e["when"], tuple(e["items"])) for e in raw.get("exclude_when", ())),
        classes=tuple(
            Class(c["label"], c["when"], tuple(c.get("requires_answered", ()))) for c in raw.get("classes", ())
        ),
    )
