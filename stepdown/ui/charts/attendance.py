"""The strip of one session, and the small marks of the last ones. They differ in shape, not in hue alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import groupby, pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from stepdown.kernel.spans import Span, merged, overlap, without
from stepdown.ui import when
from stepdown.ui.charts.svg import Drawing, drawn_once, element, key, listed, path, rect, svg, text

WIDTH, BAR, AXIS = 420.0, 14.0, 16.0
GAP = timedelta(minutes=2)

# The kinds of mark, in the order of the key.
MARKS = {
    "present": gettext_lazy("there"),
    "partial": gettext_lazy("in part"),
    "missed": gettext_lazy("missed"),
    "excused": gettext_lazy("excused"),
    "made_up": gettext_lazy("made up"),
    "now": gettext_lazy("now"),
    "future": gettext_lazy("to come"),
}


@dataclass(frozen=True)
class Strip:
    """One person in one session.

    session, breaks, stays, side: aware spans in any order, as the room recorded them; `side` is time in a side room and
    counts as presence.
    now: given while the session runs; nothing is drawn after it.
    minutes, of: whole clinical minutes counted, and how many there could be.
    ended: when the session ended, if that was before its plan.
    recorded: the whole clinical minutes of the stays, given when someone corrected them to `minutes`. Those have a
    length and no place in time.
    width: of the drawing; wider ones look lower on the same page.
    """

    session: Span
    stays: Sequence[Span] = ()
    breaks: Sequence[Span] = ()
    side: Sequence[Span] = ()
    now: datetime | None = None
    minutes: int | None = None
    of: int | None = None
    recorded: int | None = None
    ended: datetime | None = None
    width: float = WIDTH


def attendance_strip(strip: Strip, zone: tzinfo, *, axis: bool = False) -> Drawing:
    """One bar is the session: solid in the room, sand a break, second tint a side room, empty away, amber now.

    Corrected minutes fill the bar as far as they reach, and what the room recorded stands thin below it.
    """
    frame = [strip.session]
    here = overlap([*strip.stays, *strip.side], frame)
    side = overlap(strip.side, frame)
    shown = overlap(strip.breaks, [Span(strip.session.start, strip.now)] if strip.now else frame)
    parts = [rect(0.5, 0.5, strip.width - 1, BAR - 1, "at-ground", 3)]
    height = BAR
    if strip.recorded is None:
        parts += [_bar(strip, s, "at-presence", 2) for s in without(here, side)]
        parts += [_bar(strip, s, "at-side", 2) for s in side]
        parts += [_bar(strip, s, "at-break") for s in shown]
    else:
        share = min(1.0, (strip.minutes or 0) / strip.of) if strip.of else 0.0
        parts += [rect(0.0, 0, strip.width * share, BAR, "at-corrected", 2)] if share else []
        parts += [_bar(strip, s, "at-raw", None, BAR + 3, 4) for s in without(here, shown)]
        height += 7
    if strip.now:
        parts.append(path(f"M{_x(strip, strip.now):.1f} -3V{BAR + 3:.0f}", "at-now"))
    if axis:
        parts += _axis(strip, zone, height + AXIS - 2)
        height += AXIS
    sentence = _sentence(strip, here, side, zone)
    headings = (gettext("From"), gettext("To"), gettext("What"))
    return Drawing(svg(parts, strip.width, height, sentence), sentence, headings, _rows(strip, here, side, shown, zone))


def _x(strip: Strip, at: datetime) -> float:
    share = (at - strip.session.start) / strip.session.length if strip.session.length else 0.0
    return strip.width * min(1.0, max(0.0, share))


def _bar(strip: Strip, s: Span, class_: str, rx: float | None = None, y: float = 0, height: float = BAR) -> str:
    start = _x(strip, s.start)
    return rect(start, y, _x(strip, s.end) - start, height, class_, rx)


def _clock(at: datetime, zone: tzinfo) -> str:
    return when.clock(at, zone, get_language() or "en", named=False)


def _axis(strip: Strip, zone: tzinfo, y: float) -> list[str]:
    """A time at the start, at every full hour after it, and at the end."""
    step = timedelta(hours=1) if strip.session.length >= timedelta(hours=2) else timedelta(minutes=30)
    times, at = [], strip.session.start
    while at < strip.session.end:
        times.append(at)
        at += step
    said = [(at, "start" if at == strip.session.start else "middle") for at in times] + [(strip.session.end, "end")]
    return [text(_x(strip, at), y, _clock(at, zone).rsplit(" ", 1)[0], anchor=anchor) for at, anchor in said]


def _sentence(strip: Strip, here: list[Span], side: list[Span], zone: tzinfo) -> str:
    counted = _counted(strip)
    if not here:
        nobody = gettext("Was not in the room.")
        return f"{nobody} {counted}".strip()
    late = int((here[0].start - strip.session.start) // timedelta(minutes=1))
    came = (
        ngettext("came %(n)d minute late", "came %(n)d minutes late", late) % {"n": late}
        if late
        else gettext("came on time")
    )
    if strip.now and here[-1].end >= strip.now:
        left = gettext("is in the room")
    else:
        early = int(((strip.now or strip.ended or strip.session.end) - here[-1].end) // timedelta(minutes=1))
        left = ngettext("left %(n)d minute early", "left %(n)d minutes early", early) % {"n": early}
        if strip.now:
            left = gettext("left at %(time)s") % {"time": _clock(here[-1].end, zone)}
        elif not early:
            left = gettext("stayed to the end")
    aside = sum(int(s.length // timedelta(minutes=1)) for s in side)
    beside = (
        ngettext("%(n)d minute in a side room", "%(n)d minutes in a side room", aside) % {"n": aside} if aside else ""
    )
    away = [
        gettext("away from %(start)s to %(end)s") % {"start": _clock(s.start, zone), "end": _clock(s.end, zone)}
        for s in _away(here)
    ]
    return f"{listed([came, left, beside, *away])}. {counted}".strip()


def _counted(strip: Strip) -> str:
    if strip.minutes is None or strip.of is None:
        return ""
    said = {"minutes": strip.minutes, "of": strip.of, "recorded": strip.recorded}
    if strip.recorded is None:
        return gettext("%(minutes)d of %(of)d minutes.") % said
    corrected = ngettext(
        "Recorded %(recorded)d minute, corrected to %(minutes)d of %(of)d.",
        "Recorded %(recorded)d minutes, corrected to %(minutes)d of %(of)d.",
        strip.recorded,
    )
    return corrected % said


def _away(here: list[Span]) -> list[Span]:
    """Gaps between stays that are long enough to count. Source: program manual, rule PROG-02: two minutes."""
    together = merged(here, gap=GAP)
    return [Span(a.end, b.start) for a, b in pairwise(together)]


def _rows(
    strip: Strip, here: list[Span], side: list[Span], breaks: list[Span], zone: tzinfo
) -> tuple[tuple[str, ...], ...]:
    present = gettext("in the room") if strip.recorded is None else gettext("recorded by the room")
    lines = (
        [(s, present) for s in without(here, side)]
        + [(s, gettext("in a side room")) for s in side]
        + [(s, gettext("away")) for s in _away(here)]
        + [(s, gettext("break")) for s in breaks]
    )
    return tuple((_clock(s.start, zone), _clock(s.end, zone), said) for s, said in sorted(lines))


def attendance_marks(marks: Sequence[str], labels: Sequence[str] = ()) -> Drawing:
    """A row of small marks, oldest first. `marks` holds keys of MARKS; `labels` (dates) go into the table."""
    parts = [part for i, mark in enumerate(marks) for part in _mark(mark, i * 16.0)]
    runs = [(mark, len(list(same))) for mark, same in groupby(marks)]
    said = [_times(mark, count) for mark, count in runs if mark != "future"]
    sentence = listed(said) or gettext("No group yet")
    rows = tuple(
        (labels[i] if i < len(labels) else str(i + 1), str(MARKS[mark]))
        for i, mark in enumerate(marks)
        if mark != "future"
    )
    width = max(12.0, len(marks) * 16.0 - 4)
    drawn = svg(parts, width, 18, sentence, class_="", fixed=True)
    return Drawing(drawn, sentence, (gettext("Group"), gettext("Attendance")), rows)


def attendance_weeks(weeks: Sequence[tuple[int, Sequence[tuple[str, str]]]]) -> Drawing:
    """Marks by the week, which wrap where the page is narrow: (number of the week, (kind, date) of each session)."""
    return _weeks(tuple((week, tuple(held)) for week, held in weeks))


@drawn_once
def _weeks(weeks: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]) -> Drawing:
    marks = [mark for _week, held in weeks for mark in held]
    rows = attendance_marks([kind for kind, _on in marks], [on for _kind, on in marks])
    drawn = "".join(
        f'<span class="week">{attendance_marks([kind for kind, _on in held]).svg}<small>{week}</small></span>'
        for week, held in weeks
    )
    whole = element("div", drawn, class_="weeks", role="img", aria_label=rows.sentence)
    return Drawing(mark_safe(whole), rows.sentence, rows.headings, rows.rows)  # noqa: S308  # every part is escaped


def _times(mark: str, count: int) -> str:
    what = str(MARKS[mark])
    return what if count == 1 else gettext("%(what)s %(count)d times") % {"what": what, "count": count}


def _mark(mark: str, x: float) -> list[str]:
    """One mark, 12 by 18, at x. Raises KeyError for a kind that MARKS does not name."""
    full = lambda: rect(x, 1, 12, 16, "at-presence", 2)
    edge = lambda class_: rect(x + 0.6, 1.6, 10.8, 14.8, class_, 2)
    match mark:
        case "present":
            return [full()]
        case "partial":
            return [rect(x + 0.5, 1.5, 11, 15, "at-ground", 2), path(f"M{x:.0f} 17V9.9h12V17z", "at-presence")]
        case "missed":
            return [edge("at-miss"), path(f"M{x + 3:.0f} 6l6 6M{x + 9:.0f} 6l-6 6", "at-miss")]
        case "excused":
            return [edge("at-excused")]
        case "made_up":
            return [full(), element("circle", class_="seat-free", cx=x + 6, cy=9, r=2.5)]
        case "now":
            return [edge("at-future"), element("circle", class_="lamp-dot", cx=x + 6, cy=9, r=3.2)]
        case "future":
            return [edge("at-future")]
    raise KeyError(mark)


def marks_key(*kinds: str) -> SafeString:
    """The key to the marks: all of them, or those named."""
    return key((said, _mark(kind, 0), 12, 18) for kind, said in MARKS.items() if not kinds or kind in kinds)
