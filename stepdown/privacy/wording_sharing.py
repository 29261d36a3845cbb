"""What kinds of consent, recipients, purposes and data are called: on staff pages, and to the patient ("you")."""

from django.utils.translation import gettext_lazy as _

from stepdown.privacy.domain.sharing import (
    END_OF_STUDY,
    END_OF_TREATMENT,
    FINAL_DISPOSITION,
    NO_END,
    Data,
    Kind,
    Purpose,
    Unasked,
    Whom,
)

KINDS = {
    Kind.SPECIFIC: _("With one person or place"),
    Kind.TPO: _("For treatment, payment and health care operations"),
    Kind.JUSTICE: _("With a court or probation"),
    Kind.LEGAL: _("For a legal proceeding"),
    Kind.COUNSELING_NOTES: _("Counseling notes alone"),
    Kind.INTERMEDIARY: _("Through a health information exchange"),
    Kind.RESEARCH: _("For research"),
}
WHOM = {
    Whom.FAMILY: _("Family"),
    Whom.SUPPORTER: _("Friend or supporter"),
    Whom.PROVIDER: _("Doctor or other provider"),
    Whom.PLAN: _("Health plan"),
    Whom.HELPER: _("Helps to run the program"),
    Whom.INTERMEDIARY: _("Health information exchange"),
    Whom.LAWYER: _("Lawyer"),
    Whom.COURT: _("Court"),
    Whom.MONITOR: _("Probation, parole or treatment court"),
    Whom.POLICE: _("Police"),
    Whom.IMMIGRATION: _("Immigration authority"),
    Whom.EMPLOYER: _("Employer"),
    Whom.RESEARCHER: _("Researcher"),
    Whom.OTHER: _("Somebody else"),
}
PURPOSES = {
    Purpose.TREATMENT: _("Treatment"),
    Purpose.PAYMENT: _("Payment"),
    Purpose.OPERATIONS: _("Health care operations"),
    Purpose.ASKED: _("At the request of the patient"),
    Purpose.SUPPORT: _("So that they can support the patient"),
    Purpose.MONITORING: _("Monitoring progress for a case"),
    Purpose.LEGAL: _("Legal proceeding"),
    Purpose.LAW_ENFORCEMENT: _("Law enforcement"),
    Purpose.IMMIGRATION: _("Immigration"),
    Purpose.EMPLOYMENT: _("Employment"),
    Purpose.RESEARCH: _("Research"),
}
UNASKED = {
    Unasked.SAFETY: _("Finding out whether they are safe"),
    Unasked.PARENT: _("Signature of a parent"),
}
PURPOSES_TO_PATIENT = {
    Purpose.ASKED: _("You asked for it"),
    Purpose.SUPPORT: _("So that they can support you"),
    Unasked.SAFETY: _("Finding out whether you are safe"),
    Unasked.PARENT: _("Signature of your parent"),
}
DATA = {
    Data.PROGRAM: _("When the program begins and ends"),
    Data.ATTENDANCE: _("Attendance"),
    Data.DIAGNOSES: _("Diagnoses"),
    Data.PLAN: _("Treatment plan"),
    Data.NOTES: _("Progress notes"),
    Data.SCORES: _("Answers and scores"),
    Data.TESTS: _("Drug tests"),
    Data.SAFETY_PLAN: _("Safety plan"),
    Data.RECEIVED: _("Records from others"),
    Data.COUNSELING_NOTES: _("Counseling notes"),
}
TO_PATIENT = {
    Data.PROGRAM: _("When your program begins and ends"),
    Data.ATTENDANCE: _("If you came to group"),
    Data.DIAGNOSES: _("Your diagnosis"),
    Data.PLAN: _("Your plan"),
    Data.NOTES: _("What we write about your groups"),
    Data.SCORES: _("Your answers and scores"),
    Data.TESTS: _("Your tests"),
    Data.SAFETY_PLAN: _("Your safety plan"),
    Data.RECEIVED: _("Records about you that others sent us"),
    Data.COUNSELING_NOTES: _("Your counselor’s private notes"),
}
EVENTS = {
    NO_END: _("Until you take it back"),
    END_OF_TREATMENT: _("Until the treatment ends"),
    END_OF_STUDY: _("Until the research study ends"),
    FINAL_DISPOSITION: _("Until the case is decided for good"),
}
REVOCABLE = {FINAL_DISPOSITION: _("When the case is decided for good")}
# What the parts of a fixed report are called, whoever reads it. Source: RULE PRIV-17.
REPORTS = {Kind.JUSTICE: "Report of progress"}
PARTS = {
    Data.PROGRAM: "Status",
    Data.ATTENDANCE: "Attendance",
    Data.PLAN: "Progress",
    Data.TESTS: "Test results",
}


def title_of(kind: str) -> str:
    """Of what goes out by a consent of this kind."""
    return REPORTS.get(Kind(kind), "Records")


def part_of(kind: str, data: Data) -> str:
    """What a class of data is called in what goes out by a consent of this kind."""
    return PARTS[data] if Kind(kind) in REPORTS else str(DATA[data])
