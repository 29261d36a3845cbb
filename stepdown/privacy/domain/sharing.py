"""The words of sharing: kinds of consent, whom one shares with, what, and what for. Values are what is stored.

Source: glossary, `consent_type`; privacy facts, section 3.
"""

from enum import StrEnum


class Kind(StrEnum):
    """A kind of consent to share. Source: 42 CFR 2.31, 2.35."""

    TPO = "tpo_single"
    SPECIFIC = "specific"
    COUNSELING_NOTES = "counseling_notes"
    LEGAL = "legal_proceeding"
    JUSTICE = "criminal_justice"
    INTERMEDIARY = "intermediary"
    RESEARCH = "research"


class Whom(StrEnum):
    """What a recipient is."""

    FAMILY = "family"
    SUPPORTER = "supporter"
    PROVIDER = "provider"
    PLAN = "health_plan"
    HELPER = "helper"  # a contractor or business associate who helps to run the program
    INTERMEDIARY = "intermediary"
    LAWYER = "lawyer"
    COURT = "court"
    MONITOR = "monitor"  # probation, parole, a treatment court
    POLICE = "police"
    IMMIGRATION = "immigration"
    EMPLOYER = "employer"
    RESEARCHER = "researcher"
    OTHER = "other"


class Purpose(StrEnum):
    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    ASKED = "patient_request"
    SUPPORT = "support"
    MONITORING = "monitoring"
    LEGAL = "legal_proceeding"
    LAW_ENFORCEMENT = "law_enforcement"
    IMMIGRATION = "immigration"
    EMPLOYMENT = "employment"
    RESEARCH = "research"


class Unasked(StrEnum):
    """What something is given out for by another word of the patient than a consent to share."""

    SAFETY = "safety"
    PARENT = "parent_signature"


class Data(StrEnum):
    """A class of data, chosen one by one. Source: RULE PRIV-05."""

    PROGRAM = "program"
    ATTENDANCE = "attendance"
    DIAGNOSES = "diagnoses"
    PLAN = "plan"
    NOTES = "notes"
    SCORES = "scores"
    TESTS = "tests"
    SAFETY_PLAN = "safety_plan"
    RECEIVED = "received"
    COUNSELING_NOTES = "counseling_notes"


TPO = (Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS)
ORDINARY = tuple(data for data in Data if data != Data.COUNSELING_NOTES)
# Of these each item tells of a day of its own; the others tell how things stand, whenever that began.
BY_DAY = frozenset({Data.ATTENDANCE, Data.NOTES, Data.SCORES, Data.TESTS, Data.RECEIVED, Data.COUNSELING_NOTES})
# What goes out by a consent of this kind is one fixed report with these parts, and never anything else: no content of a
# group, no counseling notes. Source: RULE PRIV-17; 42 CFR 2.35.
REPORT = {Kind.JUSTICE: (Data.PROGRAM, Data.ATTENDANCE, Data.PLAN, Data.TESTS)}
# Whom a single TPO consent means by "my treating providers, health plans, third-party payers, and people helping to
# operate this program". Source: 42 CFR 2.31(a)(4)(i).
TPO_RECIPIENTS = frozenset({Whom.PROVIDER, Whom.PLAN, Whom.HELPER})
# What always goes to the privacy officer first, by the purpose and by who asks. Source: RULE PRIV-21.
ROUTED = frozenset({Purpose.LEGAL, Purpose.LAW_ENFORCEMENT, Purpose.IMMIGRATION, Purpose.EMPLOYMENT})
ROUTED_RECIPIENTS = frozenset({Whom.COURT, Whom.POLICE, Whom.IMMIGRATION, Whom.EMPLOYER})

NO_END = "none"
END_OF_TREATMENT = "end of the treatment"
END_OF_STUDY = "end of the research study"
FINAL_DISPOSITION = "final disposition of the case"
