"""The desk's rows turned into drawings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial

from django.utils.translation import get_language, gettext

from stepdown.desk.queries.chart import Chart, Doors
from stepdown.desk.queries.day import Day, Row
from stepdown.desk.queries.person import Person
from stepdown.measures.drawings import courses_drawn
from stepdown.measures.queries import Course
from stepdown.transitions.queries import Step, Timeline
from stepdown.ui import when
from stepdown.ui.charts import TREND_PHONE, Trend, TrendEvent, TrendPoint, TrendSession, trend
from stepdown.ui.charts.attendance import attendance_marks, attendance_weeks
from stepdown.ui.charts.calendar import RulerItem, day_ruler
from stepdown.ui.charts.progress import Level, sparkline, way_through
from stepdown.ui.charts.svg import Drawing

SHOWN_MARKS = 9


def ruler(day: Day, zone: tzinfo) -> Drawing:
    items = []
    for session in day.sessions:
        state = "done" if session.ends_at <= day.now else "next" if session == day.next else ""
        there, of = day.counts.get(session.pk, (0, 0))
        note = f"{there} of {of} came" if state == "done" and of else str(session.topic or "")
        items.append(RulerItem(session.starts_at, session.ends_at, session.group.name, note, state))
    return day_ruler(items, day.frame, zone, day.now)


def of_row(row: Row) -> dict[str, Drawing | None]:
    """The small drawings in one person's row: the urge's course and the last nine groups."""
    kinds = [mark.kind for mark in row.marks]
    padded = ["future"] * (SHOWN_MARKS - len(kinds)) + kinds
    labels = [""] * (SHOWN_MARKS - len(kinds)) + [f"{mark.on:%b %-d}" for mark in row.marks]
    urges = sparkline(row.urges, "Urge at the last groups") if any(u is not None for u in row.urges) else None
    return {"marks": attendance_marks(padded, labels), "urge": urges}


def groups_of(person: Person) -> Drawing:
    """Every session of the seat, by the week."""
    return attendance_weeks(
        [(week, [(mark.kind, f"{mark.on:%b %-d}") for mark in marks]) for week, marks in person.by_week]
    )


def kinds_of(person: Person) -> list[str]:
    """The kinds of mark that the key has to name."""
    return list(dict.fromkeys(mark.kind for mark in person.marks))


def urge_of(doors: Doors, today: date) -> Drawing | None:
    """The urge at the last doors, on a scale of 0 to 10."""
    if not doors.urges:
        return None
    points = [TrendPoint(on, value) for on, value in doors.urges]
    return trend(Trend("Urge at the door", points, 0, 10, points[0].on, weeks=4, today=today, width=TREND_PHONE))


SHOWN_TRENDS = {
    ("phq-9", "total"): "Low mood, PHQ-9",
    ("gad-7", "total"): "Worry, GAD-7",
    ("bam-iop", "risk"): "What makes it harder, BAM",
}
IN_TREND = {"present", "partial", "missed", "excused", "made_up"}


@dataclass(frozen=True)
class ShownTrend:
    """The course of one score. The first one on a page is wide; the others stand beside each other."""

    title: str
    meta: str
    drawing: Drawing


def trends_of(person: Person, chart: Chart, courses: Mapping[tuple[str, str], Course], today: date) -> list[ShownTrend]:
    """Mood, worry and what makes it harder, on one time axis with the groups and with use, told or recorded."""
    names = [name for name in SHOWN_TRENDS if name in courses]
    shown = [courses[name] for name in names]
    if not shown:
        return []
    since = min(course.points[0].on for course in shown)
    used = dict.fromkeys(chart.returned_on, "return to use") | dict.fromkeys(chart.risks.doors.used_on, "told of use")
    events = [TrendEvent(on, what) for on, what in sorted(used.items()) if on >= since]
    sessions = [TrendSession(mark.on, mark.kind) for mark in person.marks if mark.kind in IN_TREND and mark.on >= since]
    draw = partial(courses_drawn, events=events, sessions=sessions, today=today, start=since)
    drawn = draw(shown[:1]) + draw(shown[1:], width=TREND_PHONE)
    return [ShownTrend(SHOWN_TRENDS[name], meta, one) for name, (_, meta, one) in zip(names, drawn, strict=True)]


def _when(step: Step, today: date, lang: str) -> str:
    """When it began or begins; of one whose first day nobody knows, until when it lasted."""
    if step.begins:
        return when.day_short(step.begins, today, lang)
    return gettext("until %(day)s") % {"day": when.day_short(step.ends, today, lang)} if step.ends else ""


# How much of the width a level takes: the program here is what matters most.
WEIGHT_HERE, WEIGHT_ELSEWHERE, WEIGHT_PLANNED = 2.4, 1.0, 1.4
WIDE, FLAT = 1120.0, 22.0


def way_of(way: Timeline | None, today: date, week: int | None, *, wide: bool = False) -> Drawing | None:
    """The steps down, with the lamp where the patient is. week: of the seat they sit on. wide: for a large page."""
    if way is None:
        return None
    lang = get_language() or "en"
    said = [_when(step, today, lang) for step in way.steps]
    levels = [
        Level(
            step.name,
            gettext("From %(day)s") % {"day": on} if step.planned else on,
            WEIGHT_PLANNED if step.planned else WEIGHT_HERE if step.here else WEIGHT_ELSEWHERE,
        )
        for step, on in zip(way.steps, said, strict=True)
    ]
    now = way.steps[way.at]
    here = gettext("Week %(n)d") % {"n": week} if now.here and week else gettext("Now")
    path = "; ".join(f"{step.name}, {on}" for step, on in zip(way.steps, said, strict=True))
    sentence = gettext("You are here: %(name)s, %(here)s. The way: %(path)s.") % {
        "name": now.name,
        "here": here,
        "path": path,
    }
    size = {"width": WIDE, "step": FLAT} if wide else {}
    return way_through(levels, way.at, way.share, here, sentence, **size)
