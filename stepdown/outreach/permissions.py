"""Who may send what."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Patient, Staff


def send_link(staff: Staff, patient: Patient) -> Decision:
    if not patient.links.filter(revoked_at=None).exists():
        return refuse("There is no link to send. Make a new one.")
    return ALLOW
