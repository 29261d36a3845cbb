"""What a page is called in the list of who looked. The longest beginning of its name that stands here decides.

The patient reads it too: what an officer weighs before anybody is told of it is privacy work, no more.
"""

from django.utils.translation import gettext_lazy as _

PAGES = {
    "account": _("Account"),
    "admissions": _("Admission"),
    "attendance": _("Attendance"),
    "audits": _("Audit or evaluation"),
    "chart": _("Notes and plan"),
    "chart:counseling": _("Counseling notes"),
    "chart:drug": _("Drug tests"),
    "chart:patient_drug": _("Drug tests"),
    "chart:plan": _("Treatment plan"),
    "chart:safety": _("Safety plan"),
    "desk": _("Lists and search"),
    "desk:patient": _("Chart"),
    "live": _("The group’s room"),
    "measures": _("Answers to questions"),
    "mfa": _("Account"),
    "outreach": _("Messages and personal link"),
    "people": _("Staff"),
    "placement": _("Groups and seats"),
    "privacy": _("Agreements and privacy"),
    "privacy:access": _("Emergency access"),
    "privacy:accounting": _("What was shared"),
    "privacy:affected": _("Privacy work"),
    "privacy:asked": _("Someone asked about a person"),
    "privacy:audit": _("Audit or evaluation"),
    "privacy:breach": _("Privacy work"),
    "privacy:consent": _("Consents and sharing"),
    "privacy:destruction": _("Privacy work"),
    "privacy:due": _("Privacy work"),
    "privacy:emergency": _("Given out without consent"),
    "privacy:emergency_access": _("Emergency access"),
    "privacy:give_notice": _("Privacy notice"),
    "privacy:hold": _("Privacy work"),
    "privacy:looks": _("Who looked"),
    "privacy:name_for_audit": _("Audit or evaluation"),
    "privacy:new_consent": _("Consents and sharing"),
    "privacy:notices": _("Privacy notice"),
    "privacy:open_emergency": _("Given out without consent"),
    "privacy:packet": _("Sending records"),
    "privacy:parent": _("Consents and sharing"),
    "privacy:propose": _("Privacy work"),
    "privacy:put_in": _("Records from others"),
    "privacy:received": _("Records from others"),
    "privacy:record_request": _("Requests of patients"),
    "privacy:record_self_pay": _("Days paid for by the patient"),
    "privacy:request": _("Requests of patients"),
    "privacy:restrict": _("Privacy work"),
    "privacy:self_pay": _("Days paid for by the patient"),
    "privacy:send": _("Sending records"),
    "privacy:sharing": _("Consents and sharing"),
    "privacy:take_received": _("Records from others"),
    "privacy:unusual": _("Who looked"),
    "privacy:without_consent": _("Given out without consent"),
    "privacy:work": _("Privacy work"),
    "timetable": _("Calendar"),
    "transitions": _("Step-down and discharge"),
}


def page_said(name: str) -> str:
    """Words for the page with this name."""
    known = [beginning for beginning in PAGES if name.startswith(beginning)]
    return str(PAGES[max(known, key=len)]) if known else name
