"""The circle a group sits in, and who sits in it over the coming weeks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from stepdown.ui import when
from stepdown.ui.charts.svg import Drawing, element, fits, key, listed, path, rect, svg, text

STATES = {
    "taken": gettext_lazy("taken"),
    "held": gettext_lazy("held"),
    "aftercare": gettext_lazy("moves to Aftercare"),
    "free": gettext_lazy("free"),
}
CLASSES = {
    "taken": ("seat-taken", "on-seat"),
    "held": ("seat-held", "on-held"),
    "aftercare": ("seat-after", "on-seat"),
    "free": ("seat-free", ""),
}


@dataclass(frozen=True)
class SeatSpan:
    """Someone on a chair from a day until another (not included; None: no end in sight). `state` is taken or held, or
    gone while the chair itself is not there."""

    start: date
    end: date | None = None
    state: str = "taken"
    note: str = ""


@dataclass(frozen=True)
class Chair:
    """A numbered chair: `state` is a key of STATES, `name` who sits there (first name), `note` a few letters below."""

    number: int
    state: str = "free"
    name: str = ""
    note: str = ""
    spans: Sequence[SeatSpan] = field(default_factory=tuple)


def seat_circle(leader: str, chairs: Sequence[Chair], note: str = "") -> Drawing:
    """The circle, leader on top, chairs clockwise. `note` stands in the middle ("1 held to 6:00 pm")."""
    free = sum(chair.state == "free" for chair in chairs)
    said_free = gettext("%(n)d free") % {"n": free} if free else gettext("full")
    parts = [
        element("circle", class_="hair", cx=200, cy=188, r=90, stroke_dasharray="2 5"),
        text(200, 192, said_free, class_="mid", anchor="middle"),
        text(200, 212, note, anchor="middle") if note else "",
        element("circle", class_="seat-lead", cx=200, cy=40, r=25),
        text(200, 44, fits(leader, 50), class_="strong", anchor="middle"),
        text(200, 81, gettext("leads"), anchor="middle"),
    ]
    for i, chair in enumerate(chairs, 1):
        turn = math.tau * i / (len(chairs) + 1)
        x, y = round(200 + 148 * math.sin(turn)), round(188 - 148 * math.cos(turn))
        seat, ink = CLASSES[chair.state]
        parts += [
            rect(x - 24, y - 19, 48, 38, seat, 11),
            text(x, y + 5, fits(chair.name, 46) or chair.number, class_=ink, anchor="middle"),
            text(x, y + 34, chair.note or STATES[chair.state], anchor="middle"),
        ]
    counts = _counts(chairs)
    sentence = gettext("%(total)s in a circle around %(leader)s: %(counts)s.") % {
        "total": ngettext("%(n)d chair", "%(n)d chairs", len(chairs)) % {"n": len(chairs)},
        "leader": leader,
        "counts": counts,
    }
    rows = tuple((str(c.number), c.name or "–", str(STATES[c.state]), c.note) for c in chairs)
    headings = (gettext("Chair"), gettext("Name"), gettext("State"), gettext("Note"))
    return Drawing(svg(parts, 400, 392, sentence), sentence, headings, rows)


def _counts(chairs: Sequence[Chair]) -> str:
    totals = {state: sum(chair.state == state for chair in chairs) for state in STATES}
    return ", ".join(f"{count} {STATES[state]}" for state, count in totals.items() if count)


def chairs_key(*states: str) -> SafeString:
    """The key to the chairs: taken, held and free, or those named."""
    shown = states or ("taken", "held", "free")
    return key((STATES[state], [rect(1, 1, 12, 12, CLASSES[state][0], 4)], 14, 14) for state in shown)


FORECAST = {"taken": "fc-taken", "held": "fc-held", "gone": "fc-gone"}
LEFT, WEEK, ROW, TOP = 112.0, 80.0, 26.0, 49.0


def seat_forecast(chairs: Sequence[Chair], monday: date, today: date, *, weeks: int = 8, plan: int = 8) -> Drawing:
    """A row per chair with its `spans` over the weeks from `monday`; dashed where free; a line after chair `plan`."""
    end = monday + timedelta(weeks=weeks)
    right = LEFT + WEEK * weeks
    bottom = TOP + ROW * len(chairs)
    x = lambda on: LEFT + WEEK * min(weeks, max(0.0, (on - monday).days / 7))
    starts = [monday + timedelta(weeks=i) for i in range(weeks)]
    seen = [today if on <= today < on + timedelta(weeks=1) else on for on in starts]  # this week: as it is now
    free = [sum(not any(_covers(s, on) for s in chair.spans) for chair in chairs) for on in seen]
    parts = []
    for on, count in zip(starts, free, strict=True):
        parts += [
            text(x(on) + 2, 14, _day(on, today)),
            text(x(on) + 2, 33, gettext("%(n)d free") % {"n": count}, class_="strong"),
            path(f"M{x(on):.0f} 40V{bottom:.0f}", "hair"),
        ]
    for i, chair in enumerate(chairs):
        y = TOP + ROW * i
        inside = [s for s in chair.spans if s.start < end and (s.end is None or s.end > monday)]
        parts += [
            text(26, y + 14, chair.number, anchor="end"),
            text(40, y + 14, fits(chair.name, 66) or gettext("free"), class_="strong" if chair.name else ""),
            rect(LEFT, y, right - LEFT, 20, "fc-free", 4),
        ]
        for s in inside:
            start, stop = x(s.start), x(s.end or end)
            parts.append(rect(start, y, max(2.0, stop - start), 20, FORECAST[s.state], 4))
            if s.state in ("held", "gone"):
                ink = CLASSES["held"][1] if s.state == "held" else ""
                parts.append(text(start + 10, y + 14, fits(s.note, stop - start - 14), class_=ink))
            elif s.note:
                parts.append(text(stop + 8, y + 14, fits(s.note, right - stop - 8)))
    if monday <= today < end:
        parts.append(path(f"M{x(today):.0f} 40V{bottom:.0f}", "at-now"))
    if plan < len(chairs):
        y = TOP + ROW * plan - 3
        parts.append(element("path", class_="axis", d=f"M14 {y:.0f}H{right:.0f}", stroke_dasharray="4 4"))
        said = gettext("Dashed line: the %(plan)d chairs we plan for. %(limit)d is the limit.")
        parts.append(text(LEFT, bottom + 18, said % {"plan": plan, "limit": len(chairs)}))
    sentence = gettext("Chairs by week for %(weeks)d weeks. Free at the start of each week: %(free)s.") % {
        "weeks": weeks,
        "free": ", ".join(map(str, free)),
    }
    rows = tuple(
        (str(c.number), c.name or gettext("free"), listed([_span_said(s, today) for s in c.spans], "; ") or "–")
        for c in chairs
    )
    headings = (gettext("Chair"), gettext("Name"), gettext("From and until"))
    return Drawing(svg(parts, right + 8, bottom + 24, sentence), sentence, headings, rows)


def _covers(s: SeatSpan, on: date) -> bool:
    return s.start <= on and (s.end is None or on < s.end)


def _day(on: date, today: date) -> str:
    return when.day_short(on, today, get_language() or "en")


def _span_said(s: SeatSpan, today: date) -> str:
    dates = {"start": _day(s.start, today), "end": _day(s.end, today) if s.end else ""}
    said = gettext("%(start)s to %(end)s") % dates if s.end else gettext("from %(start)s") % dates
    if s.state == "gone":
        return s.note
    return f"{said} ({s.note or STATES[s.state]})" if s.note or s.state == "held" else said
