"""The rules in plain words for staff, and the question to ask for each answer that is missing.

Every rule the advice can list has a sentence about this person, what it means, and the levels it speaks for.
Source: program manual, "Level of care", sections 3 and 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .advice import (
    EMERGENCY_NOW,
    IOP,
    OUT_OF_SCOPE,
    OUTPATIENT,
    PHP,
    RESIDENTIAL,
    WITHDRAWAL_MANAGEMENT,
    Advice,
    advise,
)
from .answers import merged, value_at


@dataclass(frozen=True)
class Reason:
    """One rule that fired. `sentence` says what is so, `meaning` what follows; `pulls` is for, against or note."""

    rule: str
    sentence: str
    meaning: str
    pulls: str


@dataclass(frozen=True)
class Question:
    """Something still to ask: the dotted path, the words, and the part of the assessment where it stands."""

    path: str
    words: str
    part: str


NOTE = "note"  # speaks for no level: something to arrange or to look at again
AGAINST = "against"

_NOW = "A clinician takes over this minute and chooses 911, 988, the emergency department or an evaluation this hour."
_MEDICAL = "Stopping is not safe without medical care. That comes first."
_HOME = "Care around the clock in a safe place is usually right."
_DAILY = "More hours each week than intensive outpatient gives."
_SIGN = "One of the signs that intensive outpatient care may be right."

RULES: dict[str, tuple[str, str, str]] = {
    # id: (speaks for, sentence, meaning)
    "E1": (EMERGENCY_NOW, "There is intent or a plan for suicide.", _NOW),
    "E2": (EMERGENCY_NOW, "There was suicidal behavior in the past 3 months.", _NOW),
    "E3": (EMERGENCY_NOW, "There is intent to kill someone.", _NOW),
    "E4": (EMERGENCY_NOW, "Overdose, or not responding, right now.", _NOW),
    "E5": (EMERGENCY_NOW, "Severe withdrawal right now: a seizure, confusion or seeing things.", _NOW),
    "E6": (EMERGENCY_NOW, "Acute psychosis or delirium.", _NOW),
    "E7": (EMERGENCY_NOW, "A medical emergency right now.", _NOW),
    "E8": (EMERGENCY_NOW, "Immediate danger of violence.", _NOW),
    "E9": (EMERGENCY_NOW, "A withdrawal score in the severe range: CIWA-Ar 19 or more, or COWS 25 or more.", _NOW),
    "E10": (EMERGENCY_NOW, "Withdrawal, health or mood is rated 4: immediate danger.", _NOW),
    "SC1": (
        OUT_OF_SCOPE,
        "The person is under 18.",
        "These rules are for adults. Where the center admits no minors, help them reach care for young people.",
    ),
    "C3": (
        AGAINST,
        "What was said about home and its rating do not fit together.",
        "Look at both again before deciding.",
    ),
    "C4": (AGAINST, "The withdrawal score is higher than its rating says.", "Look at both again. The score counts."),
    "W1": (WITHDRAWAL_MANAGEMENT, "Withdrawal is rated 3, serious.", _MEDICAL),
    "W2": (WITHDRAWAL_MANAGEMENT, "CIWA-Ar is between 10 and 18.", _MEDICAL),
    "W3": (WITHDRAWAL_MANAGEMENT, "COWS is between 13 and 24.", _MEDICAL),
    "W4": (WITHDRAWAL_MANAGEMENT, "Daily alcohol or sedatives, and a seizure or delirium in the past.", _MEDICAL),
    "W5": (WITHDRAWAL_MANAGEMENT, "Pregnant and dependent on opioids, without medication for it.", _MEDICAL),
    "W7": (WITHDRAWAL_MANAGEMENT, "Withdrawal is rated 2, and there is no safe place to go through it.", _MEDICAL),
    "W6": (NOTE, "Withdrawal is rated 2.", "Arrange medical withdrawal support beside the advised level."),
    "W8": (NOTE, "Drinks or takes sedatives every day.", "Arrange medical clearance before the first group."),
    "R1": (RESIDENTIAL, "Home is not safe.", _HOME),
    "R2": (RESIDENTIAL, "Lives with people who drink heavily or use.", _HOME),
    "R3": (RESIDENTIAL, "Has no stable place to live.", _HOME),
    "R4": (RESIDENTIAL, "Home is rated 3 or 4, serious.", _HOME),
    "R5": (RESIDENTIAL, "Risk of use is rated 4.", "Outpatient care cannot keep up with this risk."),
    "R6": (
        RESIDENTIAL,
        "Intensive outpatient care did not hold before, and risk of use is serious.",
        "The same again is unlikely to be enough.",
    ),
    "M1": (RESIDENTIAL, "Health is rated 3, serious.", "Residential care with medical staff."),
    "R8": (NOTE, "There is somewhere safe to stay instead.", "Home alone no longer points to residential care."),
    "C1": (
        AGAINST,
        "Work, school or family cannot be left.",
        "Safety still comes first. Talk about what could free them.",
    ),
    "C2": (AGAINST, "Does not want residential care.", "Talk about why it is advised, and write down a refusal."),
    "M2": (PHP, "Mood or thinking is rated 3, serious.", _DAILY),
    "P2": (PHP, "Risk of use is rated 3, serious.", _DAILY),
    "P3": (PHP, "Readiness is rated 3 or more, and risk of use 2 or more.", _DAILY),
    "D1": (IOP, "Work, school or family cannot be left.", "Intensive outpatient care fits around them."),
    "D2": (IOP, "Work, school or family cannot be left.", "Intensive outpatient care fits around them."),
    "I1": (IOP, "A moderate or severe substance use disorder.", "Intensive outpatient care is the usual start."),
    "I2a": (IOP, "A DUI or OWI citation.", _SIGN),
    "I2b": (IOP, "Family or friends are worried.", _SIGN),
    "I2c": (IOP, "More and more time and money goes into it.", _SIGN),
    "I3": (IOP, "Outpatient care was not enough before.", "A step up from it."),
    "I4": (
        IOP,
        "Comes from hospital, residential, partial hospitalization or withdrawal care.",
        "A step down from it.",
    ),
    "I5": (IOP, "Readiness, risk of use or home is rated 2 or more.", "Needs active work several days a week."),
    "I6": (IOP, "In remission, with a risk of use of 2 or more.", "Support now may prevent a return to use."),
    "I7": (
        IOP,
        "Not yet steady enough to leave intensive outpatient care.",
        "Risk of use and home should both be 0 or 1.",
    ),
    "P1": (RESIDENTIAL, "Wants residential care.", "Nothing else calls for it. Talk it through together."),
    "O1": (OUTPATIENT, "A mild disorder, and nothing that calls for more.", "Weekly care is enough."),
    "O2": (OUTPATIENT, "No disorder, but there are signs.", "Education or early help, such as after a DUI."),
    "O3": (OUTPATIENT, "No disorder and no signs.", "Treatment is not needed now."),
    "O4": (OUTPATIENT, "In remission, with a low risk of use.", "Weekly care keeps what was reached."),
    "O5": (
        OUTPATIENT,
        "Finished intensive outpatient care; risk of use and home are low.",
        "Aftercare is the next step.",
    ),
    "O6": (OUTPATIENT, "A moderate disorder with every rating 0 or 1, and no signs.", "Weekly care may be enough."),
    "T1": (NOTE, "No private place for video.", "Look for one together, or offer care in person."),
    "T2": (NOTE, "No device or internet for video.", "Lend or arrange one, or offer care in person."),
    "T3": (
        NOTE,
        "No counselor here is licensed in this person's state.",
        "We cannot admit them. Help them find care there.",
    ),
}

_ASK: dict[str, tuple[str, str]] = {
    # path: (words, part)
    "emergency.suicidal_intent_or_plan": ("Intent or a plan for suicide?", "danger"),
    "emergency.suicide_behavior_3mo": ("Suicidal behavior in the past 3 months?", "danger"),
    "emergency.overdose_or_unresponsive_now": ("Overdose, or not responding, now?", "danger"),
    "emergency.severe_withdrawal_now": ("Severe withdrawal now?", "danger"),
    "age": ("Date of birth?", "about"),
    "withdrawal.daily_alcohol_or_sedative": ("Alcohol or sedatives every day?", "withdrawal"),
    "home.safe": ("Is home a safe place?", "home"),
    "home.lives_with_people_who_use": ("Does anyone there drink heavily or use?", "home"),
    "dsm_severity": ("How severe is the disorder?", "history"),
    "ratings.d1": ("Your rating of withdrawal", "withdrawal"),
    "ratings.d2": ("Your rating of health", "health"),
    "ratings.d3": ("Your rating of mood and thinking", "mood"),
    "ratings.d4": ("Your rating of readiness", "readiness"),
    "ratings.d5": ("Your rating of risk of use", "use"),
    "ratings.d6": ("Your rating of home and people", "home"),
    # Not required by the rules, but each can change the advice or whether video works.
    "home.safe_alternative_housing": ("Somewhere safe to stay instead?", "home"),
    "duties.can_take_leave": ("Can work, school or family be left for a while?", "duties"),
    "telehealth.private_space": ("A private room for video?", "video"),
    "telehealth.device_and_internet": ("A device and internet?", "video"),
    "telehealth.in_licensed_state": ("Which state are they in?", "about"),
}

CONFIDENCE = {
    "clear": "Clear",
    "borderline": "Borderline: two levels are close",
    "conflict": "Reasons pull in different directions",
    "incomplete": "Not everything is known yet",
}

ALTERNATIVES = {
    "after stabilisation: RESIDENTIAL": "After withdrawal is over: residential care.",
    "after stabilisation: IOP or PHP": "After withdrawal is over: intensive outpatient or partial hospitalization.",
    "IOP with safe recovery housing": "Intensive outpatient, with safe recovery housing.",
    "PHP or IOP with safe housing and a documented refusal": (
        "Partial hospitalization or intensive outpatient, with safe housing and the refusal written down."
    ),
    PHP: "Partial hospitalization.",
    RESIDENTIAL: "Residential care.",
    IOP: "Intensive outpatient.",
    OUTPATIENT: "Outpatient.",
}


def reasons(advice: Advice) -> list[Reason]:
    """Why, in the order the rules fired. A reason for another level than the advised one pulls against it."""
    level = advice.provisional_advice or advice.advice
    found = []
    for rule in advice.rules:
        speaks_for, sentence, meaning = RULES[rule]
        pulls = "for" if speaks_for == level else NOTE if speaks_for == NOTE else AGAINST
        found.append(Reason(rule, sentence, meaning, pulls))
    return found


def questions(advice: Advice, answers: Mapping[str, Any]) -> list[Question]:
    """What is still to ask: what must be known first, then what could change the advice or where care can be given."""
    may_change = ["telehealth.private_space", "telehealth.device_and_internet", "telehealth.in_licensed_state"]
    if not {"R1", "R2", "R3", "R4", "W7"}.isdisjoint(advice.rules):
        may_change = ["home.safe_alternative_housing", "duties.can_take_leave", *may_change]
    open_ones = [path for path in may_change if value_at(answers, path) is None]
    return [Question(path, *_ASK[path]) for path in [*advice.missing, *open_ones]]


def with_a_safe_place(answers: Mapping[str, Any]) -> Advice | None:
    """What the advice would become if the person had somewhere safe to stay; None when that changes nothing."""
    now = advise(answers)
    if value_at(answers, "home.safe_alternative_housing") is True or now.advice not in (
        RESIDENTIAL,
        WITHDRAWAL_MANAGEMENT,
    ):
        return None
    then = advise(merged(answers, {"home": {"safe_alternative_housing": True}}))
    return then if then.advice != now.advice else None
