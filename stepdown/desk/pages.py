"""What the page about one patient draws, put together from queries."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from stepdown.desk import drawings
from stepdown.desk.queries.chart import RETURNS_SHOWN, Chart, chart
from stepdown.desk.queries.next_steps import said_when
from stepdown.desk.queries.person import Person, person
from stepdown.measures.queries_chart import courses_of
from stepdown.people.models import Patient, Staff
from stepdown.timetable.cannot_come import of_patient
from stepdown.transitions import queries as transitions
from stepdown.ui.charts.attendance import marks_key


def patient_page(patient: Patient, staff: Staff, now: datetime) -> dict[str, Any]:
    """Everything at once. Thirty-odd queries for who sees all of it, the same for a short history and a long one."""
    zone = timezone.get_current_timezone()
    today = timezone.localdate(now)
    shown = person(patient, staff, now)
    page = chart(shown, staff, now, ZoneInfo(str(zone)))
    return {
        "person": shown,
        "chart": page,
        "today": today,
        "now": now,
        "next": [(step, said_when(step, now, zone)) for step in page.next],
        "age": age_on(today, patient.date_of_birth),
        "said_counts": _counts(shown),
        "first_week": shown.marks[0].week if shown.marks else None,
        "last_week": shown.marks[-1].week if shown.marks else None,
        "groups": drawings.groups_of(shown) if shown.marks else None,
        "marks_key": marks_key(*drawings.kinds_of(shown)),
        "urge": drawings.urge_of(page.risks.doors, today),
        "trends": _trends(shown, page) if page.sees_scores else [],
        "ways": _ways(shown),
        "told": list(of_patient(patient, now)) if shown.next_session else [],
        "returns": page.risks.returns[:RETURNS_SHOWN],
    }


def age_on(day: date, born: date) -> int:
    """In whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


COUNTED = (
    ("present", "there"),
    ("partial", "in part"),
    ("made_up", "made up"),
    ("missed", "missed"),
    ("excused", "excused"),
)


def _counts(shown: Person) -> str:
    """ "11 there, 1 in part, 1 excused. 32 clinical hours." """
    said = ", ".join(f"{shown.counts[kind]} {words}" for kind, words in COUNTED if shown.counts[kind])
    return f"{said}. {shown.hours:g} clinical hours." if said else ""


def _trends(shown: Person, page: Chart) -> list[drawings.ShownTrend]:
    courses = courses_of(shown.patient, list(drawings.SHOWN_TRENDS), timezone.get_current_timezone())
    return drawings.trends_of(shown, page, courses, timezone.localdate())


def _ways(shown: Person) -> list[Any]:
    """The levels of care, drawn for a wide page and for a narrow one."""
    if shown.episode is None:
        return []
    way = transitions.timeline(shown.episode, seat=shown.seat or shown.coming_seat)
    drawn = [drawings.way_of(way, timezone.localdate(), shown.week, wide=wide) for wide in (True, False)]
    return [each for each in drawn if each]
