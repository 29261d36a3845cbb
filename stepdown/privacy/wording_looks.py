"""What a page is called in the list of who looked. The longest beginning of its name that stands here decides."""

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
    "privacy": _("Agreements and who looked"),
    "timetable": _("Calendar"),
    "transitions": _("Step-down and discharge"),
}


def page_said(name: str) -> str:
    """Words for the page with this name."""
    known = [beginning for beginning in PAGES if name.startswith(beginning)]
    return str(PAGES[max(known, key=len)]) if known else name
