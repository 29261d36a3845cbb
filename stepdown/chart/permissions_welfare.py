"""Who writes down what was done for somebody who did not come, and the sentence for whoever may not."""

from stepdown.chart import queries_plan
from stepdown.chart.models import Missed
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Role, Staff

READS = (Role.COUNSELOR, Role.DIRECTOR)


def log_step(staff: Staff, missed: Missed) -> Decision:
    """Who led the group they missed, who leads or co-leads theirs, who has them on their caseload, a director."""
    if missed.over_at:
        return refuse("This is over. Nothing more is written here.")
    if missed.owner_id == staff.pk or queries_plan.patients_written_by(staff).filter(pk=missed.patient_id).exists():
        return ALLOW
    return refuse("The leaders of this person’s group, their counselor and the clinical director write this down.")
