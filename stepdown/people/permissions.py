"""Who may change who works here."""

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.people.models import License, Role, Staff
from stepdown.people.supervision import CLINICAL

CHANGES_LICENSES = (Role.ADMINISTRATOR, Role.DIRECTOR)


def end_staff(by: Staff, staff: Staff) -> Decision:
    if by.pk == staff.pk:
        return refuse("You cannot end your own account. Ask another administrator.")
    if staff.ended_at:
        return refuse("This account has ended already.")
    return ALLOW


def change_roles(by: Staff, staff: Staff) -> Decision:
    """Whether this administrator changes what a colleague may do, and their name. Nobody changes their own roles, so
    that somebody who may do it is always left. Source: 45 CFR 164.308(a)(4)(ii)(C)."""
    if by.pk == staff.pk:
        return refuse("Another administrator changes your roles and your name.")
    if staff.ended_at:
        return refuse("This person does not work here any more. Open the account again first.")
    return ALLOW


def open_again(by: Staff, staff: Staff) -> Decision:
    return ALLOW if staff.ended_at else refuse("This account is open.")


def read_contact(by: Staff, staff: Staff) -> Decision:
    """Whether this person reads the phone number and home address of `staff`: administrators, and whose they are."""
    if by.pk != staff.pk and not by.has_role(Role.ADMINISTRATOR):
        return refuse("Administrators alone read where a colleague lives and is reached.")
    return ALLOW


def change_contact(by: Staff, staff: Staff) -> Decision:
    if not by.has_role(Role.ADMINISTRATOR):
        return refuse("An administrator writes it down. Tell one when it changes.")
    if staff.ended_at:
        return refuse("This person does not work here any more.")
    return ALLOW


def sign_out(by: Staff, staff: Staff) -> Decision:
    """Whether this administrator signs a colleague out everywhere."""
    if by.pk == staff.pk:
        return refuse("Your own sessions are listed on the page of your account.")
    return ALLOW


def change_licenses(by: Staff, staff: Staff) -> Decision:
    """Whether this person writes down licenses of `staff`, and puts their certificates beside them."""
    if not by.has_role(*CHANGES_LICENSES):
        return refuse("A clinical director or an administrator writes down licenses. Show them the new one.")
    if staff.ended_at:
        return refuse("This person does not work here any more.")
    return ALLOW


def renew_or_end(by: Staff, license: License) -> Decision:
    may = change_licenses(by, license.staff)
    if may and license.ended_why:
        return refuse("This license was ended. Correct what was written down, or add the new one.")
    return may


def change_supervision(by: Staff, staff: Staff) -> Decision:
    """Whether this person says who co-signs the notes of `staff`."""
    if not by.has_role(*CHANGES_LICENSES):
        return refuse("A clinical director or an administrator says who co-signs notes.")
    if staff.ended_at:
        return refuse("This person does not work here any more.")
    if not staff.has_role(*CLINICAL):
        return refuse("Only counselors and clinical directors write notes.")
    return ALLOW


def reset_second_factor(by: Staff, staff: Staff) -> Decision:
    """Whether this administrator takes the second factor of a colleague away who has lost it."""
    if by.pk == staff.pk:
        return refuse("Another administrator resets yours.")
    if staff.ended_at:
        return refuse("This person does not work here any more.")
    return ALLOW
