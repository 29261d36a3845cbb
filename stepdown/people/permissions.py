"""Who may change who works here."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import Staff


def end_staff(by: Staff, staff: Staff) -> Decision:
    if by.pk == staff.pk:
        return refuse("You cannot end your own account. Ask another administrator.")
    if staff.ended_at:
        return refuse("This account has ended already.")
    return ALLOW


def add_license(by: Staff, staff: Staff) -> Decision:
    if staff.ended_at:
        return refuse("This person does not work here any more.")
    return ALLOW
