"""What patients agree to, in the words they read: one file for each agreement and language, kept in versions.

A file is plain text: `version: …` first, then `# title`, `## heading`, `- item`, and paragraphs, a line each. A new
wording gets a new version; what was signed keeps its own words in the consent.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Block:
    """One part of a text. kind: "heading", "paragraph" or "list"; lines: one, or the items of the list."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """words: the whole text as it is signed, title included. blocks: the same for a page, without the title."""

    version: str
    language: str
    title: str
    words: str
    blocks: tuple[Block, ...]


@cache
def current(type: str, language: str) -> Text:
    """The newest text of an agreement (a value of ConsentType); in English where there is no translation.

    Raises FileNotFoundError for a type without a text.
    """
    spoken = "es" if language.startswith("es") else "en"
    version, words = (FOLDER / f"{type}.{spoken}.txt").read_text(encoding="utf-8").split("\n", 1)
    return laid_out(words.strip(), version=version.removeprefix("version:").strip(), language=spoken)


def laid_out(words: str, *, version: str, language: str) -> Text:
    """A text cut into blocks, whether from a file or from a signed consent. Lines of a list stand together."""
    title, blocks = "", list[Block]()
    for line in filter(None, (line.strip() for line in words.splitlines())):
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("## "):
            blocks.append(Block("heading", (line[3:],)))
        elif not line.startswith("- "):
            blocks.append(Block("paragraph", (line,)))
        elif blocks and blocks[-1].kind == "list":
            blocks[-1] = Block("list", (*blocks[-1].lines, line[2:]))
        else:
            blocks.append(Block("list", (line[2:],)))
    return Text(version=version, language=language, title=title, words=words, blocks=tuple(blocks))
