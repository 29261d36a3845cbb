"""Who records diagnoses, writes and signs plans, and the sentence for whoever may not."""

from django.utils import timezone

from stepdown.chart import queries_plan
from stepdown.chart.models import Deadline, Diagnosis, Objective, PlanVersion
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people import queries as people
from stepdown.people.models import Patient, Role, Staff

READS = (Role.COUNSELOR, Role.DIRECTOR, Role.ADMISSIONS)
READS_DIAGNOSES = (*READS, Role.BILLER)


def write_plan(staff: Staff, patient: Patient) -> Decision:
    """Draft a plan, begin its next version, write down progress: who leads or co-leads the patient's group, who has
    them on their caseload, a clinical director."""
    if not staff.has_role(Role.COUNSELOR, Role.DIRECTOR):
        return refuse("Counselors and the clinical director write plans. You can read it.")
    if not queries_plan.patients_written_by(staff).filter(pk=patient.pk).exists():
        return refuse("The leaders of this person’s group, their counselor and the clinical director write the plan.")
    return ALLOW


def write_draft(staff: Staff, version: PlanVersion) -> Decision:
    if version.signed_at:
        return refuse("This version is signed. Begin the next one to change the plan.")
    if version.episode.ended_at:
        return refuse("This episode of care has ended, and the plan with it.")
    return write_plan(staff, version.episode.patient)


def is_licensed(staff: Staff) -> bool:
    """With a license to counsel that is valid today. Source: glossary, "LPHA": who may diagnose and sign plans."""
    return people.licenses_on(timezone.localdate()).filter(staff=staff).exists()


def sign_plan(staff: Staff, version: PlanVersion) -> Decision:
    """Whether this person may sign; whether the plan is complete is `domain.plan.missing`."""
    may = write_draft(staff, version)
    if may and not is_licensed(staff):
        return refuse("A licensed counselor signs a plan. No license of yours is valid today.")
    return may


def record_diagnosis(staff: Staff, patient: Patient) -> Decision:
    """Record or end a diagnosis: whoever writes the plan, with a license valid today. Source: RULE INT-11."""
    if not staff.has_role(Role.COUNSELOR, Role.DIRECTOR):
        return refuse("A licensed counselor records diagnoses. You can read them.")
    may = write_plan(staff, patient)
    if may and not is_licensed(staff):
        return refuse("A licensed counselor records diagnoses. No license of yours is valid today.")
    return may


def end_diagnosis(staff: Staff, diagnosis: Diagnosis) -> Decision:
    if diagnosis.until_on:
        return refuse("This diagnosis has ended already.")
    return record_diagnosis(staff, diagnosis.patient)


def write_progress(staff: Staff, objective: Objective) -> Decision:
    if objective.dropped_at:
        return refuse("This objective is no longer in the plan.")
    return write_plan(staff, objective.episode.patient)


def move_deadline(staff: Staff, deadline: Deadline) -> Decision:
    if deadline.done_at or deadline.episode.ended_at:
        return refuse("This is done. There is nothing to move.")
    return write_plan(staff, deadline.episode.patient)
