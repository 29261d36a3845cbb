"""By when a patient's request about their own record is answered. Plain rules.

Source: RULE PRIV-28; 45 CFR 164.524(b)(2) (access), 164.526(b)(2) (amendment), 164.528(c)(1) (accounting): one more
30 days, when the patient is told why before the first time is over. 42 CFR 2.24: an intermediary's list, 30 days and no
more. For a request to limit what is shared the law sets no time (45 CFR 164.522(a)); we answer as soon as for access.
That a health plan is not told of what the patient paid for is no request that could be refused (164.522(a)(1)(vi)): it
holds when it is asked for, and is confirmed by then.
"""

from datetime import date, timedelta

ACCESS, AMENDMENT, ACCOUNTING, RESTRICTION, SELF_PAY, INTERMEDIARY = (
    "access",
    "amendment",
    "accounting",
    "restriction",
    "self_pay",
    "intermediary",
)
DAYS = {ACCESS: 30, AMENDMENT: 60, ACCOUNTING: 60, RESTRICTION: 30, SELF_PAY: 30, INTERMEDIARY: 30}
EXTENDABLE = (ACCESS, AMENDMENT, ACCOUNTING)
GRANTED = "granted"
MUST_BE_GRANTED = (SELF_PAY,)
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


def why_not_answered(kind: str, outcome: str) -> str:
    """Empty when a request of that kind may be answered so. Source: 45 CFR 164.522(a)(1)(vi); RULE PRIV-29."""
    if kind in MUST_BE_GRANTED and outcome != GRANTED:
        return "The law leaves no choice here: what the patient pays for in full is not told to their health plan."
    return ""
