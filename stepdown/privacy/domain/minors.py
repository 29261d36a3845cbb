"""Who has to sign what a person under 18 agrees to, and whether the center admits them at all.

The rule is that of the state in which the person takes part, as for the licenses of those who treat them: by video,
care is given where the patient is. The home center's state, or that of a parent, plays no part.
Source: 42 CFR 2.14; RULE PRIV-15.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stepdown.kernel.decision import ALLOW, Decision, refuse
from stepdown.privacy.domain.retention import OF_AGE, years_after

YOUNGEST = 10
OLDEST = OF_AGE - 1


class Signs(StrEnum):
    """Who signs: the patient, who is of age; a minor who may decide on this care alone; a minor and a parent."""

    PATIENT = "patient"
    MINOR_ALONE = "minor_alone"
    MINOR_AND_PARENT = "minor_and_parent"


class Relation(StrEnum):
    """What somebody who signs with a minor is to them."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    OTHER = "other"  # somebody else whom the law of the state lets decide


@dataclass(frozen=True)
class StateRule:
    """What a center decided for one state, from the law there. signs: MINOR_ALONE or MINOR_AND_PARENT; None: it admits
    no minors there any more. from_age: whole years."""

    signs: Signs | None
    from_age: int = OLDEST


def is_minor(born: date, day: date) -> bool:
    """Whether somebody is under 18 on that day, where they are. Who was born on February 29 is 18 on March 1 of a year
    without that day: nobody is taken to be of age a day too early."""
    return not is_aged(born, OF_AGE, day)


def is_aged(born: date, age: int, day: date) -> bool:
    return day >= years_after(born, age)


def who_signs(born: date, day: date, rule: StateRule | None) -> Signs | None:
    """Who has to sign on that day; None for a minor whom the rule of their state, if there is one, does not cover."""
    if not is_minor(born, day):
        return Signs.PATIENT
    if rule is None or rule.signs is None or not is_aged(born, rule.from_age, day):
        return None
    return rule.signs


def admit(born: date, day: date, state: str, rule: StateRule | None) -> Decision:
    """Whether somebody of that age may be admitted. state: in words, or "" while nobody has asked for it."""
    if not is_minor(born, day):
        return ALLOW
    if not state:
        return refuse("The person is under 18. Ask in which state they are: the rule for minors there decides.")
    if rule is None or rule.signs is None:
        return refuse(
            f"The person is under 18, and this center admits no minors in {state}. Close the inquiry, and write down "
            "where they were sent."
        )
    if not is_aged(born, rule.from_age, day):
        return refuse(
            f"The person is under 18, and in {state} this center admits minors from the age of {rule.from_age}. Close "
            "the inquiry, and write down where they were sent."
        )
    return ALLOW
