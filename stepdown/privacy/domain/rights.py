"""By when a patient's request about their own record is answered. Plain rules.

Source: RULE PRIV-28; 45 CFR 164.524(b)(2) (access), 164.526(b)(2) (amendment), 164.528(c)(1) (accounting): one more
30 days, when the patient is told why before the first time is over. 42 CFR 2.24: an intermediary's list, 30 days and no
more. For a request to limit what is shared the law sets no time (45 CFR 164.522(a)); we answer as soon as for access.
"""

from datetime import date, timedelta

ACCESS, AMENDMENT, ACCOUNTING, RESTRICTION, INTERMEDIARY = (
    "access",
    "amendment",
    "accounting",
    "restriction",
    "intermediary",
)
DAYS = {ACCESS: 30, AMENDMENT: 60, ACCOUNTING: 60, RESTRICTION: 30, INTERMEDIARY: 30}
EXTENDABLE = (ACCESS, AMENDMENT, ACCOUNTING)
MORE = timedelta(days=30)


def due_on(kind: str, asked_on: date) -> date:
    """The last day on which the answer is in time. Raises KeyError for a kind that is none."""
    return asked_on + timedelta(days=DAYS[kind])


def extended(due: date) -> date:
    return due + MORE


def why_not_extended(kind: str, due: date, *, extended_already: bool, today: date) -> str:
    """Empty when the time may be made longer on that day."""
    if kind not in EXTENDABLE:
        return "The law gives no more time for this request."
    if extended_already:
        return "The time was made longer once. The law allows no second time."
    if today > due:
        return "The time is over. It can only be made longer before that."
    return ""
