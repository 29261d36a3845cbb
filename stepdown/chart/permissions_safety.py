"""Who writes a safety plan, and the sentence for whoever may not. The patient always may, on their own phone."""

from stepdown.chart import queries_plan
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Patient, Role, Staff

READS = (Role.COUNSELOR, Role.DIRECTOR, Role.ADMISSIONS)


def write_safety_plan(staff: Staff, patient: Patient) -> Decision:
    """Who leads or co-leads the patient's group, who has them on their caseload, a clinical director."""
    if not staff.has_role(Role.COUNSELOR, Role.DIRECTOR):
        return refuse("Counselors and the clinical director write safety plans with people. You can read it.")
    if not queries_plan.patients_written_by(staff).filter(pk=patient.pk).exists():
        return refuse(
            "The leaders of this person’s group, their counselor and the clinical director write it with them."
        )
    return ALLOW
