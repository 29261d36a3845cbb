"""The smallest true safety plans, and what the page of one sends."""

from stepdown.chart import services_safety
from stepdown.chart.domain.safety_plan import CONTACTS, LINES, Contact, Document
from stepdown.chart.models import SafetyPlan
from stepdown.people.models import Patient, Staff

DOCUMENT = Document(
    signs=("I stop sleeping",),
    alone=("Walk round the block", "Cold water on my face"),
    people=(Contact("Sam", "+15125550142"),),
    reasons=("My kids",),
)


def safety_plan(patient: Patient, by: Staff | None = None, document: Document = DOCUMENT) -> SafetyPlan:
    """The next version, written with that member of staff or, without one, by the patient alone."""
    return services_safety.write_safety_plan(patient=patient, document=document, by=by)


def boxes(document: Document = DOCUMENT, seen: int = 0, **over: str) -> dict[str, str]:
    """What the page of a plan sends that says this."""
    data = {"seen": str(seen)} | {part: "\n".join(getattr(document, part)) for part in LINES}
    for part in CONTACTS:
        for i, contact in enumerate([*getattr(document, part), Contact("")]):
            data |= {f"{part}-{i}-name": contact.name, f"{part}-{i}-phone": contact.phone}
    return data | {key.replace("__", "-"): value for key, value in over.items()}
