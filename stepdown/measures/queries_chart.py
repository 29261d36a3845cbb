"""What the page about one patient says of their measures, each in a known number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import Coalesce, RowNumber

from stepdown.kernel.instruments import Definition, load
from stepdown.measures import instruments as known
from stepdown.measures.models import Administration, CheckIn, Scoring, WorkItem
from stepdown.measures.permissions import self_rated
from stepdown.measures.queries import LEAST_POINTS, Course
from stepdown.people.models import Patient
from stepdown.ui.charts import TrendPoint

SUICIDE_RISK, MOOD, ITEM = "cssrs-screener", "phq-9", "phq9_9"
SHOWN = 12
LATEST = 20


@dataclass(frozen=True)
class Asked:
    """One instrument that waits. by_patient: the patient answers it themself."""

    administration: Administration
    definition: Definition
    by_patient: bool


def waiting(patient: Patient) -> list[Asked]:
    """What is asked of this patient and not answered yet, the earliest due first. Two queries at most."""
    rows = list(Administration.objects.open().filter(patient=patient).order_by("due_on", "assigned_at")[:SHOWN])
    all_of_them = known.instruments() if rows else {}
    return [Asked(row, all_of_them[row.instrument], self_rated(all_of_them[row.instrument])) for row in rows]


def courses_of(patient: Patient, wanted: Sequence[tuple[str, str]], zone: tzinfo) -> dict[tuple[str, str], Course]:
    """The latest LATEST times that each wanted score, (instrument, score), was taken, without those taken once. NULL is
    a gap (RULE INS-04). Two queries, and no row is made an object of: a history may be long."""
    rows = Administration.objects.finished().filter(patient=patient, instrument__in={name for name, _score in wanted})
    latest = Window(RowNumber(), partition_by=[F("instrument")], order_by=F("finished_at").desc())
    taken = rows.annotate(place=latest).filter(place__lte=LATEST).order_by("finished_at")
    times = list(taken.values_list("pk", "instrument", "finished_at"))
    scorings = Scoring.objects.filter(administration__in=[pk for pk, *_ in times]).order_by("scored_at")
    scored = {pk: made for pk, *made in scorings.values_list("administration", "scores", "missing")}
    found = {}
    for name, score in wanted:
        points = [
            _point(at.astimezone(zone).date(), score, *scored[pk])
            for pk, instrument, at in times
            if at and instrument == name and pk in scored
        ]
        if len(points) >= LEAST_POINTS:
            found[name, score] = Course(load(name), score, points)
    return found


def _point(on: date, score: str, scores: Mapping[str, Any], missing: Mapping[str, int]) -> TrendPoint:
    value = scores.get(score)
    return TrendPoint(on, value, f"{missing.get(score, 0)} missing" if value is None else "")


@dataclass(frozen=True)
class Said:
    """The last answer that tells of danger: when it was given, in words, and whether it is a reason to look."""

    administration: Administration
    at: datetime
    words: str
    grave: bool


@dataclass(frozen=True)
class RiskAnswers:
    """screener: what the last suicide-risk screener says; item: the last answer to the question of the mood
    questionnaire about wanting to be dead. None: never answered."""

    screener: Said | None
    item: Said | None


def risk_answers(patient: Patient) -> RiskAnswers:
    """An answer about wanting to be dead counts from when it is given, also on a form that is not finished (INS-03).
    Three queries."""
    asked = Administration.objects.filter(patient=patient)
    screeners = asked.finished().filter(instrument=SUICIDE_RISK).order_by("-finished_at")
    screened = screeners.prefetch_related(Prefetch("scorings", Scoring.objects.order_by("-scored_at"))).first()
    given = asked.filter(Q(finished_at__isnull=False) | Q(values__has_key=ITEM), instrument=MOOD)
    item = given.annotate(at=Coalesce("finished_at", "started_at", "assigned_at")).order_by("-at").first()
    return RiskAnswers(_screened(screened), _item(item))


def _screened(row: Administration | None) -> Said | None:
    if row is None or row.finished_at is None:
        return None
    scoring = next(iter(row.scorings.all()), None)
    level = scoring.scores.get("risk") if scoring else None
    return Said(row, row.finished_at, str(level or "not scorable"), level not in ("none", "low"))


def _item(row: Administration | None) -> Said | None:
    if row is None:
        return None
    value = row.values.get(ITEM)
    labels = {option.value: option.label for option in known.instrument_of(row).item[ITEM].options}
    said = labels.get(value, "left blank")
    at = row.finished_at or row.started_at or row.assigned_at
    return Said(row, at, said if row.finished_at else f"{said} (form not finished)", value != 0)


def work_open_of(patient: Patient) -> list[WorkItem]:
    """What nobody has settled about this patient, by when it is due. One query."""
    items = WorkItem.objects.open().filter(patient=patient).select_related("owner", "administration")
    return list(items.order_by("due_at")[:SHOWN])


def last_check_in(patient: Patient) -> CheckIn | None:
    return CheckIn.objects.filter(patient=patient).first()
