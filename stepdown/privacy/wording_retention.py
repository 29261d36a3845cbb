"""What people read of retention."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.apps import apps

from stepdown.privacy.domain import retention as domain
from stepdown.privacy.domain.retention import CountsFrom, Due, RecordClass, Rule
from stepdown.ui.when import day

CLASSES = {
    RecordClass.COUNSELING_NOTES: "Counseling notes",
    RecordClass.CLINICAL: "Clinical record",
    RecordClass.CARE: "Admission, seats and attendance",
    RecordClass.ACCOUNTING: "Disclosures",
    RecordClass.HIPAA_DOC: "Consents, notices and requests",
    RecordClass.PERSON: "Who the person is",
    RecordClass.INQUIRIES: "Inquiries without an admission",
    RecordClass.CONCERNS: "Worries about nobody known here",
    RecordClass.QUESTIONS: "Questions about somebody",
    RecordClass.GUESTS: "Guests of sessions",
}
HOLDS = {
    RecordClass.COUNSELING_NOTES: "each counselor’s own, sealed",
    RecordClass.CLINICAL: "notes, plans, diagnoses, tests, answers to questions, safety plans, worries, what was done, "
    "what others sent",
    RecordClass.CARE: "calls, assessments, episodes, seats, who was in which room and for how long, incidents",
    RecordClass.ACCOUNTING: "what was sent, shown or told to whom, what was refused, who asked",
    RecordClass.HIPAA_DOC: "agreements, consents, deliveries of the notice, requests, restrictions, breaches",
    RecordClass.PERSON: "name, birth date, contacts, links, devices, messages; goes last, as the rest names it",
    RecordClass.INQUIRIES: "who called or asked for a call and was not admitted: calls, answers, assessments, dangers",
    RecordClass.CONCERNS: "what somebody wrote who was worried, when it was laid aside without a patient",
    RecordClass.QUESTIONS: "who asked about whom by name, when no consent let us tell anything",
    RecordClass.GUESTS: "who was invited to one session from outside: name, why, when they were in the room",
}
STRANGERS = {
    RecordClass.INQUIRIES: "An inquiry of {day} that led to no admission",
    RecordClass.CONCERNS: "A worry of {day} about nobody known here",
    RecordClass.QUESTIONS: "A question of {day} about somebody",
    RecordClass.GUESTS: "A guest of a session, invited on {day}",
}
NOBODY = "Nobody any more"
LED_TO_A_PATIENT = "What came in before somebody became a patient"
COUNTS_FROM = {
    CountsFrom.LAST_SERVICE: "the end of the last episode of care",
    CountsFrom.LAST_ENTRY: "the end of the last episode, or the last entry if that came later",
}


def row_said(model: str) -> str:
    """What rows of a model are called: "Drug test" for "chart.DrugTest"."""
    try:
        return str(apps.get_model(model)._meta.verbose_name).capitalize()
    except LookupError:
        return model


def class_said(record_class: str) -> str:
    return CLASSES[RecordClass(record_class)]


def stranger_said(record_class: RecordClass, on: date) -> str:
    """What stands where the name of a patient would: "An inquiry of March 3, 2019 that led to no admission"."""
    return STRANGERS[record_class].format(day=_dated(on))


def titled(record_class: str, whose: str) -> str:
    """ "Clinical record of Jo Bygone"; of a stranger, what it is."""
    if whose == NOBODY:
        return class_said(record_class)
    return whose if record_class in domain.STRANGERS else f"{class_said(record_class)} of {whose}"


def rule_said(record_class: str, rule: Rule) -> str:
    """ "7 years from the end of the last episode of care; of a minor, at least until 25"."""
    since = "the last entry" if record_class in domain.STRANGERS else COUNTS_FROM[rule.counts_from]
    years = f"{rule.years} year{'' if rule.years == 1 else 's'} from {since}"
    return years if rule.minors_until is None else f"{years}; of a minor, at least until the age of {rule.minors_until}"


def due_said(due: Due, years: int) -> str:
    """Why it is due."""
    if due.by_age is not None:
        return f"The person, a minor then, was {due.by_age} on {_dated(due.on)}."
    return f"{years} year{'' if years == 1 else 's'} from {_dated(due.since)} were over on {_dated(due.on)}."


def held_said(rows: int, first: date, last: date) -> str:
    """ "3 rows, March 3, 2019 to March 9, 2019"; of one day that day."""
    days = _dated(first) if first == last else f"{_dated(first)} to {_dated(last)}"
    return f"{rows} row{'' if rows == 1 else 's'}, {days}"


def first_said(classes: Iterable[str]) -> list[str]:
    """A sentence for these classes, when there are any."""
    names = ", ".join(class_said(each) for each in classes)
    return [f"To be destroyed before it: {names}."] if names else []


def moment_said(at: datetime) -> str:
    """ "November 29, 2026, 16:10 UTC": for what is kept for good and read anywhere."""
    moment = at.astimezone(UTC)
    return f"{_dated(moment.date())}, {moment:%H:%M} UTC"


def _dated(on: date) -> str:
    """With its year, also this one: it is kept."""
    return day(on, date.min)
