"""Who records a return to use and answers it, and the sentence for whoever may not."""

from stepdown.chart import queries_plan
from stepdown.chart.models import ReturnToUse
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Patient, Role, Staff

READS = (Role.COUNSELOR, Role.DIRECTOR)


def record_return(staff: Staff, patient: Patient) -> Decision:
    """Who leads or co-leads the patient's group, who has them on their caseload, a clinical director."""
    if not queries_plan.patients_written_by(staff).filter(pk=patient.pk).exists():
        return refuse("The leaders of this person’s group, their counselor and the clinical director write this down.")
    return ALLOW


def answer_return(staff: Staff, event: ReturnToUse) -> Decision:
    if hasattr(event, "response"):
        return refuse("The response is written. Add to it instead.")
    return record_return(staff, event.patient)
