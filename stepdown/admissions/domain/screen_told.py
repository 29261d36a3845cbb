"""What the answers of a self-screen tell the person who calls back, in staff's words.

The questions themselves are those of the instrument "iop-self-screen"; each is answered 1 (yes), 0 (no) or left out.
"""

from collections.abc import Mapping
from typing import Any

# In the order in which a caller needs to know: (item, when yes).
ITEMS: tuple[tuple[str, str], ...] = (
    ("ss_self_harm", "Thoughts of suicide now or in the past month"),
    ("ss_overdose", "An overdose in the past 30 days"),
    ("ss_stop_sick", "Gets sick when stopping, or had a seizure"),
    ("ss_daily_heavy", "Uses heavily every day"),
    ("ss_home_unsafe", "Home is unsafe, or others there use"),
    ("ss_dui", "A DUI or other legal problem"),
    ("ss_cannot_leave", "Cannot leave work or family"),
    ("ss_duties", "Work, school or family suffer"),
    ("ss_family_concern", "Family or friends are worried"),
    ("ss_time_money", "More and more time or money"),
    ("ss_lost_control", "Drinks or uses more than meant"),
    ("ss_tried_stop", "Tried to stop and could not"),
)
CALL_FIRST = ("ss_self_harm", "ss_overdose")


def said_yes(answers: Mapping[str, Any] | None, item: str) -> bool:
    """Whether the answer to one question is yes. Left out is not yes."""
    return (answers or {}).get(item) in (1, True, "1")


def told(answers: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """(what it is about, "Yes" or "No") for each question answered."""
    given = answers or {}
    return [(words, "Yes" if said_yes(given, item) else "No") for item, words in ITEMS if given.get(item) is not None]


def headline(answers: Mapping[str, Any] | None) -> str:
    """The two things that matter most before the call, as one line; "" when nothing was answered yes."""
    yes = [words for item, words in ITEMS if said_yes(answers, item)]
    return f"{'; '.join([yes[0], *(each[0].lower() + each[1:] for each in yes[1:2])])}." if yes else ""


def dangers(answers: Mapping[str, Any] | None) -> frozenset[str]:
    """The questions about danger that were answered yes."""
    return frozenset(item for item in CALL_FIRST if said_yes(answers, item))


def call_first(answers: Mapping[str, Any] | None) -> bool:
    """Whether someone should call before everyone else who waits."""
    return bool(dangers(answers))
