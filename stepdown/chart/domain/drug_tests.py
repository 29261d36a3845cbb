"""When a random drug test falls, so that nobody can know it before, and what its result is called.

Source: RULE PROG-07; program facts, section 7. Days and hours are the project's default.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType

# gaps in days, shortest and longest
AT_THE_START, WHEN_STABLE = (2, 7), (10, 30)
LONGEST = 90
NOTICE_FROM, NOTICE_MINUTES = time(8), 6 * 60  # a notice comes from eight until two
MORNING, TEN, EVENING = time(8), time(10), time(21)
COLLECT_WITHIN: Mapping[str, timedelta] = MappingProxyType(
    {
        "lab": timedelta(hours=24),
        "oral": timedelta(hours=8),
        "breath": timedelta(hours=2),
        "blood": timedelta(days=3),
    }
)


class Result(StrEnum):
    """The only words for a result. Source: glossary, enum `udt_result`; RULE GLO-01."""

    NEGATIVE = "negative"
    EXPECTED = "positive_expected"
    UNEXPECTED = "positive_unexpected"
    INVALID = "invalid"
    MISSED = "missed"


def one_in(on: date, last_on: date, gaps: tuple[int, int], is_open: Callable[[date], bool] = lambda on: True) -> int:
    """The chance of a test on that day, as one in so many; 0: none. Asked once a day, while none was drawn.

    last_on: of the test before, or the day before the first that may have one. gaps: the least and the most days
    between two. Each day on which a test may fall has the same chance when the last test is done, whichever day it is:
    as the days pass without one, the chance of those left rises, and the last of them is certain. When the center is
    closed on all of them, the first day it is open is certain.
    """
    least, most = gaps
    since = (on - last_on).days
    if since < least or not is_open(on):
        return 0
    left = [day for day in range(since, most + 1) if is_open(last_on + timedelta(days=day))]
    return len(left) or 1


def falls(
    on: date,
    last_on: date,
    gaps: tuple[int, int],
    below: Callable[[int], int],
    is_open: Callable[[date], bool] = lambda on: True,
) -> bool:
    """Whether a test falls on that day. below(n): a number from 0 to n - 1 that nobody can foretell (`secrets`)."""
    chance = one_in(on, last_on, gaps, is_open)
    return chance > 0 and below(chance) == 0


def notice_at(on: date, zone: tzinfo, below: Callable[[int], int]) -> datetime:
    """When the patient is told on that day: any minute between eight and two, by their clock."""
    return datetime.combine(on, NOTICE_FROM, zone) + timedelta(minutes=below(NOTICE_MINUTES))


def collect_by(way: str, told_at: datetime, zone: tzinfo) -> datetime:
    """By when it is given. What would end in the night ends at ten in the morning, by the patient's clock."""
    local = (told_at + COLLECT_WITHIN[way]).astimezone(zone)
    if MORNING <= local.time() <= EVENING:
        return local
    return datetime.combine(local.date() + timedelta(days=local.time() > EVENING), TEN, zone)


def panels(always: Iterable[str], sometimes: Iterable[str], below: Callable[[int], int]) -> list[str]:
    """What one test looks for: what each looks for, and of the others each with an even chance."""
    return [*always, *(panel for panel in sometimes if below(2))]
