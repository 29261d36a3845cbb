"""Safety plans as screens and services ask for them."""

from uuid import UUID

from django.db.models import QuerySet

from stepdown.chart.models import SafetyPlan
from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient, Staff
from stepdown.placement.queries import patients_visible_to


def safety_plans_of(patient: Patient | UUID) -> QuerySet[SafetyPlan]:
    """Every version, the newest first."""
    return SafetyPlan.objects.filter(patient=patient).select_related("written_by").order_by("-number")


def safety_plan_of(patient: Patient) -> SafetyPlan | None:
    """The version in force. One query."""
    return next(iter(_in_force(patient.pk)), None)


@prepared
def _in_force(patient: UUID) -> QuerySet[SafetyPlan]:
    return safety_plans_of(patient)[:1]


def safety_plans_visible_to(staff: Staff) -> QuerySet[SafetyPlan]:
    plans = SafetyPlan.objects.filter(patient__in=patients_visible_to(staff))
    return plans.select_related("patient", "written_by")
