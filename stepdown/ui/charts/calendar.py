"""A day as a ruler, and the week as a grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from django.utils.translation import get_language, gettext

from stepdown.kernel.spans import Span
from stepdown.ui import when
from stepdown.ui.charts.svg import LETTER, Drawing, fits, listed, path, rect, svg, text

WIDTH, SIDE, LANE = 1180.0, 5.0, 40.0


@dataclass(frozen=True)
class RulerItem:
    """Something with a beginning and an end on one day. `state` is "done", "next" or "" (later)."""

    start: datetime
    end: datetime
    label: str
    note: str = ""
    state: str = ""


def day_ruler(items: Sequence[RulerItem], frame: Span, zone: tzinfo, now: datetime | None = None) -> Drawing:
    """The day from frame.start to frame.end (whole hours look best). Items that overlap stand in lanes."""
    lang = get_language() or "en"
    scale = (WIDTH - 2 * SIDE) / max(1.0, frame.length.total_seconds())
    x = lambda at: SIDE + scale * (min(frame.end, max(frame.start, at)) - frame.start).total_seconds()
    shown = sorted((i for i in items if i.end > frame.start and i.start < frame.end), key=lambda i: (i.start, i.end))
    lanes = _lanes(shown)
    depth = LANE * (max(lanes, default=0) + 1)
    parts, hour = [], _next_hour(frame.start, zone)
    while hour <= frame.end:
        parts += [
            path(f"M{x(hour):.0f} 0v{depth:.0f}", "hair"),
            text(x(hour), depth + 15, _hour_said(hour, zone), anchor="end" if hour == frame.end else ""),
        ]
        hour += timedelta(hours=1)
    for item, lane in zip(shown, lanes, strict=True):
        start, width, y = x(item.start), x(item.end) - x(item.start) - 2, LANE * lane + 3
        # Words begin behind the line of the hour rather than under it, while the item has only just begun.
        words = x(now) if now and start < x(now) < start + 9 + LETTER * len(item.label) + 7 else start
        room = start + width - words
        label = fits(item.label, room - 12)
        note = fits(item.note, room - 24 - len(label) * LETTER) if label == item.label else ""
        parts += [
            rect(start, y, width, 34, f"day-{item.state or 'later'}", 5),
            text(words + 9, y + 22, label, class_="strong"),
            text(words + 16 + len(label) * LETTER, y + 22, note) if note else "",
        ]
    said_now = ""
    if now and frame.start <= now <= frame.end:
        parts.append(path(f"M{x(now):.1f} -2v{depth + 3:.0f}", "at-now"))
        said_now = gettext("It is %(time)s.") % {"time": when.clock(now, zone, lang, named=False)}
        if not any(i.start < now and i.end > now - timedelta(seconds=38 / scale) for i in shown) and x(now) > 45:
            clock = when.clock(now, zone, "en", named=False).split(" ")[0]
            parts.append(text(x(now) - 6, 25, clock, class_="strong", anchor="end"))
    rows = tuple((when.clock_span(i.start, i.end, zone, lang, named=False), i.label, i.note) for i in shown)
    lines = [f"{label} {span}" for span, label, _note in rows]
    planned = listed(lines, "; ") or gettext("Nothing planned")
    sentence = f"{planned}. {said_now}".strip()
    headings = (gettext("Time"), gettext("What"), gettext("Note"))
    return Drawing(svg(parts, WIDTH, depth + 18, sentence), sentence, headings, rows)


def _lanes(items: Sequence[RulerItem]) -> list[int]:
    """The first lane that is empty when each item starts; items come sorted by start."""
    ends: list[datetime] = []
    lanes = []
    for item in items:
        lane = next((i for i, end in enumerate(ends) if end <= item.start), len(ends))
        ends[lane : lane + 1] = [item.end]
        lanes.append(lane)
    return lanes


def _next_hour(at: datetime, zone: tzinfo) -> datetime:
    local = at.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return at + (timedelta(hours=1) - past if past else timedelta(0))


def _hour_said(at: datetime, zone: tzinfo) -> str:
    """ "6 pm"."""
    return when.clock(at, zone, get_language() or "en", named=False).replace(":00", "")


@dataclass(frozen=True)
class WeekBlock:
    """A weekly time: `weekday` 0 is Monday; `kind` is "group", "other" (dashed: the other band) or "alone"."""

    weekday: int
    start: time
    end: time
    label: str
    kind: str = "group"


COLUMN, FIRST, DEPTH = 45.0, 44.0, 202.0


def week_grid(blocks: Sequence[WeekBlock], sentence: str, *, opens: int = 8, closes: int = 22) -> Drawing:
    """Seven columns from `opens` to `closes` o'clock. `sentence` says the week in words, as the page does."""
    lang = get_language() or "en"
    monday = datetime(2024, 1, 1)  # noqa: DTZ001  # any Monday: only the names of the days are used
    y = lambda at: 20 + DEPTH * (at.hour + at.minute / 60 - opens) / (closes - opens)
    parts = []
    for i in range(7):
        name = when.weekday(monday + timedelta(days=i), lang, short=True)
        parts.append(text(FIRST + COLUMN * i + 21, 12, name, class_="strong", anchor="middle"))
        parts.append(rect(FIRST + COLUMN * i, 20, 42, DEPTH, "wk", 5))
    for hour in range(opens + 1, closes, 3):
        parts.append(text(36, y(time(hour)) + 4, _hour_name(hour), anchor="end"))
    for block in blocks:
        x, top = FIRST + COLUMN * block.weekday, y(block.start)
        height = y(block.end) - top
        if block.kind == "other":
            parts.append(rect(x + 1, top, 40, height, "wk-alt", 5))
            parts.append(text(x + 21, top + height / 2 + 4, block.label, anchor="middle"))
        elif block.kind == "alone":
            parts.append(rect(x, top, 42, height, "wk-one", 3))
            for i, word in enumerate(block.label.split(" ")):
                parts.append(text(x + 21, top + height + 16 + 15 * i, word, class_="strong", anchor="middle"))
        else:
            parts.append(rect(x, top, 42, height, "at-presence", 5))
            parts.append(text(x + 21, top + height / 2 + 4, block.label, class_="on-seat", anchor="middle"))
    rows = tuple(
        (
            when.weekday(monday + timedelta(days=b.weekday), lang),
            f"{_time_said(b.start)} – {_time_said(b.end)}",
            b.label,
        )
        for b in sorted(blocks, key=lambda b: (b.weekday, b.start))
    )
    headings = (gettext("Day"), gettext("Time"), gettext("What"))
    return Drawing(svg(parts, 360, 228, sentence, class_="draw weekgrid"), sentence, headings, rows)


def _hour_name(hour: int) -> str:
    if hour == 12:
        return gettext("Noon")
    return f"{hour % 12} {when.HALVES['es' if (get_language() or 'en').startswith('es') else 'en'][hour >= 12]}"


def _time_said(at: time) -> str:
    lang = "es" if (get_language() or "en").startswith("es") else "en"
    return f"{at.hour % 12 or 12}:{at.minute:02} {when.HALVES[lang][at.hour >= 12]}"
