"""Days that a patient pays for in full themself, so that their health plan hears nothing of them. Plain rules.

The law gives nobody a choice: who pays in full and asks for it must be heard, and only what another law requires goes
to the plan all the same. It holds from the moment it is asked for, also before somebody has seen the money, as what a
plan was told cannot be taken back. Source: 45 CFR 164.522(a)(1)(vi); 42 CFR 2.26; RULE PRIV-29.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from stepdown.privacy.domain.sharing import TPO, Purpose, Whom

# Words that many plans have in their names.
OF_MANY = frozenset({"health", "healthcare", "care", "plan", "plans", "insurance", "company", "medical", "group"})
# Who is handed something about payment to pass it on to a plan, whatever the plan is called.
ON_THE_WAY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {Whom.HELPER: (Purpose.PAYMENT,), Whom.INTERMEDIARY: (Purpose.PAYMENT, Purpose.OPERATIONS)}
)


class Days(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date

    def touches(self, other: "Days") -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class SelfPaid:
    """plan: the health plan that is not told; "" for every one. last_on: None without an end. asked_at: from when it
    holds; ended_at: when the patient took it back."""

    plan: str
    first_on: date
    last_on: date | None
    asked_at: datetime
    ended_at: datetime | None = None

    @property
    def days(self) -> Days:
        return Days(self.first_on, self.last_on or date.max)


class Hit(NamedTuple):
    """What may not go to a plan: restricted days, those classes of data that hold something of them, and when the
    patient asked last."""

    days: tuple[Days, ...]
    classes: frozenset[str]
    asked_at: datetime


def stands(one: SelfPaid, at: datetime) -> bool:
    return one.asked_at <= at and (one.ended_at is None or at < one.ended_at)


def reaches_a_plan(whom: str, purpose: str) -> bool:
    """Whether a plan learns of it, or may: a plan itself, whatever it says it is for, and who bills one for us."""
    return whom == Whom.PLAN or purpose in ON_THE_WAY.get(whom, ())


def is_their_own_word(purpose: str) -> bool:
    """Whether it is for what the patient themself may have asked for since, and not for the plan's own ends."""
    return purpose not in TPO


def may_be(plan: str, name: str) -> bool:
    """Whether a recipient of that name may be the plan that is meant: it may, unless both names have words of their own
    and none in common. plan: "" for every one."""
    ours, theirs = _own_words(plan), _own_words(name)
    return not ours or not theirs or not ours.isdisjoint(theirs)


def _own_words(name: str) -> set[str]:
    """The words of a name that not many plans have, in small letters."""
    words = re.findall(r"\w+", name.casefold())
    return {word for word in words if len(word) > 2 and word not in OF_MANY}


def applies(one: SelfPaid, *, whom: str, name: str, purpose: str, at: datetime) -> bool:
    """Whether it stands, and this recipient may be, or may tell, the plan that it is about."""
    if not stands(one, at) or not reaches_a_plan(whom, purpose):
        return False
    return whom != Whom.PLAN or may_be(one.plan, name)


def hit(restricted: Iterable[SelfPaid], told: Mapping[str, Iterable[Days]]) -> Hit | None:
    """What of `told` (the days that each class of data tells of) lies on a restricted day; None for nothing."""
    days, classes, asked = dict[Days, None](), set[str](), list[datetime]()
    for one in restricted:
        touched = {data for data, found in told.items() if any(one.days.touches(each) for each in found)}
        if touched:
            days[one.days] = None
            classes |= touched
            asked.append(one.asked_at)
    return Hit(tuple(sorted(days)), frozenset(classes), max(asked)) if asked else None
