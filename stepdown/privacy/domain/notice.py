"""The notice of privacy practices: what has to stand in one, and who is still to get it.

Source: RULE PRIV-30; 42 CFR 2.22; 45 CFR 164.520.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PLACE = re.compile(r"\[[^\]\n]*\]")
# What is filled in when it is published: everything that a reader needs to reach somebody, and from when it holds.
PLACES = ("[center]", "[contact]", "[phone]", "[e-mail]", "[day]")


@dataclass(frozen=True)
class Version:
    """One published version as one patient stands to it. given: they got it, whether they confirmed it or not."""

    number: int
    is_material: bool
    given: bool


def filled(written: str, facts: Mapping[str, str]) -> str:
    """What was written with its places filled in. facts: by place, such as "[center]"."""
    for place, said in facts.items():
        written = written.replace(place, said)
    return written


def left_open(text: str) -> list[str]:
    """The places in brackets that nobody filled in, each once, in their order."""
    return list(dict.fromkeys(PLACE.findall(text)))


def unsaid(text: str, facts: Mapping[str, str]) -> list[str]:
    """The places whose facts the text does not say anywhere. Source: 42 CFR 2.22(b)(1)(i), (vii), (viii)."""
    return [place for place, said in facts.items() if said not in text]


def has_heading(text: str, heading: str) -> bool:
    """Whether the heading that the law words stands in it line by line, whatever its marks for lists and titles."""
    said = {_bare(line) for line in text.splitlines()}
    return all(_bare(line) in said for line in heading.splitlines() if line.strip())


def _bare(line: str) -> str:
    return line.strip().lstrip("#-• ").strip()


def has_current(versions: Sequence[Version]) -> bool:
    """versions: those in effect, the newest first."""
    return bool(versions) and versions[0].given


def missed(versions: Sequence[Version]) -> list[int]:
    """The numbers of all versions since the last one they got, newest first, when one of these is a material change;
    else nothing is owed. versions: those in effect, the newest first. Source: 42 CFR 2.22(c)."""
    since = []
    for version in versions:
        if version.given:
            break
        since.append(version)
    return [version.number for version in since] if any(version.is_material for version in since) else []
