"""How long records of each class are kept, from when that is counted, and what lets nothing be destroyed.

Source: RULE PRIV-34; 45 CFR 164.316(b), 164.528; 42 CFR 2.19, 422.504(d), 438.3(u). State law and contracts decide how
long charts are kept, so a center changes the figures; only what federal law sets has a least.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OF_AGE = 18
LONGEST = 99


class RecordClass(StrEnum):
    """What is kept for one time, and destroyed together."""

    COUNSELING_NOTES = "counseling_notes"
    CLINICAL = "clinical"
    CARE = "care"
    ACCOUNTING = "accounting"
    HIPAA_DOC = "hipaa_doc"
    PERSON = "person"
    INQUIRIES = "inquiries"
    CONCERNS = "concerns"
    QUESTIONS = "questions"
    GUESTS = "guests"


STRANGERS = frozenset({RecordClass.INQUIRIES, RecordClass.CONCERNS, RecordClass.QUESTIONS, RecordClass.GUESTS})
"""Classes of what came in of people who never became patients, each record by itself; the others are of patients."""
OF_PATIENTS = tuple(each for each in RecordClass if each not in STRANGERS)


class CountsFrom(StrEnum):
    """last_service: the end of the last episode of care. last_entry: that, or the last entry when it came later; of
    strangers, who have no episode, the last entry alone."""

    LAST_SERVICE = "last_service"
    LAST_ENTRY = "last_entry"


@dataclass(frozen=True)
class Rule:
    """Kept for `years` from counts_from; of who was under 18 at the last service, until `minors_until` years of age as
    well (None: no longer than others). source: the law, contract or decision it rests on."""

    years: int
    counts_from: CountsFrom
    minors_until: int | None
    source: str


DEFAULTS = {
    RecordClass.COUNSELING_NOTES: Rule(
        7, CountsFrom.LAST_SERVICE, 25, "As the clinical record; apart from it by 42 CFR 2.11. State law decides."
    ),
    RecordClass.CLINICAL: Rule(
        7, CountsFrom.LAST_SERVICE, 25, "A common default for charts. State law and payers’ contracts decide."
    ),
    RecordClass.CARE: Rule(
        10,
        CountsFrom.LAST_SERVICE,
        28,
        "Contracts of Medicare Advantage and Medicaid managed care: 42 CFR 422.504(d), 438.3(u).",
    ),
    RecordClass.ACCOUNTING: Rule(6, CountsFrom.LAST_ENTRY, None, "45 CFR 164.528; 42 CFR 2.25."),
    RecordClass.HIPAA_DOC: Rule(6, CountsFrom.LAST_ENTRY, None, "45 CFR 164.316(b), 164.530(j)."),
    RecordClass.PERSON: Rule(
        10, CountsFrom.LAST_SERVICE, 28, "As long as the longest class: without it nobody knows whose the rest is."
    ),
    RecordClass.INQUIRIES: Rule(
        7,
        CountsFrom.LAST_ENTRY,
        None,
        "Our own figure: as a chart, as some states take an assessment for one. Federal law sets none.",
    ),
    RecordClass.CONCERNS: Rule(
        7, CountsFrom.LAST_ENTRY, None, "Our own figure: as what is worried about a patient. Federal law sets none."
    ),
    RecordClass.QUESTIONS: Rule(
        6,
        CountsFrom.LAST_ENTRY,
        None,
        "Our own figure: as the accounting of what was told (45 CFR 164.528), beside which it is read.",
    ),
    RecordClass.GUESTS: Rule(
        10,
        CountsFrom.LAST_ENTRY,
        None,
        "Our own figure: as who else was in the room, to tell who saw a group. Federal law sets none.",
    ),
}
"""Until a center decides otherwise."""

LEAST_YEARS = {RecordClass.ACCOUNTING: 6, RecordClass.HIPAA_DOC: 6}
"""What federal law sets: no entry of these is destroyed younger. Source: 45 CFR 164.316(b), 164.528."""


@dataclass(frozen=True)
class Facts:
    """What a person's records of one class say. last_service: the day their last episode ended, or the record was made
    for who was never admitted; None while one is open. first, last: days of the first and the last entry."""

    born: date
    last_service: date | None
    first: date
    last: date


@dataclass(frozen=True)
class Due:
    """on: the first day they may be destroyed. since: the day the years are counted from. by_age: the age that decided
    instead of the years, None when the years did."""

    on: date
    since: date
    by_age: int | None = None


def due(record_class: RecordClass, rule: Rule, facts: Facts) -> Due | None:
    """When records of this class may be destroyed at the earliest; None while an episode is open, as nothing is counted
    then."""
    if facts.last_service is None:
        return None
    since = facts.last_service
    if rule.counts_from == CountsFrom.LAST_ENTRY:
        since = max(since, facts.last)
    found = Due(years_after(since, rule.years), since)
    if record_class in LEAST_YEARS:
        least = Due(years_after(facts.last, LEAST_YEARS[record_class]), facts.last)
        found = max(found, least, key=lambda one: one.on)
    was_minor = facts.last_service < years_after(facts.born, OF_AGE)
    if rule.minors_until is not None and was_minor:
        of_age = Due(years_after(facts.born, rule.minors_until), facts.born, rule.minors_until)
        found = max(found, of_age, key=lambda one: one.on)
    return found


def due_of_strangers(rule: Rule, last: date) -> Due:
    """When what came in of somebody who never became a patient may be destroyed at the earliest. last: the day of the
    last entry. How old they are is not counted, as nobody knows it of most of them. What is not done with yet is not
    asked about."""
    return Due(years_after(last, rule.years), last)


def years_after(day: date, years: int) -> date:
    """The same day so many years on; for February 29 the day after, as that keeps for longer."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def touches(begins: date, ends: date | None, first: date, last: date) -> bool:
    """Whether a hold on everything from `begins` to `ends` (None: without an end), both days included, is about records
    whose first and last entry came on these days."""
    return begins <= last and (ends is None or first <= ends)
