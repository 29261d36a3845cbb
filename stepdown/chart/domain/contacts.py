"""Contacts outside the group: what a note of one must hold before it is signed, and what payers ask about.

What a billable contact holds (billing facts, section 7): date, start and stop, minutes, modality, location of the
person, who was there, response, plan, signature. A contact that nobody is billed for says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

KINDS = {
    "individual": "Individual session",
    "family": "Family session",
    "phone": "Phone contact",
    "outreach": "Outreach",
    "case_management": "Case management",
}
WAYS = {"video": "Video", "phone": "Phone", "in_person": "In person", "written": "Letter or message"}
# Where the person was. Source: billing facts, "POS": 10 at home, 02 telehealth elsewhere, 57 at the center.
PLACES = {"home": "At home", "elsewhere": "Somewhere else", "center": "At the center"}
PLACE_OF_SERVICE = {"home": "10", "elsewhere": "02", "center": "57"}
# By what they are to the person, never by name.
PRESENT = {
    "patient": "The person",
    "partner": "Partner",
    "parent": "Parent",
    "child": "Child",
    "sibling": "Sibling",
    "relative": "Other family",
    "friend": "Friend",
    "provider": "Another provider",
    "court": "Court or probation",
    "employer": "Employer or school",
    "payer": "Health plan",
    "interpreter": "Interpreter",
}
FAMILY = ("partner", "parent", "child", "sibling", "relative", "friend")
OUTCOMES = {"reached": "Reached", "message": "Left a message", "no_answer": "No answer", "sent": "Sent"}
SAFETY = {
    "none_seen": "None seen",
    "urge_raised": "Urge raised",
    "talked_through": "Danger talked through",
    "safety_plan": "Safety plan used",
}
# Kinds in which it is a question whether anybody was reached; a session with nobody there is none.
TRIES = ("phone", "outreach", "case_management")
WHY_NOT = {
    "in_day": "Part of the group’s day",
    "not_reached": "Nobody was reached",
    "paperwork": "Scheduling or paperwork",
    "not_covered": "Not covered",
    "other": "Another reason",
}
LONGEST = timedelta(hours=8)


@dataclass(frozen=True)
class Contact:
    """What is written so far. Codes as above; empty or None where nothing is said yet. written: heading -> text, for
    every heading the note has. billable: None while not said."""

    kind: str
    way: str = ""
    on: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    present: Sequence[str] = ()
    place: str = ""
    state: str = ""
    outcome: str = ""
    written: Mapping[str, str] | None = None
    safety: str = ""
    next_step: str = ""
    billable: bool | None = None
    why_not: str = ""
    why_not_words: str = ""
    objective: bool = False

    @property
    def reached(self) -> bool:
        """Whether somebody was spoken with; a session always is."""
        return self.kind not in TRIES or self.outcome == "reached"

    @property
    def with_patient(self) -> bool:
        return self.reached and "patient" in self.present


def minutes(starts_at: datetime | None, ends_at: datetime | None) -> int:
    """Whole minutes, rounded down; 0 while either end is missing."""
    return int((ends_at - starts_at).total_seconds() // 60) if starts_at and ends_at else 0


def missing(contact: Contact, now: datetime) -> list[str]:
    """What stands between this note and its signature, a sentence each, in the order of the page."""
    return [
        *_about_times(contact, now),
        *_about_people(contact),
        *_about_words(contact),
        *_about_billing(contact),
    ]


def _about_times(contact: Contact, now: datetime) -> list[str]:
    left = []
    if contact.starts_at is None:
        left.append("Enter when it started.")
    if contact.ends_at is None:
        left.append("Enter when it ended.")
    if contact.starts_at and contact.ends_at:
        if contact.ends_at <= contact.starts_at:
            left.append("It ends before it starts. Correct one of the times.")
        elif contact.ends_at - contact.starts_at > LONGEST:
            left.append("It lasts more than eight hours. Correct one of the times.")
        elif contact.ends_at > now:
            left.append("It ends in the future. Sign it when it is over, or correct the day or the time.")
    if not contact.way:
        left.append("Say whether it was by video, by phone, in person or in writing.")
    return left


def _about_people(contact: Contact) -> list[str]:
    left = []
    if contact.kind in TRIES and not contact.outcome:
        left.append("Say whether somebody was reached.")
    if contact.reached:
        if not contact.present:
            left.append("Say who was there.")
        elif contact.kind == "individual" and "patient" not in contact.present:
            left.append("An individual session is with the person. Say that they were there, or choose another kind.")
        elif contact.kind == "family" and not set(contact.present) & set(FAMILY):
            left.append("Say who of the family was there.")
        if contact.with_patient and contact.way != "written":
            if not contact.place:
                left.append("Say where the person was.")
            if not contact.state:
                left.append("Choose the state in which the person was.")
    return left


def _about_words(contact: Contact) -> list[str]:
    written = contact.written or {}
    left = []
    if contact.reached:
        left += [f"Write something under “{heading}”." for heading, text in written.items() if not text.strip()]
        if contact.with_patient and not contact.safety:
            left.append("Say what you saw about safety.")
    elif not any(text.strip() for text in written.values()):
        left.append("Write a line about what you tried.")
    if not contact.next_step.strip():
        left.append("Write the next step.")
    return left


def _about_billing(contact: Contact) -> list[str]:
    if contact.billable is None:
        return ["Say whether it is billable."]
    if contact.billable:
        return (
            [] if contact.reached else ["Nobody was reached, so there is nothing to bill. Say that it is not billable."]
        )
    if not contact.why_not:
        return ["Say why it is not billable."]
    if contact.why_not == "other" and not contact.why_not_words.strip():
        return ["Say in a few words why it is not billable."]
    return []


def warnings(contact: Contact, in_group_that_day: bool) -> list[str]:
    """What payers ask about; none of it stops anyone. in_group_that_day: they were in an IOP group on the same day.

    Source: RULE BILL-02, 04: a day is billed by its per diem or by its services, never by both; an active plan.
    """
    if not contact.billable:
        return []
    found = []
    if in_group_that_day:
        found.append("They were in the group that day. Where the day is paid as a whole, this contact is part of it.")
    if not contact.objective:
        found.append("No objective of the plan is linked. Payers ask what a contact works toward.")
    if contact.way == "phone" and contact.kind in ("individual", "family"):
        found.append("By phone alone: many plans pay sessions by video or in person only.")
    return found
