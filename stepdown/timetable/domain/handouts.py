"""The words of a handout: what they are made of, and how a file of them is read.

A file is TOML, one language each: a table `[[handout]]` for every topic, with `week`, `place`, `title`, `summary`,
`points`, `tool`, `steps` and `questions`.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, NamedTuple


class Unfit(ValueError):
    """A file that cannot be used. `str()` is the sentence for whoever wrote it."""


class Limit(NamedTuple):
    """How many there may be."""

    least: int
    most: int


# How long a line may be, in characters, and how many lines a part has. The same stand on the table.
TITLE, SUMMARY, TOOL, LINE = 80, 300, 120, 300
POINTS, STEPS, QUESTIONS = Limit(3, 5), Limit(3, 5), Limit(2, 3)

_TEXTS = {"title": TITLE, "summary": SUMMARY, "tool": TOOL}
_LISTS = {"points": POINTS, "steps": STEPS, "questions": QUESTIONS}


@dataclass(frozen=True)
class Words:
    """One handout in one language. steps: of the tool."""

    title: str
    summary: str
    points: tuple[str, ...]
    tool: str
    steps: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same words, and for no others: 64 hexadecimal digits."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def read(text: str) -> dict[tuple[int, int], Words]:
    """The handouts of a file by (week, place) of their topic, in the file's order.

    Raises Unfit with a sentence that names the topic and the part: no TOML, a part that is missing, unknown, empty, too
    long, or has too few or too many lines, or a topic that comes twice.
    """
    try:
        tables = tomllib.loads(text).get("handout", [])
    except tomllib.TOMLDecodeError as error:
        raise Unfit(f"This is not TOML: {error}.") from error
    if not isinstance(tables, list) or not tables:
        raise Unfit("There is no [[handout]] in this file.")
    found: dict[tuple[int, int], Words] = {}
    for number, table in enumerate(tables, start=1):
        topic = _topic(number, table)
        if topic in found:
            raise Unfit(f"Topic {topic[0]}.{topic[1]} comes twice.")
        found[topic] = _words(f"Topic {topic[0]}.{topic[1]}", table)
    return found


def _topic(number: int, table: Any) -> tuple[int, int]:
    week, place = (table.get("week"), table.get("place")) if isinstance(table, Mapping) else (None, None)
    if type(week) is not int or type(place) is not int:
        raise Unfit(f"Handout {number} needs the week and the place of its topic, two whole numbers.")
    return week, place


def _words(topic: str, table: Mapping[str, Any]) -> Words:
    if unknown := sorted(set(table) - {"week", "place", *_TEXTS, *_LISTS}):
        raise Unfit(f"{topic}: nothing is known of “{unknown[0]}”.")
    texts = {name: _line(topic, name, table.get(name), limit) for name, limit in _TEXTS.items()}
    lists = {name: _lines(topic, name, table.get(name), limit) for name, limit in _LISTS.items()}
    return Words(**texts, **lists)  # type: ignore[arg-type]  # the names of both are those of Words


def _line(topic: str, name: str, said: Any, limit: int) -> str:
    if not isinstance(said, str) or not said.strip():
        raise Unfit(f"{topic}: “{name}” is missing.")
    if len(said.strip()) > limit:
        raise Unfit(f"{topic}: “{name}” has {len(said.strip())} characters. At most {limit} fit.")
    return said.strip()


def _lines(topic: str, name: str, said: Any, limit: Limit) -> tuple[str, ...]:
    lines: Sequence[Any] = said if isinstance(said, list) else []
    if not limit.least <= len(lines) <= limit.most:
        raise Unfit(f"{topic}: “{name}” has {len(lines)} lines. It needs {limit.least} to {limit.most}.")
    return tuple(_line(topic, f"{name}, line {at}", line, LINE) for at, line in enumerate(lines, start=1))
