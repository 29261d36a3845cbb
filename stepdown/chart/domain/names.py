"""Finds the names of others in what is written about one person.

Source: RULE PRIV-40: one patient's note never contains another patient's name; the save is refused with the matches.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Names that are also everyday words. They count as names only when written with a capital letter; otherwise nobody
# could write "will try" in a group with a Will.
ALSO_WORDS = """
    an art august autumn bee bill bliss bob brook buck bud candy carol case chance charity chase chip
    christian chuck clay cliff cole cook cooper crystal daisy dale dawn day dean dick dolly don drew duke
    dusty ear earl early east eve ever example faith fern field fisher flora ford forest frank gale gay gene
    ginger glen good grace grant gray green grey guy hall happy harmony harry hazel head heath heather hill
    holly home honor hope house hunter iris ivy jack jade jay jean jewel jimmy josh joy june kay king lake
    lane law lee long love low major mark marshal marshall may mercy merit merry miles mill miller model moody
    moon more nick norm oak olive page paige park parker pat patience peace pearl penny pepper piper
    placeholder poppy porter price prudence queen quick rain ray read reed reid rich river rob robin rock rod
    roman root rose rowan ruby rue rush russet rusty ruth sage sam sample sandy serenity shepherd short skip
    sky small smart snow specimen spring stone storm strong sue summer sunny tab tad taylor terry test tucker
    tyler van victor violet wade ward warren way wells west will willow winter wise wolf wood woods young
""".split()  # noqa: SIM905  # reads as words
PARTICLES = "da de del den der di dos du el la las le los ter van von y".split()  # noqa: SIM905  # reads as words
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Named:
    """One person of the roster: `key` tells them apart, `names` are first, chosen and last, empty ones allowed."""

    key: str
    names: tuple[str, ...]


def names_of_others(text: str, roster: Iterable[Named], about: str | None = None) -> list[str]:
    """The words of `text` that are names of people in the roster other than `about` (None: of anyone in it).

    Whole words only, whatever the case and the accents; a possessive ("Theo's") counts. A name of several words or with
    a hyphen counts when any of its parts stands there, but for particles such as "de". Names the person shares with
    someone else are theirs to be called by. A name that is also an everyday word, or has fewer than three letters,
    counts only with a capital letter. Returns each match as it was written, once, in the order of the text.
    """
    roster = list(roster)
    own = {part for person in roster if person.key == about for part in _parts(person)}
    others = {part for person in roster if person.key != about for part in _parts(person)} - own
    found: dict[str, None] = {}
    for written in WORD.findall(text):
        stem = re.sub(r"['’](s|S)?$", "", written)
        for word in (stem, *re.split(r"['’]", stem)):
            folded = _fold(word)
            if folded not in others or (_needs_capital(folded) and not word[:1].isupper()):
                continue
            found[stem] = None
            break
    return list(found)


def _parts(person: Named) -> set[str]:
    words = [_fold(word) for name in person.names for word in WORD.findall(name)]
    parts = {part for word in words for part in (word, *re.split(r"['’]", word)) if part not in PARTICLES}
    return {part for part in parts if len(part) > 1 or part in {_fold(name) for name in person.names}}


def _needs_capital(folded: str) -> bool:
    return len(folded) < 3 or folded in ALSO_WORDS


def _fold(word: str) -> str:
    """Without case and accents: José and jose are one."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
