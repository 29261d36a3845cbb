"""One score over the weeks, and what a drawing of it says in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext, ngettext

from stepdown.ui import when
from stepdown.ui.charts.svg import listed, number

WIDTH, PHONE = 760.0, 350.0


@dataclass(frozen=True)
class TrendPoint:
    """One time the score was taken. value: None when it could not be scored; `note` then says why."""

    on: date
    value: float | None
    note: str = ""


@dataclass(frozen=True)
class TrendBand:
    """An inclusive range of whole numbers and its name."""

    least: int
    most: int
    name: str


@dataclass(frozen=True)
class TrendEvent:
    """Something that happened on a day, in a few words: "used once"."""

    on: date
    what: str


@dataclass(frozen=True)
class TrendSession:
    """A session on a day. mark: present, partial, missed, excused or made_up, as in the attendance marks."""

    on: date
    mark: str = "present"


@dataclass(frozen=True)
class Trend:
    """What a drawing of one score shows.

    what: the score's name. points: oldest first. least, most: the ends of the scale. bands: from the lowest up.
    is_better_higher: the direction in which people are better off.
    change: points that make a reliable change, None where no such number exists.
    start, weeks: the first day of week 0, and how many weeks the axis has at least. today: drawn as the amber line.
    width: of the drawing; a wide one is drawn for a phone as well.
    """

    what: str
    points: Sequence[TrendPoint]
    least: int
    most: int
    start: date
    is_better_higher: bool = False
    bands: Sequence[TrendBand] = ()
    change: int | None = None
    events: Sequence[TrendEvent] = ()
    sessions: Sequence[TrendSession] = ()
    weeks: int = 12
    today: date | None = None
    width: float = WIDTH

    @property
    def scored(self) -> list[TrendPoint]:
        return [point for point in self.points if point.value is not None]

    @property
    def goal(self) -> float | None:
        """The score from which on the change since the first one is reliable; None where the scale ends before it."""
        if self.change is None or not self.scored:
            return None
        first = self.scored[0].value or 0
        goal = first + self.change if self.is_better_higher else first - self.change
        return goal if self.least <= goal <= self.most else None


def trend_meta(one: Trend) -> str:
    """The line beside the title: "Lower is better. 17 to 9, a reliable change (5 or more)"."""
    better = gettext("Higher is better.") if one.is_better_higher else gettext("Lower is better.")
    scored = one.scored
    if len(scored) < 2:
        return better
    first, last = scored[0].value or 0, scored[-1].value or 0
    moved = gettext("%(first)s to %(last)s") % {"first": number(first), "last": number(last)}
    if one.change is None:
        return f"{better} {moved}"
    points = {"n": one.change}
    if abs(last - first) < one.change:
        how = gettext("no reliable change (%(n)d or more)") % points
    elif (last > first) == one.is_better_higher:
        how = gettext("a reliable change (%(n)d or more)") % points
    else:
        how = gettext("reliably worse (%(n)d or more)") % points
    return f"{better} {moved}, {how}"


def trend_sentence(one: Trend) -> str:
    """All of it in words, for who does not see the drawing; of many points the first and the last."""
    scored = one.scored
    if not scored:
        said = [gettext("%(what)s: no score yet") % {"what": one.what}]
    else:
        shown = scored if len(scored) <= 6 else [scored[0], scored[-1]]
        values = [
            gettext("%(value)s on %(day)s") % {"value": number(point.value or 0), "day": day_of(point.on, one)}
            for point in shown
        ]
        said = [f"{one.what}: {', '.join(values)}"]
        if name := band_of(one, scored[-1].value):
            said.append(gettext("Last: %(band)s") % {"band": name})
        said.append(trend_meta(one).removesuffix("."))
    lost = len(one.points) - len(scored)
    if lost:
        said.append(ngettext("Not scorable %(n)d time", "Not scorable %(n)d times", lost) % {"n": lost})
    said += [listed([f"{event.what}, {day_of(event.on, one)}"]) for event in one.events]
    if one.sessions:
        said.append(attended(one.sessions))
    return f"{'. '.join(said)}."


def band_of(one: Trend, value: float | None) -> str:
    if value is None:
        return ""
    return next((band.name for band in one.bands if band.least <= value < band.most + 1), "")


def day_of(on: date, one: Trend) -> str:
    return when.day_short(on, one.today or on, get_language() or "en")


def rows_of(one: Trend) -> tuple[tuple[str, ...], ...]:
    rows = [
        (
            point.on,
            0,
            gettext("not scorable") if point.value is None else number(point.value),
            point.note if point.value is None else band_of(one, point.value),
        )
        for point in one.points
    ]
    rows += [(event.on, 1, "", event.what) for event in one.events]
    return tuple((day_of(on, one), value, said) for on, _, value, said in sorted(rows, key=lambda row: row[:2]))


def counted(sessions: Sequence[TrendSession]) -> dict[str, int]:
    there = sum(session.mark in {"present", "partial", "made_up"} for session in sessions)
    return {"there": there, "of": len(sessions)}


def attended(sessions: Sequence[TrendSession]) -> str:
    return gettext("%(there)d of %(of)d groups") % counted(sessions)
