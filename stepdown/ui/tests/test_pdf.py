"""PDF files: what is in them, what is never opened for them, and what happens where they cannot be made."""

import builtins
import re
import zlib
from contextlib import suppress

import pytest
from django.template.loader import render_to_string

from stepdown.ui import pdf

PAGE = {"center": {"name": "Fernbrook Center"}, "made_when": "March 11, 2026, 5:48 pm Central"}


def inside(made: bytes) -> bytes:
    """The file with whatever is packed in it unpacked."""
    packed = re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)
    unpacked = []
    for each in packed:
        with suppress(zlib.error):
            unpacked.append(zlib.decompress(each))
    return made + b"".join(unpacked)


def test_a_file_is_tagged_titled_carries_its_fonts_and_is_the_same_each_time():
    html = render_to_string("ui/pdf.html", PAGE).replace("</title>", "Chart</title>")
    html = html.replace("</body>", '<h1>Zoë</h1><p><b>One</b></p><img src="https://example.com/x.png"></body>')
    made = pdf.written(html, language="en")
    told = inside(made)
    for part in (b"/Marked true", b"/StructTreeRoot", b"/Lang", b"+Stepdown-Sans", b"+Stepdown-Serif", b"612 792"):
        assert part in told
    assert b"example.com" not in told
    assert pdf.written(html, language="en") == made


@pytest.mark.parametrize(
    "url", ["https://example.com/x.css", "file:///etc/passwd", "own:../settings.py", "own:ui/keys.js", "own:ui/no.css"]
)
def test_nothing_but_our_own_stylesheets_and_fonts_is_read(url):
    with pytest.raises(Exception, match=r"own static files|no stylesheet|located outside"):
        pdf.own_file(url)


@pytest.mark.parametrize(
    ("language", "paper"), [("en", "letter"), ("es", "letter"), ("es-mx", "letter"), ("en-gb", "a4")]
)
def test_paper_is_that_of_the_place(language, paper):
    assert pdf.paper(language) == paper


def test_without_the_library_no_file_is_made_and_no_page_breaks(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(pdf.NotAvailable):
        pdf.written("<p>x</p>", language="en")
