"""One score over the weeks: its bands, where it began, what a reliable change is, and what else happened meanwhile."""

import textwrap
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from stepdown.ui.charts.places import Places
from stepdown.ui.charts.svg import LETTER, Drawing, drawn_once, element, fits, listed, number, path, rect, svg, text
from stepdown.ui.charts.trend import PHONE, Trend, TrendPoint, attended, counted, day_of, rows_of, trend_sentence

TOP, PLOT, LEFT = 14.0, 186.0, 34.0
LINE = 14.0  # from one line of text to the next
KEY = 18.0  # the line that says what a diamond is
TICK = 60.0  # from one number under the axis to the next
TINTS = 4
NARROW = 500.0
WEEK = timedelta(weeks=1)


def trend(one: Trend) -> Drawing:
    """A gap stays a gap, so a score that could not be computed is never zero. The table has every number and event."""
    shown = replace(one, points=tuple(one.points), bands=tuple(one.bands), events=tuple(one.events))
    return _trend(replace(shown, sessions=tuple(one.sessions)))


@drawn_once
def _trend(one: Trend) -> Drawing:
    sentence = trend_sentence(one)
    headings = (gettext("Day"), one.what, gettext("What it says"))
    narrow = _drawn(replace(one, width=PHONE), sentence) if one.width >= NARROW else ""
    return Drawing(_drawn(one, sentence), sentence, headings, rows_of(one), narrow)


def _drawn(one: Trend, sentence: str) -> SafeString:
    frame = _Frame(one)
    labels, unsaid = _labels(frame)
    parts = [*_bands(frame), *_grid(frame), *_sessions(frame), *_line(frame), *labels, *_key(frame, unsaid)]
    class_ = "draw trend" if one.width >= NARROW else "draw trend narrow"
    return svg(parts, one.width, frame.height + KEY * bool(unsaid), sentence, class_=class_)


class _Frame:
    """Where things lie in the drawing."""

    def __init__(self, one: Trend) -> None:
        self.one = one
        most = one.width * (0.285 if one.width < NARROW else 0.24)
        names = [*(band.name for band in one.bands), attended(one.sessions) if one.sessions else ""]
        longest = max(map(len, names)) * LETTER
        self.left = LEFT
        self.right = one.width - (min(most, longest) + 10 if longest else 24)
        self.bottom = TOP + PLOT
        self.axis = self.bottom + (14 if one.sessions else 0)
        self.height = self.axis + 24
        known = [*(p.on for p in one.points), *(e.on for e in one.events), *(s.on for s in one.sessions)]
        if one.today:
            known.append(one.today)
        self.first = min([one.start, *known])
        self.last = max([one.start + WEEK * one.weeks, *known])
        self.a_day = (self.right - self.left) / max((self.last - self.first).days, WEEK.days)
        self.a_point = PLOT / max(1, one.most - one.least)

    def x(self, on: date) -> float:
        return self.left + (on - self.first).days * self.a_day

    def y(self, value: float) -> float:
        return self.bottom - min(PLOT, max(0.0, (value - self.one.least) * self.a_point))


def _bands(frame: _Frame) -> list[str]:
    """Behind everything: a tint a band, from the better end on, and its name at the end, moved apart where narrow."""
    bands = list(frame.one.bands)
    if not bands:
        return []
    edges = [float(bands[0].least), *((low.most + high.least) / 2 for low, high in pairwise(bands)), bands[-1].most]
    parts, wanted = [], []
    for place, (band, (low, high)) in enumerate(zip(bands, pairwise(edges), strict=True), start=1):
        tint = min(TINTS, len(bands) + 1 - place if frame.one.is_better_higher else place)
        above, below = frame.y(high), frame.y(low)
        parts.append(rect(frame.left, above, frame.right - frame.left, below - above, f"bd-{tint}"))
        wanted.append(((above + below) / 2, _wrapped(band.name, frame.one.width - frame.right - 8, below - above)))
    for y, lines in _apart(wanted, frame.bottom + (0 if frame.one.sessions else LINE / 2)):
        parts += [text(frame.right + 8, y + 4 + LINE * n, line) for n, line in enumerate(lines)]
    return parts


