"""The desk's rows turned into drawings."""

from datetime import date, tzinfo

from django.utils.translation import get_language, gettext

from stepdown.desk.queries.day import Day, Row
from stepdown.desk.queries.person import Person
from stepdown.measures.drawings import courses_drawn
from stepdown.measures.queries import Course
from stepdown.transitions.queries import Timeline
from stepdown.ui import when
from stepdown.ui.charts import TrendEvent, TrendSession
from stepdown.ui.charts.attendance import attendance_marks
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
    return attendance_marks(person.marks, [f"{on:%b %-d}" for on in person.marked_on])


def urge_of(person: Person) -> Drawing | None:
    if not person.urges:
        return None
    return sparkline(
        [value for _, value in person.urges], "Urge at the door", [f"{on:%b %-d}" for on, _ in person.urges]
    )


SHOWN_TRENDS = (("phq-9", "total"), ("gad-7", "total"), ("bam-iop", "risk"))
IN_TREND = {"present", "partial", "missed", "excused", "made_up"}


def trends_of(person: Person, courses: list[Course], today: date) -> list[tuple[str, str, Drawing]]:
    """Mood, worry and what makes it harder, on one time axis with the groups and with use, told or recorded."""
    shown = [course for course in courses if (course.definition.id, course.score) in SHOWN_TRENDS]
    if not shown:
        return []
    since = min(course.points[0].on for course in shown)
    used = dict.fromkeys(person.returned_on, "return to use") | dict.fromkeys(person.used_on, "told of use")
    marked = zip(person.marks, person.marked_on, strict=True)
    return courses_drawn(
        sorted(shown, key=lambda course: SHOWN_TRENDS.index((course.definition.id, course.score))),
        events=[TrendEvent(on, what) for on, what in sorted(used.items()) if on >= since],
        sessions=[TrendSession(on, mark) for mark, on in marked if mark in IN_TREND and on >= since],
        today=today,
    )


# How much of the width a level takes: the program here is what matters most.
WEIGHT_HERE, WEIGHT_ELSEWHERE, WEIGHT_PLANNED = 2.4, 1.0, 1.4


def way_of(way: Timeline | None, today: date, week: int | None) -> Drawing | None:
    """The steps down, with the lamp where the patient is. week: of the seat they sit on."""
    if way is None:
        return None
    lang = get_language() or "en"
    said = [when.day_short(step.begins, today, lang) for step in way.steps]
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
    return way_through(levels, way.at, way.share, here, sentence)
