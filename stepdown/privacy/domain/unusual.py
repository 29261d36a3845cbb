"""Which looks a privacy officer should ask about. Each is a question, and no verdict.

Source: 45 CFR 164.308(a)(1)(ii)(D), review of activity: own relatives by name, number or address, after hours,
many records, several refusals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

NIGHT_FROM, NIGHT_UNTIL = 23, 5  # o'clock where the one who looks works
MANY, MANY_WITHIN = 40, timedelta(hours=1)
REFUSALS = 3  # in one day


class Why(StrEnum):
    HOUSEHOLD = "household"
    RELATIVE = "relative"
    NIGHT = "night"
    MANY = "many"
    REFUSED = "refused"


@dataclass(frozen=True)
class Opened:
    """One record opened, or refused. at: in the zone of who looks. patient: whose; None when nobody's was shown."""

    number: int
    who: UUID
    at: datetime
    patient: UUID | None
    is_refused: bool = False


@dataclass(frozen=True)
class Question:
    """What to ask somebody about: on one day, for one reason, `count` looks, of which `last` is the highest number."""

    why: Why
    who: UUID
    first: Opened
    count: int
    patients: tuple[UUID, ...]
    last: int

    @property
    def last_number(self) -> int:
        """The list of looks opens at these with the number after their last."""
        return self.last + 1


def questions(opened: Iterable[Opened], ties: Mapping[Why, set[tuple[UUID, UUID]]]) -> list[Question]:
    """Newest day first. ties: for each reason that lies in who somebody is, the pairs (who, patient) it holds of."""
    by_day = sorted(opened, key=lambda one: (one.at.date(), str(one.who), one.number), reverse=True)
    found: list[Question] = []
    for _day, group in groupby(by_day, key=lambda one: (one.at.date(), one.who)):
        looks = sorted(group, key=lambda one: one.at)
        shown = [one for one in looks if not one.is_refused and one.patient]
        for why, pairs in ties.items():
            found += _about(why, [one for one in shown if (one.who, one.patient) in pairs])
        found += _about(Why.NIGHT, [one for one in shown if is_night(one.at)])
        found += _about(Why.MANY, _many(shown))
        refused = [one for one in looks if one.is_refused]
        found += _about(Why.REFUSED, refused if len(refused) >= REFUSALS else [])
    return found


def is_night(at: datetime) -> bool:
    return at.hour >= NIGHT_FROM or at.hour < NIGHT_UNTIL


def _many(looks: Sequence[Opened]) -> list[Opened]:
    """The looks of the fullest hour, when more people's records were opened in it than anybody's work asks for."""
    hours = [[one for one in looks if first.at <= one.at < first.at + MANY_WITHIN] for first in looks]
    fullest = max(hours, key=_people, default=[])
    return fullest if _people(fullest) >= MANY else []


def _people(looks: Sequence[Opened]) -> int:
    return len({one.patient for one in looks})


def _about(why: Why, looks: Sequence[Opened]) -> list[Question]:
    if not looks:
        return []
    patients = tuple(dict.fromkeys(one.patient for one in looks if one.patient))
    return [Question(why, looks[0].who, looks[0], len(looks), patients, max(one.number for one in looks))]
