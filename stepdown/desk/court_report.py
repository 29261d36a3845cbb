"""The parts of the report to a court or probation: how the present episode of care stands and goes, and nothing that
was said. Care of an earlier episode is no business of the case.

Source: RULE PRIV-17; 42 CFR 2.35 and 2.13(a).
"""

from datetime import date

from django.db.models import Max

from stepdown.attendance.models import Attendance
from stepdown.chart import queries_plan as plans
from stepdown.chart.models import Progress
from stepdown.chart.queries_drug_tests import tests_of
from stepdown.desk.sources import attended, tested
from stepdown.people.models import Patient
from stepdown.privacy.domain.sharing import Data
from stepdown.privacy.sources import Item
from stepdown.ui.when import day

NOT_EXPECTED = (Attendance.Status.EXCUSED, Attendance.Status.CANCELLED_SITE)


def status(patient: Patient) -> list[Item]:
    episode = plans.episode_of(patient)
    if episode is None or episode.admitted_on is None:
        return []
    standing = f"{episode.get_status_display()}, since {day(episode.admitted_on, date.min)}."
    return [Item(str(episode.pk), "Now", (standing,), episode.admitted_on)]


def attendance_in_short(patient: Patient) -> list[Item]:
    """How many of the confirmed sessions they could have come to they did; then each with its minutes, also those from
    which they were excused."""
    episode = plans.episode_of(patient)
    held = Attendance.objects.filter(seat__episode=episode, confirmed_at__isnull=False, session__cancelled_at=None)
    if episode is None or not held:
        return []
    expected = held.exclude(status__in=NOT_EXPECTED).count()
    came = held.filter(confirmed_minutes__gt=0).count()
    return [Item(str(episode.pk), "In all", (f"Came to {came} of {expected} sessions.",)), *attended(held)]


def tests(patient: Patient) -> list[Item]:
    """Those they were asked for since the episode before this one was over."""
    episode = plans.episode_of(patient)
    if episode is None:
        return []
    over = patient.episodes.exclude(pk=episode.pk).aggregate(over=Max("ended_at"))["over"]
    return tested([test for test in tests_of(patient) if over is None or test.notice_at > over], patient)


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
