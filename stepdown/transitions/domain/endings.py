"""Why an episode ends, and how it is counted outside.

A return to use is a clinical event and never a reason to end care, so there is no such reason to choose.
Source: glossary, enum `episode_status` with its TEDS discharge codes; program manual, "Discharge".
"""

# Episode status: code of the Treatment Episode Data Set (discharges).
TEDS_CODE = {
    "completed": 1,
    "transferred": 4,
    "left_against_advice": 2,
    "no_contact": 2,
    "administrative_discharge": 3,
    "incarcerated": 5,
    "deceased": 6,
    "other": 7,
}
# What to think of before choosing it; beside the choice on the page.
WHEN = {
    "completed": "Reached what they came for, at the planned end or in Aftercare.",
    "transferred": "Goes on with another provider. Moving inside the program is a step, not a discharge.",
    "left_against_advice": "Chose to stop before we thought it wise.",
    "no_contact": "At least three tries by two ways, and a letter.",
    "administrative_discharge": "Violence, threats or dealing only. With a referral and the way to appeal.",
    "incarcerated": "Cannot take part for that reason.",
    "deceased": "A critical incident report follows.",
    "other": "Say what in the note.",
}


def teds_code(status: str) -> int:
    """The TEDS discharge code, 1 to 7. Raises KeyError for a status that does not end an episode."""
    return TEDS_CODE[status]
