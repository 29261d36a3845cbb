"""The formats of a progress note: which headings it has, and what stands under each.

Whoever writes does not write by headings: a note is made of pieces, and the format says where each kind of piece
belongs. Words go where the format expects them, but for lines that begin with the letter or the name of another
heading ("P: calls on Friday"). Source: glossary, "DAP", "BIRP", "GIRP", "SOAP".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    DAP = "dap"
    BIRP = "birp"
    GIRP = "girp"
    SOAP = "soap"


class Kind(StrEnum):
    """What a piece of a note tells."""

    SAID = "said"  # what the person told us
    SEEN = "seen"  # how they were and took part
    DID = "did"  # what the counselor did
    RESPONSE = "response"  # what it brought about
    RISK = "risk"
    GOAL = "goal"  # the objective of the plan it works toward
    NEXT = "next"  # what comes now
    WORDS = "words"  # free text that says nothing of where it belongs


HEADINGS: dict[Format, tuple[str, ...]] = {
    Format.DAP: ("Data", "Assessment", "Plan"),
    Format.BIRP: ("Behavior", "Intervention", "Response", "Plan"),
    Format.GIRP: ("Goal", "Intervention", "Response", "Plan"),
    Format.SOAP: ("Subjective", "Objective", "Assessment", "Plan"),
}
WHERE: dict[Format, dict[Kind, str]] = {
    Format.DAP: {
        Kind.SAID: "Data",
        Kind.SEEN: "Data",
        Kind.DID: "Data",
        Kind.WORDS: "Data",
        Kind.RESPONSE: "Assessment",
        Kind.RISK: "Assessment",
        Kind.GOAL: "Assessment",
        Kind.NEXT: "Plan",
    },
    Format.BIRP: {
        Kind.SAID: "Behavior",
        Kind.SEEN: "Behavior",
        Kind.RISK: "Behavior",
        Kind.DID: "Intervention",
        Kind.RESPONSE: "Response",
        Kind.WORDS: "Response",
        Kind.GOAL: "Response",
        Kind.NEXT: "Plan",
    },
    Format.GIRP: {
        Kind.GOAL: "Goal",
        Kind.DID: "Intervention",
        Kind.SAID: "Response",
        Kind.SEEN: "Response",
        Kind.RESPONSE: "Response",
        Kind.RISK: "Response",
        Kind.WORDS: "Response",
        Kind.NEXT: "Plan",
    },
    Format.SOAP: {
        Kind.SAID: "Subjective",
        Kind.WORDS: "Subjective",
        Kind.SEEN: "Objective",
        Kind.DID: "Objective",
        Kind.RESPONSE: "Assessment",
        Kind.RISK: "Assessment",
        Kind.GOAL: "Assessment",
        Kind.NEXT: "Plan",
    },
}


@dataclass(frozen=True)
class Piece:
    """One thing a note says. `label` is empty for free text; for an answer it is the question ("Took part")."""

    kind: Kind
    text: str
    label: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, in the order the pieces came. No pieces: nothing was written there."""

    heading: str
    pieces: tuple[Piece, ...]


def laid_out(form: Format, pieces: Iterable[Piece]) -> tuple[Section, ...]:
    """Every heading of the format in its order, each with its pieces. Nothing is left out but pieces without text.

    Free text of any kind is taken line by line: a line that begins with a heading's letter or name and a colon stands
    under that heading, and so do the lines after it; the mark itself is not shown."""
    under: dict[str, list[Piece]] = {heading: [] for heading in HEADINGS[form]}
    for piece in pieces:
        home = WHERE[form][piece.kind]
        if piece.label:
            if piece.text.strip():
                under[home].append(piece)
            continue
        for heading, text in by_marks(form, piece.text, home):
            under[heading].append(Piece(piece.kind, text))
    return tuple(Section(heading, tuple(found)) for heading, found in under.items())


def by_marks(form: Format, text: str, home: str) -> list[tuple[str, str]]:
    """(heading, text) in the order of the text; what stands before any mark belongs to `home`. Empty texts are left
    out."""
    marks = {mark.casefold(): heading for heading in HEADINGS[form] for mark in (heading[0], heading)}
    found: list[tuple[str, list[str]]] = [(home, [])]
    for line in text.splitlines():
        mark = re.match(r"\s*(\w+)\s*:\s*", line)
        if mark and (heading := marks.get(mark[1].casefold())):
            found.append((heading, [line[mark.end() :]]))
        else:
            found[-1][1].append(line)
    return [(heading, joined) for heading, lines in found if (joined := "\n".join(lines).strip())]
