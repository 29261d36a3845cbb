"""What the pages of a safety plan draw."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from stepdown.chart import permissions_safety as permissions
from stepdown.chart import queries_safety as queries
from stepdown.chart.domain.safety_plan import CONTACTS, Contact, Document, advice
from stepdown.chart.forms_safety import SafetyPlanForm
from stepdown.chart.models import SafetyPlan
from stepdown.chart.wording_safety import ADVICE, TITLES
from stepdown.people.models import Patient, Staff


@dataclass(frozen=True)
class Part:
    """A part as it is read. One of lines and contacts is empty."""

    name: str
    title: Promise
    lines: tuple[str, ...]
    contacts: tuple[Contact, ...]


def parts_of(document: Document, *, empty: bool = False) -> list[Part]:
    """In the order of the plan; without those that say nothing, unless they are asked for."""
    return [
        Part(name, TITLES[name], () if name in CONTACTS else content, content if name in CONTACTS else ())
        for name, content in document.parts()
        if content or empty
    ]


def read_page(plan: SafetyPlan | None) -> dict[str, Any]:
    """A version, or that there is none."""
    if plan is None:
        return {"plan": None}
    return {"plan": plan, "parts": parts_of(plan.document), "advice": [ADVICE[x] for x in advice(plan.document)]}


def staff_page(patient: Patient, staff: Staff) -> dict[str, Any]:
    versions = list(queries.safety_plans_of(patient))
    page = read_page(versions[0] if versions else None)
    may = permissions.write_safety_plan(staff, patient)
    return page | {"patient": patient, "earlier": versions[1:], "may": may}


def form_of(newest: SafetyPlan | None, data: Any = None) -> SafetyPlanForm:
    """Filled with the version in force."""
    of = newest.document if newest else Document()
    return SafetyPlanForm(data, of=of, seen=newest.number if newest else 0)
