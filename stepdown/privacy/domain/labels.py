"""The label of 42 CFR part 2 on records that came from elsewhere, and whether a record is under part 2.

Source: 42 CFR 2.11, 2.12, 2.32; RULE PRIV-01, PRIV-02, PRIV-20.
"""

from enum import StrEnum

from stepdown.kernel.decision import ALLOW, Decision, refuse


class Came(StrEnum):
    """Which notice stood on a record when it came."""

    WHOLE = "whole"  # the statement of 2.32(a)(1)
    SHORT = "short"  # that of 2.32(a)(2)
    OTHER = "other"  # in other words
    NONE = "none"
    UNKNOWN = "unknown"  # nobody can tell


LABELED = (Came.WHOLE, Came.SHORT, Came.OTHER)


class Source(StrEnum):
    """From whom a record came."""

    HOSPITAL = "hospital"
    PHP = "php"
    COURT = "court"
    CLINICIAN = "clinician"
    OTHER = "other"


def is_part2(decided: bool | None) -> bool:
    """decided: what a privacy officer decided last; None while nobody did. Source: RULE PRIV-01, PRIV-02."""
    return decided is not False


def may_clear(came: Came) -> Decision:
    """Whether what came so may be said to be outside part 2. A notice stays with the record. Source: RULE PRIV-20."""
    if came in LABELED:
        return refuse("It came with a notice of 42 CFR part 2, which stays with it.")
    return ALLOW


def carried(came: Came, *, words: str, whole: str, short: str, decided: bool | None) -> str:
    """The label that goes with a record wherever it goes: the one it came with, word for word; else the short one, as
    long as it is under part 2; "" once that is cleared. words: of another notice. whole, short: those of the law."""
    if came in LABELED:
        return {Came.WHOLE: whole, Came.SHORT: short, Came.OTHER: words}[came]
    return short if is_part2(decided) else ""
