"""What the pages of a plan draw, put together from queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from stepdown.chart import permissions_plan as permissions
from stepdown.chart import queries_plan as queries
from stepdown.chart.domain.denials import warnings
from stepdown.chart.domain.plan import DIMENSIONS, Document, Objective, Problem, changes, missing
from stepdown.chart.forms_plan import PlanForm
from stepdown.chart.models import Deadline, PlanAnswer, PlanVersion
from stepdown.chart.queries_plan import Standing
from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.queries import patients_visible_to
from stepdown.privacy import texts
from stepdown.privacy.queries_self_pay import standing_of

SHOWN = 200  # deadlines on the page of plans


@dataclass(frozen=True)
class Step:
    """An objective as it is read. standing: how it goes, None in a version that is not in force."""

    number: str
    objective: Objective
    standing: Standing | None


@dataclass(frozen=True)
class Part:
    """A problem as it is read."""

    number: int
    problem: Problem
    dimension: str
    steps: list[Step]


def parts_of(document: Document, standings: list[Standing]) -> list[Part]:
    known = {str(each.objective.pk): each for each in standings}
    return [
        Part(
            p,
            problem,
            DIMENSIONS.get(problem.dimension, ""),
            [Step(f"{p}.{o}", each, known.get(each.key)) for o, each in enumerate(problem.objectives, 1)],
        )
        for p, problem in enumerate(document.problems, 1)
    ]


def plan_page(patient: Patient, staff: Staff) -> dict[str, Any]:
    """The plan in force with how it goes, who signed, what is due, and every version."""
    episode = queries.episode_of(patient)
    may = permissions.write_plan(staff, patient)
    page: dict[str, Any] = {"patient": patient, "episode": episode, "may": may, "may_code": permissions.READS_DIAGNOSES}
    page["diagnoses"] = queries.coded(queries.open_diagnoses(patient), timezone.localdate())
    page["may_record"] = permissions.record_diagnosis(staff, patient)
    if episode is None:
        return page
    versions = list(queries.versions_of(episode).prefetch_related("answers"))
    draft = next((each for each in versions if each.signed_at is None), None)
    now_holds = next((each for each in versions if each.signed_at), None)
    standings = queries.standings(episode) if now_holds else []
    return page | {
        "draft": draft,
        "version": now_holds,
        "document": now_holds.document if now_holds else None,
        "parts": parts_of(now_holds.document, standings) if now_holds else [],
        "dropped": queries.standings(episode, dropped=True) if now_holds else [],
        "answers": list(now_holds.answers.all()) if now_holds else [],
        "patient_signed": _signature(now_holds),
        "earlier": [each for each in versions if each.signed_at and each != now_holds],
        "deadlines": queries.deadlines_of(episode),
        "now": timezone.now(),
    }


def _signature(version: PlanVersion | None) -> PlanAnswer | None:
    answers = version.answers.all() if version else []
    return next((each for each in answers if each.kind == PlanAnswer.Kind.SIGNED), None)


def version_page(version: PlanVersion) -> dict[str, Any]:
    """One version as it stands, and what it changed."""
    before = queries.version_before(version)
    return {
        "patient": version.episode.patient,
        "version": version,
        "document": version.document,
        "parts": parts_of(version.document, []),
        "before": before,
        "changes": changes(before.document, version.document) if before else [],
        "answers": list(version.answers.all()),
        "patient_signed": _signature(version),
    }


def holding(patient: Patient) -> list[str]:
    """The diagnoses that hold, as they stand in a plan: "F10.20, alcohol use disorder, moderate or severe"."""
    return [f"{each.code}, {queries.code_of(each).plainly}" for each in queries.open_diagnoses(patient)]


def plan_form(version: PlanVersion, data: Any = None) -> PlanForm:
    return PlanForm(
        data,
        saved=version.document,
        seen=version.version,
        diagnoses=holding(version.episode.patient),
        review=version.review,
        reviewing=version.number > 1,
    )


def against(version: PlanVersion) -> list[str]:
    """What stands between this draft and its signature."""
    return missing(version.document, review=version.review if version.number > 1 else None)


def draft_page(version: PlanVersion, staff: Staff, form: PlanForm | None = None) -> dict[str, Any]:
    """The draft in its boxes, with what is missing, what payers deny, and what it changes."""
    found = warnings(version.document, timezone.localdate())
    may_sign = permissions.sign_plan(staff, version)
    stands_against = against(version)
    form = form or plan_form(version)
    page = version_page(version)
    return page | {
        "form": form,
        "problems": form.problems,
        "warnings": found,
        "warned": {each.key for each in found},
        "missing": stands_against,
        "why_not_sign": may_sign.reason or ("" if not stands_against else "Say first what is still missing."),
        "asked": [
            each
            for each in (page["before"].answers.all() if page["before"] else [])
            if each.kind == PlanAnswer.Kind.CHANGE
        ],
    }


def sign_page(version: PlanVersion, form: Any) -> dict[str, Any]:
    found = warnings(version.document, timezone.localdate())
    return version_page(version) | {"form": form, "warnings": found}


@dataclass(frozen=True)
class Due:
    """A deadline in the list. late: whether its moment has passed."""

    deadline: Deadline
    late: bool


def due_page(staff: Staff) -> dict[str, Any]:
    now = timezone.now()
    due = queries.plans_due(staff)
    rows = [Due(each, each.due_at <= now) for each in due[:SHOWN]]
    return {
        "due": rows,
        "of": due.count() if len(rows) == SHOWN else len(rows),
        "late": due.filter(due_at__lte=now).count(),
        "asked": queries.changes_asked(staff),
    }


def diagnoses_page(patient: Patient, staff: Staff, today: date) -> dict[str, Any]:
    rows = queries.coded(queries.diagnoses_of(patient), today)
    return {
        "patient": patient,
        "open": [each for each in rows if each.diagnosis.until_on is None],
        "ended": [each for each in rows if each.diagnosis.until_on],
        "may": permissions.record_diagnosis(staff, patient),
        "sees_chart": patients_visible_to(staff).filter(pk=patient.pk).exists(),
        "bills": staff.has_role(Role.BILLER),
        "self_paid": standing_of(patient),
    }


def my_page(version: PlanVersion, signature: PlanAnswer | None, text: str, language: str) -> dict[str, Any]:
    """The patient's own page: the whole text as it was signed, or is to be, and how each step goes."""
    language = signature.language if signature else language
    return {
        "version": version,
        "signature": signature,
        "text": texts.laid_out(text, version=str(version.number), language=language),
        "standings": [each for each in queries.standings(version.episode) if each.latest],
        "answers": [each for each in version.answers.all() if each.kind != PlanAnswer.Kind.SIGNED],
        "signed_before": queries.signatures_visible_to(version.episode.patient).exclude(version=version),
    }
