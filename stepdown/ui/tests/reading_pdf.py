"""What somebody reads in a PDF file of ours, page by page: enough of the format for what the library writes."""

import re
import zlib
from contextlib import suppress

OBJECT = re.compile(rb"(\d+) 0 obj\n.*?stream\n(.*?)\nendstream", re.DOTALL)
FONT = re.compile(rb"/BaseFont /(\w{6})\+.*?/ToUnicode (\d+) 0 R", re.DOTALL)
LETTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
DRAWN = re.compile(rb"/(\w{6}) [\d.]+ Tf|<((?:[0-9a-f]{4})+)>|(\bET\b)")
PAGE = b"1 0 0 -1 0 "  # begins a page: its first line is on top


def pages(made: bytes) -> list[str]:
    """The words of each page in the order in which they are drawn, with single spaces; without those in drawings."""
    streams = {}
    for number, packed in OBJECT.findall(made):
        with suppress(zlib.error):
            streams[number] = zlib.decompress(packed)
    letters = {}
    for listed in (each for each in streams.values() if b"/BaseFont" in each):
        for font, number in FONT.findall(listed):
            known = LETTER.findall(streams[number])
            letters[font] = {glyph: bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in known}
    return [_said(each, letters) for each in streams.values() if each.startswith(PAGE)]


def _said(page: bytes, letters: dict[bytes, dict[bytes, str]]) -> str:
    said, of = [], {}
    for font, glyphs, end in DRAWN.findall(page):
        of = letters[font] if font else of
        said += [of.get(glyphs[n : n + 4], "") for n in range(0, len(glyphs), 4)] + [" "] * bool(end)
    return " ".join("".join(said).split())
