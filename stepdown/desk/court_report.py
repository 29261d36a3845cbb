"""The parts of the report to a court or probation: how it stands and goes, and nothing that was said.

Source: RULE PRIV-17; 42 CFR 2.35.
"""

from datetime import date

from stepdown.attendance.models import Attendance
from stepdown.chart import queries_plan as plans
from stepdown.chart.models import Progress
from stepdown.desk.sources import attendance, tests
from stepdown.people.models import Patient
from stepdown.privacy.domain.sharing import Data
from stepdown.privacy.sources import Item
from stepdown.ui.when import day


def status(patient: Patient) -> list[Item]:
    episode = plans.episode_of(patient)
    if episode is None or episode.admitted_on is None:
        return []
    standing = f"{episode.get_status_display()}, since {day(episode.admitted_on, date.min)}."
    return [Item(str(episode.pk), "Now", (standing,), episode.admitted_on)]


def attendance_in_short(patient: Patient) -> list[Item]:
    """How many confirmed sessions they came to; then each with its minutes."""
    episode, rows = plans.episode_of(patient), attendance(patient)
    if episode is None or not rows:
        return []
    held = Attendance.objects.filter(patient=patient, confirmed_at__isnull=False)
    came = held.filter(confirmed_minutes__gt=0).count()
    return [Item(str(episode.pk), "In all", (f"Came to {came} of {len(rows)} sessions.",)), *rows]


def progress(patient: Patient) -> list[Item]:
    """How many of the objectives that were agreed on are met, without what they are."""
    episode = plans.episode_of(patient)
    found = plans.standings(episode) if episode else []
    if episode is None or not found:
        return []
    statuses = [one.latest.status if one.latest else Progress.Status.NOT_YET for one in found]
    said = ", ".join(f"{label.lower()}: {statuses.count(value)}" for value, label in Progress.Status.choices)
    on = max((one.latest.on for one in found if one.latest), default=None)
    return [Item(str(episode.pk), f"Of {len(found)} objectives of the plan", (f"{said}.",), on)]


PARTS = {
    Data.PROGRAM: status,
    Data.ATTENDANCE: attendance_in_short,
    Data.PLAN: progress,
    Data.TESTS: tests,
}
