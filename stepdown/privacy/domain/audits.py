"""Audits and evaluations: what the written agreement has to say, how long one may run, and when it is open.

Source: RULE PRIV-33; 42 CFR 2.53.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stepdown.privacy.domain.sharing import ORDINARY, Whom

LONGEST_DAYS = 180  # of one audit, its first and its last day included
MUST_SAY = ("only", "onward", "back")
"""What the agreement has to say: see `wording_audits.SAYS`."""


class Kind(StrEnum):
    """By whose authority somebody looks."""

    PAYER = "payer"
    LICENSING = "licensing"
    ACCREDITATION = "accreditation"
    INTERNAL = "internal"


WHOM = {Kind.PAYER: Whom.PLAN}
"""What a recipient the accounting calls who looks; anybody else is `Whom.OTHER`."""


class State(StrEnum):
    PREPARED = "prepared"  # nobody sees anything yet
    COMING = "coming"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True)
class Term:
    """from_on, until_on: its first and its last day. is_opened: by a privacy officer. is_ended: by hand, at once."""

    from_on: date
    until_on: date
    is_opened: bool = False
    is_ended: bool = False


def state(term: Term, today: date) -> State:
    """By itself it ends with its last day, also when it was never opened."""
    if term.is_ended or term.until_on < today:
        return State.ENDED
    if not term.is_opened:
        return State.PREPARED
    return State.COMING if today < term.from_on else State.RUNNING


def left_out(says: Collection[str]) -> list[str]:
    """What the agreement has to say and does not, in the order in which it is asked."""
    return [what for what in MUST_SAY if what not in says]


def is_too_long(from_on: date, until_on: date) -> bool:
    return (until_on - from_on).days >= LONGEST_DAYS


def beyond(classes: Collection[str]) -> set[str]:
    """Classes of data that no audit is shown: counseling notes, and what is no class. Source: RULE PRIV-18."""
    return set(classes) - set(ORDINARY)
