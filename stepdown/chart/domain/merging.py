"""Brings together what two people wrote into one text at the same time, so that nothing either wrote is lost.

Both began from the same text, the base. What only one changed is taken from them; what both added stands one after the
other; where both changed the same sentence in different ways, both versions stand between two marks until somebody
makes one of them. difflib finds the changes; a sentence is the smallest thing that is moved about.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

BOTH = "[Both of you wrote here]"
UNTIL = "[until here]"
MARKS = (BOTH, UNTIL)
END = re.compile(r"[.!?][\"”’)\]]?$")

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else did to one field that the page did not know of.

    theirs: sentences or codes they put in; taken_out: those they took away. is_clash: both changed the same place: two
    versions stand in the words, or of two single answers the writer's stands."""

    field: str
    theirs: tuple[str, ...]
    taken_out: tuple[str, ...]
    is_clash: bool


@dataclass(frozen=True)
class Merged:
    """content: what is to be saved. meanwhile: empty when nobody else changed anything."""

    content: dict[str, Any]
    meanwhile: tuple[Meanwhile, ...]


def merged(base: Content, mine: Content, theirs: Content, one_of: Iterable[str] = ()) -> Merged:
    """A field is text, or a list of codes; one_of: the fields that hold one code at most, as a list or as text.

    Fields are those of `mine`. Of two different single answers mine stands, since the writer is here to see it."""
    single = set(one_of)
    content: dict[str, Any] = {}
    meanwhile = []
    for field, given in mine.items():
        before, other = base[field], theirs[field]
        if field in single:
            content[field] = other if given == before else given
            clash = other not in (before, given) and given != before
        elif isinstance(given, str):
            content[field], clash = merged_words(before, given, other)
        else:
            content[field], clash = merged_codes(before, given, other), False
        if content[field] != given or clash:
            old, new = _things(before), _things(other)
            put_in, taken = tuple(x for x in new if x not in old), tuple(x for x in old if x not in new)
            meanwhile.append(Meanwhile(field, put_in, taken, clash))
    return Merged(content, tuple(meanwhile))


def _things(value: str | Sequence[str]) -> list[str]:
    return [each.strip() for each in sentences(value)] if isinstance(value, str) else list(value)


def merged_codes(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Every code that either put in, and of those in the base the ones that neither took away."""
    return [
        code
        for code in dict.fromkeys([*theirs, *mine])
        if (code in mine and code in theirs) or code not in base
    ]  # fmt: skip


def merged_words(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    """The text, and whether marks went into it. What one took away and the other changed stays as changed."""
    if mine == theirs or theirs == base:
        return mine, False
    if mine == base:
        return theirs, False
    old, new, other = sentences(base), sentences(mine), sentences(theirs)
    found: list[str] = []
    at, has_clash = 0, False
    for start, end, ours, others in _places(_changes(old, new), _changes(old, other)):
        found += old[at:start]
        version, another = _applied(old, start, end, ours), _applied(old, start, end, others)
        if not ours or not others:
            found += version if ours else another
        elif start == end:
            found += [*another, *(each for each in version if not _has(another, each))]
        elif _is_within(version, another):
            found += another
        elif _is_within(another, version):
            found += version
        else:
            has_clash = True
            first, *rest = [each for each in another if not _has(version, each)]
            found += [BOTH, *version, f"\n{first.strip()}", *rest, UNTIL]
        at = end
    return _joined(found + old[at:]), has_clash


def is_untidy(text: str) -> bool:
    """Whether two versions of something still stand in the text."""
    return any(mark in text for mark in MARKS)


def without_marks(text: str) -> str:
    for mark in MARKS:
        text = text.replace(mark, "")
    return text


def sentences(text: str) -> list[str]:
    """The text cut after each sentence and each line; blanks stay in front. Blanks at the end are left out."""
    found, blank = [], ""
    for piece in re.split(r"(?<=[.!?])(?=\s)|(?<=[.!?][\"”’)])(?=\s)|(?=\n)", text):
        if piece.strip():
            found.append(blank + piece.rstrip())
            blank = piece[len(piece.rstrip()) :]
        else:
            blank += piece
    return found


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    new: tuple[str, ...]


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    match = SequenceMatcher(None, [x.strip() for x in old], [x.strip() for x in new], autojunk=False)
    return [_Change(a, b, tuple(new[c:d])) for kind, a, b, c, d in match.get_opcodes() if kind != "equal"]


def _places(
    ours: Sequence[_Change], others: Sequence[_Change]
) -> Iterable[tuple[int, int, list[_Change], list[_Change]]]:
    """(start, end, our changes, their changes) of each place in the base that was touched, in order. Changes that only
    meet at an edge are two places; two insertions at one spot are one."""
    tagged = sorted([(c.start, c.end, 1, c) for c in ours] + [(c.start, c.end, 0, c) for c in others], key=_order)
    place: tuple[int, int, list[_Change], list[_Change]] | None = None
    for start, end, is_ours, change in tagged:
        if place and (start < place[1] or start == end == place[0] == place[1]):
            place = (place[0], max(place[1], end), place[2], place[3])
        else:
            if place:
                yield place
            place = (start, end, [], [])
        (place[2] if is_ours else place[3]).append(change)
    if place:
        yield place


def _order(tagged: tuple[int, int, int, _Change]) -> tuple[int, int, int]:
    return tagged[:3]


def _applied(old: Sequence[str], start: int, end: int, changes: Sequence[_Change]) -> list[str]:
    found: list[str] = []
    at = start
    for change in changes:
        found += [*old[at : change.start], *change.new]
        at = change.end
    return found + list(old[at:end])


def _has(found: Iterable[str], each: str) -> bool:
    return each.strip() in {one.strip() for one in found}


def _is_within(some: Sequence[str], more: Sequence[str]) -> bool:
    return all(_has(more, each) for each in some)


def _joined(found: Sequence[str]) -> str:
    text = ""
    for each in found:
        said = each.strip()
        blank = each[: len(each) - len(each.lstrip())]
        if not text:
            text = said
        elif said in MARKS or text.endswith(MARKS) or not (END.search(text) or "\n" in blank):
            text += ("" if "\n" in blank else "\n") + (blank if "\n" in blank else "") + said
        else:
            text += (blank or " ") + said
    return text
