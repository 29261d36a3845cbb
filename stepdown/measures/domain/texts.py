"""The words of an instrument: their hash, and words that the center loads itself.

Source: RULE INS-01 (nothing is presented without its text), RULE INS-02 (the hash is kept with each administration).
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from stepdown.kernel.instruments import Definition, Item


def text_hash(definition: Definition) -> str:
    """SHA-256 of everything that is read to somebody, as 64 hex digits."""
    words: list[Any] = [definition.language, definition.instructions]
    words += [[item.text, [option.label for option in item.options]] for item in definition.items]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def with_text(raw: Mapping[str, Any], pack: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of an instrument with the words of a pack that fits it (`faults` finds none)."""
    items = []
    for item in raw["items"]:
        given = pack["items"][item["id"]]
        more: dict[str, Any] = {"text": given["text"]}
        if labels := given.get("options"):
            more["options"] = [old | {"label": label} for old, label in zip(item["options"], labels, strict=True)]
        items.append(item | more)
    return {**raw, "language": pack["language"], "instructions": pack["instructions"], "items": items}


def faults(definition: Definition, pack: Any) -> list[str]:
    """Why a pack does not fit, in sentences; empty when it fits.

    A pack: {"instrument", "version", "language", "instructions", "items": {item id: {"text", "options": [label, …]}}};
    `options` may be left out, and then those of the definition stand.
    """
    if not isinstance(pack, dict):
        return ["The file holds no text pack: it is not a JSON object."]
    found = []
    for name, expected in (("instrument", definition.id), ("version", definition.version)):
        if pack.get(name) != expected:
            found.append(f"The pack is for the {name} “{str(pack.get(name, ''))[:60]}”, and this is “{expected}”.")
    found += [f"The pack has no {name}." for name in ("language", "instructions") if not _is_words(pack.get(name))]
    if _is_words(pack.get("language")) and len(pack["language"]) > LANGUAGE_LENGTH:
        found.append("The language is a code such as en-US.")
    items = pack.get("items")
    if not isinstance(items, dict):
        return [*found, "The pack has no items."]
    found += [f"There is no item “{name[:40]}” in the instrument." for name in items if name not in definition.item]
    return found + [fault for item in definition.items for fault in _item_faults(item, items.get(item.id))]


LANGUAGE_LENGTH = 12


def _item_faults(item: Item, given: Any) -> list[str]:
    if not isinstance(given, dict) or not _is_words(given.get("text")):
        return [f"Item {item.id} has no text."]
    labels = given.get("options")
    if labels is None:
        return []
    if not isinstance(labels, list) or len(labels) != len(item.options) or not all(_is_words(one) for one in labels):
        return [f"Item {item.id} needs {len(item.options)} answers, each with words."]
    return []


def _is_words(said: Any) -> bool:
    return isinstance(said, str) and 0 < len(said.strip()) <= 4000 and "".join(said.split()).isprintable()
