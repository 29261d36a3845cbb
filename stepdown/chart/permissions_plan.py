"""Who records diagnoses, writes and signs plans, and the sentence for whoever may not."""

from django.utils import timezone

from stepdown.chart import queries_plan, queries_supervised
from stepdown.chart.models import Deadline, Diagnosis, Objective, PlanVersion
from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people import queries as people
from stepdown.people.models import Patient, Role, Staff
from stepdown.people.supervision import supervision_on

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


def _stands_alone(staff: Staff, does: str) -> Decision:
    """With a license to counsel that is valid today, and under nobody's supervision. does: what is asked about.
    Source: glossary, "LPHA": who may diagnose and sign plans; "clinical supervisor": signs for associate staff."""
    today = timezone.localdate()
    if not people.licenses_on(today).filter(staff=staff).exists():
        return refuse(f"A licensed counselor {does}. No license of yours is valid today.")
    if under := supervision_on(staff, today):
        return refuse(f"You work under supervision. {under.supervisor.name} or a licensed clinical director {does}.")
    return ALLOW


def sign_plan(staff: Staff, version: PlanVersion) -> Decision:
    """Whether this person may sign; whether the plan is complete is `domain.plan.missing`."""
    may = write_draft(staff, version)
    if not may and queries_supervised.drafts_to_sign(staff).filter(pk=version.pk).exists():
        may = ALLOW
    return may and _stands_alone(staff, "signs the plan")


def record_diagnosis(staff: Staff, patient: Patient) -> Decision:
    """Record or end a diagnosis: whoever writes the plan, or supervises who does, with a license valid today. Source:
    RULE INT-11."""
    if not staff.has_role(Role.COUNSELOR, Role.DIRECTOR):
        return refuse("A licensed counselor records diagnoses. You can read them.")
    may = write_plan(staff, patient)
    if not may and queries_supervised.patients_of_supervised(staff).filter(pk=patient.pk).exists():
        may = ALLOW
    return may and _stands_alone(staff, "records diagnoses")


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
