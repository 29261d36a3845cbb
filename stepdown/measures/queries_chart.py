"""What the page about one patient says of their measures, each in a known number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from stepdown.kernel.instruments import Definition, evaluate, load
from stepdown.kernel.prepared import prepared
from stepdown.measures import instruments as known
from stepdown.measures.models import Administration, CheckIn, Scoring, WorkItem
from stepdown.measures.permissions import self_rated
from stepdown.measures.queries import LEAST_POINTS, Course
from stepdown.people.models import Patient
from stepdown.ui.charts import TrendPoint

SUICIDE_RISK, MOOD, ITEM = "cssrs-screener", "phq-9", "phq9_9"
SHOWN = 12
LATEST = 20
SCORED = ("administration", "administration__instrument", "administration__finished_at", "scores", "missing")


@dataclass(frozen=True)
class Asked:
    """One instrument that waits, as it comes with the product. by_patient: the patient answers it themself."""

    administration: Administration
    definition: Definition
    by_patient: bool


def waiting(patient: Patient) -> list[Asked]:
    """What is asked of this patient and not answered yet, the earliest due first. One query."""
    return [Asked(row, load(row.instrument), self_rated(load(row.instrument))) for row in _open(patient.pk)]


@prepared
def _open(patient: UUID) -> QuerySet[Administration]:
    return Administration.objects.open().filter(patient=patient).order_by("due_on", "assigned_at")[:SHOWN]


def courses_of(patient: Patient, wanted: Sequence[tuple[str, str]], zone: tzinfo) -> dict[tuple[str, str], Course]:
    """The latest LATEST times that each wanted score, (instrument, score), was taken, without those taken once. NULL is
    a gap (RULE INS-04). One query, and no row is made an object of: a history may be long."""
    names = dict.fromkeys(name for name, _score in wanted)
    scored = {made.administration: made for made in _scorings(patient.pk, *names)}  # of several the last one counts
    found = {}
    for name, score in wanted:
        points = [
            _point(made.administration__finished_at.astimezone(zone).date(), score, made.scores, made.missing)
            for made in scored.values()
            if made.administration__instrument == name
        ]
        if len(points) >= LEAST_POINTS:
            found[name, score] = Course(load(name), score, points)
    return found


@prepared
def _scorings(patient: UUID, *instruments: str) -> QuerySet[Scoring, Any]:
    rows = Administration.objects.finished().filter(patient=patient, instrument__in=instruments)
    latest = Window(RowNumber(), partition_by=[F("instrument")], order_by=F("finished_at").desc())
    taken = rows.annotate(place=latest).filter(place__lte=LATEST).order_by().values("pk")
    scorings = Scoring.objects.filter(administration__in=taken).order_by("administration__finished_at", "scored_at")
    return scorings.values_list(*SCORED, named=True)


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
    """screener: what the last suicide-risk screener says, an unfinished one once a question is answered yes; item: the
    last answer to the question of the mood questionnaire about wanting to be dead. None: never answered."""

    screener: Said | None
    item: Said | None


def risk_answers(patient: Patient) -> RiskAnswers:
    """An answer about wanting to be dead counts from when it is given, also on a form that is not finished (INS-03).
    Two queries."""
    screeners, items = _screeners(patient.pk), _items(patient.pk)
    return RiskAnswers(_screened(screeners[0]) if screeners else None, _item(items[0]) if items else None)


@prepared
def _screeners(patient: UUID) -> QuerySet[Administration, Any]:
    scores = Scoring.objects.filter(administration=OuterRef("pk")).order_by("-scored_at").values("scores")
    said = Q(finished_at__isnull=False)
    for item in load(SUICIDE_RISK).item:
        said |= Q(values__contains={item: 1})
    given = Administration.objects.filter(said, patient=patient, instrument=SUICIDE_RISK)
    at = Coalesce("finished_at", "saved_at", "assigned_at")
    return given.annotate(scores=Subquery(scores[:1]), at=at).order_by("-at")[:1]


@prepared
def _items(patient: UUID) -> QuerySet[Administration]:
    said = Q(finished_at__isnull=False) | Q(values__has_key=ITEM)
    given = Administration.objects.filter(said, patient=patient, instrument=MOOD)
    return given.annotate(at=Coalesce("finished_at", "started_at", "assigned_at")).order_by("-at")[:1]


def _screened(row: Any) -> Said:
    if row.finished_at is None:
        level = evaluate(load(SUICIDE_RISK), row.values, row.context).scores["risk"]
        return Said(row, row.at, f"{level or 'answered with yes'} (form not finished)", level != "low")
    level = (row.scores or {}).get("risk")
    return Said(row, row.at, str(level or "not scorable"), level not in ("none", "low"))


def _item(row: Administration) -> Said:
    value = row.values.get(ITEM)
    labels = {option.value: option.label for option in known.instrument_of(row).item[ITEM].options}
    said = labels.get(value, "left blank")
    at = row.finished_at or row.started_at or row.assigned_at
    return Said(row, at, said if row.finished_at else f"{said} (form not finished)", value != 0)


@prepared
def work_open_of(patient: UUID) -> QuerySet[WorkItem, Any]:
    """Work items that nobody has settled about this patient, by when they are due, each with its `instrument`. One
    query."""
    items = WorkItem.objects.open().filter(patient=patient).select_related("owner")
    return items.annotate(instrument=F("administration__instrument")).order_by("due_at")[:SHOWN]


def last_check_in(patient: Patient) -> CheckIn | None:
    return next(iter(_last_check_in(patient.pk)), None)


@prepared
def _last_check_in(patient: UUID) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(patient=patient).order_by("-at")[:1]
