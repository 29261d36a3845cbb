"""Notices when the same words stand for several people, or again as last time.

Source: glossary, "group note": one shared text copied to everyone is not acceptable.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

ALIKE = 0.95


def plain(text: str) -> str:
    """Lower case, without punctuation and double spaces."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same in the same words, but for a word here or there. Empty texts are like nothing."""
    one, other = plain(one), plain(other)
    if not one or not other:
        return False
    if one == other:
        return True
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE


def same_words(texts: Mapping[str, str]) -> dict[str, str]:
    """For each key whose text is like that of an earlier key: that earlier key. Order as given."""
    found: dict[str, str] = {}
    seen: list[str] = []
    for key, text in texts.items():
        twin = next((other for other in seen if alike(text, texts[other])), None)
        if twin is not None:
            found[key] = twin
        seen.append(key)
    return found