def _wrapped(name: str, room: float, height: float) -> list[str]:
    """The name in as many lines as its band has room for; what does not fit ends with an ellipsis."""
    lines = textwrap.wrap(name, max(4, int(room // LETTER)), break_long_words=False)
    most = max(1, int(height // LINE))
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [fits(line, room) for line in lines]


def _apart(wanted: list[tuple[float, list[str]]], bottom: float) -> list[tuple[float, list[str]]]:
    """Names from the lowest band up, each first line's middle; none covers the one below, none leaves the drawing."""
    placed, floor = [], bottom
    for middle, lines in wanted:
        tall = LINE * len(lines)
        y = min(middle - tall / 2, floor - tall)
        placed.append((y + LINE / 2, lines))
        floor = y
    return placed


def _grid(frame: _Frame) -> list[str]:
    one, parts = frame.one, []
    span = one.most - one.least
    steps = next((n for n in (3, 4, 5, 2) if span % n == 0 and span > 2), 1)
    for value in (one.least + span * n // steps for n in range(steps + 1)):
        y = frame.y(value)
        parts += [path(f"M{frame.left:.0f} {y:.1f}H{frame.right:.1f}", "hair")]
        parts += [text(frame.left - 8, y + 4, value, anchor="end")]
    parts.append(path(f"M{frame.left:.0f} {frame.bottom:.1f}H{frame.right:.1f}", "axis"))
    first_week = -(-(frame.first - one.start).days // 7)
    last_week = (frame.last - one.start).days // 7
    a_week = (frame.right - frame.left) / max(1, last_week - first_week)
    step = next((n for n in (1, 2, 4, 8, 13, 26) if n * a_week >= TICK), 52)
    for week in range(first_week - first_week % -step, last_week + 1, step):
        x = frame.x(one.start + WEEK * week)
        said = gettext("Week %(n)d") % {"n": week} if week == 0 else str(week)
        parts.append(text(x, frame.axis + 18, said, anchor="middle"))
    return parts


# Of a mark under the axis: its class, its height, and how far its edge lies inside.
SESSION = {
    "present": ("at-presence", 10, 0),
    "made_up": ("at-presence", 10, 0),
    "partial": ("at-presence", 5, 0),
    "excused": ("at-excused", 9, 0.5),
}
MISSED = ("at-miss", 9, 0.5)


def _sessions(frame: _Frame) -> list[str]:
    """Small bars under the axis, told apart by shape: full there, half in part, an edge missed, dashed excused.
    Those of one shape are one path, as there may be hundreds."""
    sessions = frame.one.sessions
    if not sessions:
        return []
    day = (frame.right - frame.left) / max(1, (frame.last - frame.first).days)
    width = min(7.0, max(1.6, day * 0.85))
    said = attended(sessions)
    if len(said) * LETTER > frame.one.width - frame.right:
        said = gettext("%(there)d of %(of)d") % counted(sessions)
    bars: dict[str, str] = {}
    for session in sessions:
        x = min(frame.right - width, max(frame.left, frame.x(session.on) - width / 2))
        class_, height, edge = SESSION.get(session.mark, MISSED)
        across, foot = width - 2 * edge, frame.bottom + 14 - edge
        bar = f"M{x + edge:.1f} {foot:.1f}v-{height}h{across:.1f}v{height}z"
        bars[class_] = bars.get(class_, "") + bar
    return [text(frame.right + 8, frame.bottom + 13, said), *(path(d, class_) for class_, d in bars.items())]


def _line(frame: _Frame) -> list[str]:
    one, parts = frame.one, []
    if one.goal is not None:
        parts.append(path(f"M{frame.left:.0f} {frame.y(one.goal):.1f}H{frame.right:.1f}", "tr-0"))
    for event in one.events:
        x = frame.x(event.on)
        parts.append(path(f"M{x:.1f} {TOP + 16:.0f}V{frame.bottom:.0f}", "tr-0"))
    if one.today:
        parts.append(path(f"M{frame.x(one.today):.1f} {TOP:.0f}V{frame.bottom:.0f}", "at-now"))
    run: list[str] = []
    for point in [*one.points, TrendPoint(frame.last, None)]:
        if point.value is not None:
            run.append(f"{frame.x(point.on):.1f} {frame.y(point.value):.1f}")
            continue
        if len(run) > 1:
            parts.append(path("M" + " L".join(run), "tr-1"))
        run = []
    for n, point in enumerate(one.scored):
        class_, r = ("dot-open", 4.5) if n == 0 else ("dot-1", 3.4)
        parts.append(element("circle", class_=class_, cx=frame.x(point.on), cy=frame.y(point.value or 0), r=r))
    for event in one.events:
        parts.append(path(f"M{frame.x(event.on):.1f} {TOP + 2:.0f}l7 7-7 7-7-7z", "event"))
    return parts


def _labels(frame: _Frame) -> tuple[list[str], list[str]]:
    """The words in the plot, in order of need: where it began, where it is, the reliable change, events by their words
    or, with less room, by their day. And what no event could say in words."""
    one, places = frame.one, Places(frame.left, TOP, frame.right, frame.bottom)
    _keep_free(frame, places)
    if one.scored:
        first, last = one.scored[0], one.scored[-1]
        x, y = frame.x(first.on), frame.y(first.value or 0)
        began = gettext("%(value)s at start") % {"value": number(first.value or 0)}
        places.write(began, [(x + 9, y + by, "") for by in (-7, 18, -20, 31, 4)], "strong")
        if last is not first:
            x, y = frame.x(last.on), frame.y(last.value or 0)
            spots = [(x + aside, y + by, "middle") for aside in (0, -12, 12) for by in (19, -10, -22, 31)]
            places.write(number(last.value or 0), spots, "strong", always=True)
    if one.goal is not None:
        goal = {"n": number(one.goal)}
        said = (
            gettext("Reliable change: %(n)s or more")
            if one.is_better_higher
            else gettext("Reliable change: %(n)s or less")
        ) % goal
        room, y = frame.right - frame.left - len(said) * LETTER - 12, frame.y(one.goal)
        ends = [frame.right - 6 - room * share for share in (0, 0.25, 0.5, 0.75, 1)]
        places.write(said, [(x, y + by, "end") for x in ends for by in (-6, 15)])
    unsaid = dict.fromkeys(event.what for event in one.events)
    for event in one.events:
        x, rows = frame.x(event.on), [TOP + 13 + LINE * row for row in range(3)]
        spots = [(x + aside, y, anchor) for y in rows for aside, anchor in ((-12, "end"), (12, ""))]
        if places.write(f"{event.what}, {day_of(event.on, one)}", spots):
            unsaid.pop(event.what, None)
        else:
            places.write(day_of(event.on, one), spots)
    return places.parts, list(unsaid)


def _key(frame: _Frame, unsaid: list[str]) -> list[str]:
    """What the diamonds are, under the axis, where none of them had room to say it."""
    if not unsaid:
        return []
    x, y = frame.left + 4, frame.height + KEY / 2 - 2
    said = fits(listed(unsaid), frame.one.width - x - 14)
    return [path(f"M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z", "event"), text(x + 12, y + 4, said)]


def _keep_free(frame: _Frame, places: Places) -> None:
    """Nothing is written over dots, diamonds and lines."""
    one = frame.one
    for event in one.events:
        places.take(frame.x(event.on) - 8, TOP, 16, 18)
        places.take(frame.x(event.on) - 1, TOP, 2, PLOT)
    if one.today:
        places.take(frame.x(one.today) - 2, TOP, 4, PLOT)
    if one.goal is not None:
        places.take(frame.left, frame.y(one.goal) - 1, frame.right - frame.left, 2)
    for point in one.scored:
        places.take(frame.x(point.on) - 5, frame.y(point.value or 0) - 5, 10, 10)
    for a, b in pairwise(one.points):
        if a.value is not None and b.value is not None:
            x, y = frame.x(a.on), frame.y(a.value)
            run, rise = frame.x(b.on) - x, frame.y(b.value) - y
            steps = int(max(abs(run), abs(rise)) // 4) + 1
            for n in range(steps):
                places.take(x + run * n / steps - 2, y + rise * n / steps - 2, 4, 4)
