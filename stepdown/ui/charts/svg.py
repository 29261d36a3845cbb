"""What all drawings share: escaped elements, numbers without noise, and the drawing with its words."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import Any, TypeVar

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 500  # drawings of each kind in a process, some kilobytes each
# Width of one letter at the drawings' 12.5 px, on average and a little generous.
LETTER = 6.6


@dataclass(frozen=True)
class Drawing:
    """An SVG with the same in words: a sentence, and a table as headings and rows of text.

    narrow: the same drawn for a phone, shown in its place where there is little room; "" where one drawing does."""

    svg: SafeString
    sentence: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    narrow: str = ""

    def __html__(self) -> str:
        return self.svg

    @property
    def table(self) -> SafeString:
        """The numbers as a table named by the sentence; made here, since some have hundreds of cells."""
        head = "".join(f'<th scope="col">{escape(said)}</th>' for said in self.headings)
        rows = (
            f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(said)}</td>" for said in rest)}</tr>'
            for first, *rest in self.rows
        )
        caption, body = escape(self.sentence), "".join(rows)
        return mark_safe(  # noqa: S308  # every cell is escaped above
            f'<table class="table"><caption class="sr">{caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


Shown = TypeVar("Shown", bound=Hashable)
caches: list[Any] = []


def drawn_once(draw: Callable[[Shown], Drawing]) -> Callable[[Shown], Drawing]:
    """Keeps the latest drawings of a process by what they show and the language: whoever works on a page comes back to
    it far more often than what it draws changes."""

    @lru_cache(maxsize=KEPT)
    def kept(shown: Shown, _language: str | None) -> Drawing:
        return draw(shown)

    caches.append(kept)
    return lambda shown: kept(shown, get_language())


def number(value: float) -> str:
    """At most one decimal: 16.33 is "16.3", 12.0 is "12"."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def element(name: str, content: str = "", **attributes: object) -> str:
    """One element. `content` is markup already escaped; attributes are escaped here, None leaves one out.

    `class_` becomes class, and other underscores become hyphens; floats are rounded.
    """
    head = name
    for key, value in attributes.items():
        if value is None or value == "":
            continue
        said = number(value) if type(value) is float else escape(str(value))
        head += f' {_attribute(key)}="{said}"'
    return f"<{head}>{content}</{name}>" if content else f"<{head}/>"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def text(x: float, y: float, said: object, *, class_: str = "", anchor: str = "") -> str:
    return element("text", escape(str(said)), class_=class_, x=float(x), y=float(y), text_anchor=anchor)


# The next two are written out, as a drawing has hundreds of them: class_ is a name of ours, d holds only numbers.


def rect(x: float, y: float, width: float, height: float, class_: str, rx: float | None = None) -> str:
    size = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect class="{class_}" {size}/>' if rx is None else f'<rect class="{class_}" {size} rx="{rx}"/>'


def path(d: str, class_: str) -> str:
    return f'<path class="{class_}" d="{d}"/>'


def svg(
    parts: Iterable[str],
    width: float,
    height: float,
    sentence: str,
    *,
    class_: str = "draw",
    fixed: bool = False,
    stretch: bool = False,
) -> SafeString:
    """The whole drawing, named by its sentence. `fixed` sets its size in pixels, for small ones in a line of text;
    `stretch` lets it fill its place in both directions, for bars without words.
    """
    size = {"width": number(width), "height": number(height)} if fixed else {}
    return mark_safe(  # noqa: S308  # every part is escaped above
        element(
            "svg",
            "".join(parts) or "<g/>",
            class_=class_,
            **size,
            viewBox=f"0 0 {number(width)} {number(height)}",
            role="img",
            aria_label=sentence,
            preserveAspectRatio="none" if stretch else None,
        )
    )


def fits(said: str, width: float) -> str:
    """The text when it fits in `width` pixels, shortened with an ellipsis, or "" when not even four letters fit."""
    letters = int(width // LETTER)
    if len(said) <= letters:
        return said
    return f"{said[: letters - 1].rstrip(' ,.')}…" if letters >= 4 else ""


def listed(parts: Sequence[str], glue: str = ", ") -> str:
    """Parts as the beginning of a sentence: first letter large, empty ones left out."""
    said = glue.join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def key(entries: Iterable[tuple[object, Sequence[str], int, int]]) -> SafeString:
    """The key to a drawing. An entry is what it means, its parts, and its width and height in pixels."""
    lines = (
        element("svg", "".join(parts), width=width, height=height, viewBox=f"0 0 {width} {height}", aria_hidden="true")
        + f" {escape(str(said))}"
        for said, parts, width, height in entries
    )
    return mark_safe(f'<ul class="key">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')  # noqa: S308  # escaped above
