"""Pages as PDF: made when somebody asks, kept nowhere, with page numbers, the center's name, who made it and when.

A template extends `ui/pdf.html`. What it draws itself with lies in our own static files (`own:ui/pdf.css`): no other
address is ever opened. The library needs Pango; where it is missing, the answer says so and the page still prints.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from stepdown.ui import center, when
from stepdown.ui.files import to_keep

log = structlog.get_logger(__name__)

LETTER_PLACES = frozenset({"US", "CA", "MX", "PH", "PR"})
FACES = {
    "sans-400": ("source-sans-3-{}-wght-normal.woff2", 400),
    "sans-600": ("source-sans-3-{}-wght-normal.woff2", 600),
    "serif-500": ("source-serif-4-{}-wght-normal.woff2", 500),
}
BEYOND_LATIN = re.compile("[\u0100-\u024f\u1e00-\u1eff]")


class NotAvailable(Exception):
    """The library that writes PDF files cannot be loaded here."""


def wanted(request: HttpRequest) -> bool:
    """Whether the page was asked for as a PDF file."""
    return request.GET.get("as") == "pdf"


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, file: str, **ids: object) -> HttpResponse:
    """The template as a file to keep. file: its name without an ending, which tells of nobody. ids: for the log, what
    it is about and who made it."""
    language = get_language() or "en"
    page = context | {"center": center.of(request), "made_when": made_when(timezone.now(), language)}
    try:
        content = written(render_to_string(template, page, request), language=language)
    except NotAvailable:
        return render(request, "ui/no_pdf.html", status=503)
    log.info("pdf made", file=file, **{name: str(value) for name, value in ids.items()})
    answer = HttpResponse(content, content_type="application/pdf")
    return to_keep(answer, f"{file}-{timezone.localdate():%Y-%m-%d}.pdf")


class Attached(NamedTuple):
    """A file that goes within a PDF file. said: what it is, to whoever opens it. at: when it is said to be made."""

    name: str
    said: str
    content: bytes
    at: datetime


def written(html: str, *, language: str, attached: Iterable[Attached] = ()) -> bytes:
    """The PDF of a whole page of HTML: tagged, titled, its fonts within. The same HTML and files give the same bytes.

    Raises NotAvailable where the library or what it needs is not installed."""
    try:
        import weasyprint  # loads Pango, which only this needs
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as why:
        log.warning("pdf not available", why=type(why).__name__)
        raise NotAvailable from why

    class Own(URLFetcher):
        """Gives our own static files, and refuses every other address."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            body, kind = own_file(url)
            return URLFetcherResponse(url, body=body, headers={"Content-Type": kind})

    sheets = [weasyprint.CSS(string=f"@page {{ size: {paper(language)} }}")]
    if BEYOND_LATIN.search(html):
        sheets.append(weasyprint.CSS(string=_own_text("ui/pdf_more_letters.css"), url_fetcher=Own()))
    document = weasyprint.HTML(string=_with_colors(html), url_fetcher=Own(), base_url=None)
    made: bytes = document.write_pdf(
        stylesheets=sheets,
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
        pdf_identifier=b"stepdown",
        attachments=[
            weasyprint.Attachment(
                file_obj=BytesIO(one.content), name=one.name, description=one.said, created=one.at, modified=one.at
            )
            for one in attached
        ],
    )
    return made


def paper(language: str) -> str:
    """Letter where that is what printers hold, else A4; a language without a place is that of this installation."""
    _language, _dash, place = language.partition("-")
    _own, _dash, own_place = str(settings.LANGUAGE_CODE).partition("-")
    return "letter" if (place or own_place or "US").upper() in LETTER_PLACES else "a4"


def own_file(url: str) -> tuple[bytes, str]:
    """(content, type) behind `own:ui/pdf.css`, a static file, or `own:font/sans-400/latin`, a font in one weight.

    Raises ValueError for anything else."""
    scheme, _colon, path = url.partition(":")
    if scheme != "own":
        raise ValueError("Only our own static files are read for a PDF file.")
    if path.startswith("font/"):
        _font, face, letters = path.split("/")
        return _font_of(face, letters), "font/ttf"
    return _own_text(path).encode(), "text/css"


def _with_colors(html: str) -> str:
    """Every drawing with its colors within: the stylesheet of the page does not reach into it."""
    style = f"<style>{_own_text('ui/pdf_drawings.css')}</style>"
    return re.sub(r"(<svg\b[^>]*>)", rf"\1{style}", html)


@lru_cache(maxsize=8)
def _own_text(path: str) -> str:
    found = finders.find(path)
    if not isinstance(found, str) or not path.endswith(".css"):
        raise ValueError(f"There is no stylesheet {path}.")
    return Path(found).read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _font_of(face: str, letters: str) -> bytes:
    """A variable font at one weight, as PDF files have no variable ones. Made once for an installation: it takes half a
    second or more, and whoever asks for the first file of a process waits long enough."""
    name, weight = FACES[face]
    source = Path(str(finders.find(f"ui/fonts/{name.format(letters)}"))).read_bytes()
    kept = settings.HOME / "fonts" / f"{face}-{letters}-{sha256(source).hexdigest()[:12]}.ttf"
    with suppress(OSError):
        return kept.read_bytes()
    made = _at_weight(source, weight)
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_suffix(f".{os.getpid()}")
        new.write_bytes(made)
        new.replace(kept)
    return made


def _at_weight(variable: bytes, weight: int) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(BytesIO(variable), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font.flavor = None
    content = BytesIO()
    font.save(content)
    return content.getvalue()


def made_when(at: datetime, language: str) -> str:
    """When it was made, for the foot of every page: "March 11, 2026, 5:48 pm Central"."""
    zone = timezone.get_current_timezone()
    return f"{when.day(at.astimezone(zone).date(), date.min, language)}, {when.clock(at, zone, language)}"
