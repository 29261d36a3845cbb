"""Who sets how often somebody is tested and writes down what came of it, and the sentence for whoever may not."""

from stepdown.chart import queries_plan
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Patient, Role, Staff

READS = (Role.COUNSELOR, Role.DIRECTOR)


def write_tests(staff: Staff, patient: Patient) -> Decision:
    """Who leads or co-leads the patient's group, who has them on their caseload, a clinical director."""
    if not queries_plan.patients_written_by(staff).filter(pk=patient.pk).exists():
        return refuse("The leaders of this person’s group, their counselor and the clinical director do this.")
    return ALLOW
