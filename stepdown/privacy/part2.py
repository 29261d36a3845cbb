"""Wording of 42 CFR part 2 that is used word for word, with where it comes from: `data/part2_texts.json`."""

import json
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "data" / "part2_texts.json"


@cache
def text(name: str) -> str:
    """Raises KeyError for a name that the file does not hold."""
    said: str = json.loads(SOURCE.read_text(encoding="utf-8"))[name]
    return said


def statement(*, whole: bool = True) -> str:
    """A statement that goes with every disclosure: the whole one, or the short one, which is enough by itself.
    Source: 42 CFR 2.32(a)(1), (a)(2)."""
    return text("notice_2_32_statement_1" if whole else "notice_2_32_statement_2")


STATEMENTS = (statement(whole=True), statement(whole=False))


def notice_heading() -> str:
    """The heading that every notice to patients has, with its places in brackets as ours are, one line a thought.
    Source: 42 CFR 2.22(b)(1)(i)."""
    said = text("notice_header_2_22_b1i")
    for theirs, ours in NOTICE_PLACES.items():
        said = said.replace(theirs, ours)
    return said


NOTICE_PLACES = {
    "[Name of Part 2 Program]": "[center]",
    "[ENTER NAME OR TITLE]": "[contact]",
    "[PHONE AND EMAIL]": "[phone] AND [e-mail]",
}
