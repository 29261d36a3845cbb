"""The safety plan as plain values: seven parts, in the order in which a person goes through them when it gets hard.

Source: programme facts, "Crisis and safety procedure" 5: warning signs, own coping, people and places for distraction,
people to ask, professionals, means safety; what the person lives for. 988 and 911 stand on its pages by
themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

LINES = ("signs", "alone", "safe", "reasons")
CONTACTS = ("places", "people", "professionals")


@dataclass(frozen=True)
class Contact:
    """A person or place. phone: +1XXXXXXXXXX, or "" when there is none."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Document:
    """signs: how it shows that it gets hard. alone: what they can do by themself. places: people and places that take
    their mind off it. people: whom they can ask for help. professionals: who helps for a living. safe: how their place
    is made safe. reasons: what they live for. Lines and contacts are in the person's own order."""

    signs: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    places: tuple[Contact, ...] = ()
    people: tuple[Contact, ...] = ()
    professionals: tuple[Contact, ...] = ()
    safe: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(content for _part, content in self.parts())

    def parts(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """("signs", lines) and so on, in order."""
        for part in fields(self):
            yield part.name, getattr(self, part.name)


def lines_of(text: str) -> tuple[str, ...]:
    """Each line that says something, without the blanks around it."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def as_json(document: Document) -> dict[str, Any]:
    """Plain values; `from_json` gives the same document back."""
    return asdict(document)


def from_json(content: Mapping[str, Any]) -> Document:
    """Of what `as_json` gave, also after it lay in a database."""
    parts: dict[str, Any] = {part: tuple(content.get(part, ())) for part in LINES}
    parts |= {part: tuple(Contact(**each) for each in content.get(part, ())) for part in CONTACTS}
    return Document(**parts)


def advice(document: Document) -> list[str]:
    """What would make the plan help more, none of it a reason not to keep it: "no_step" without anything to do alone,
    "no_person" without anybody to ask, "no_number" when none of those can be called."""
    found = [] if document.alone else ["no_step"]
    if not document.people:
        found.append("no_person")
    elif not any(each.phone for each in document.people):
        found.append("no_number")
    return found
