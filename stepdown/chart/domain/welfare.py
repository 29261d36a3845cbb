"""What is done when somebody does not come and nobody knows why: one step after the other, faster for whoever is at
risk, until somebody knows that they are safe. Never by itself a discharge.

Source: RULE PROG-06; program facts, section 6. The times are the project's default.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType

NOTICED_AFTER = timedelta(minutes=10)
SECOND_WITHIN = timedelta(days=7)
NO_CONTACT = timedelta(days=14)
IN_A_ROW = 3
LEAST_WEEK = 6 * 60  # minutes
QUARTER = 15  # minutes; a week is counted to the nearest quarter of an hour
ATTEMPTS, WAYS = 3, 2
SOON = timedelta(days=1)
EVENING = time(21)  # no call on the same day after nine
AFTER_GROUP = timedelta(hours=1)


class Act(StrEnum):
    """What somebody does."""

    CALL = "call"
    CONTACT = "contact"  # the emergency contact
    CHECK = "check"  # a welfare check where they are
    WRITE = "write"  # text message or e-mail
    LETTER = "letter"
    INDIVIDUAL = "individual"
    CONFERENCE = "conference"
    REVIEW = "review"


class Came(StrEnum):
    """What came of it."""

    SAFE = "safe"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"
    DANGER = "danger"
    SENT = "sent"
    ASKED = "asked"
    NOT_NEEDED = "not_needed"
    AGREED = "agreed"
    DECLINED = "declined"
    HELD = "held"


MEETINGS = (Act.INDIVIDUAL, Act.CONFERENCE)
# The emergency contact heard from us, in person or on a machine.
CONTACT_WAS_TOLD = (Came.SAFE, Came.DANGER, Came.LEFT_MESSAGE)
TRIED = (Came.SAFE, Came.NO_ANSWER, Came.LEFT_MESSAGE, Came.WRONG_NUMBER, Came.DANGER)
RESULTS: Mapping[Act, tuple[Came, ...]] = MappingProxyType(
    {
        Act.CALL: TRIED,
        Act.CONTACT: TRIED,
        Act.CHECK: (Came.ASKED, Came.SAFE, Came.DANGER, Came.NOT_NEEDED),
        Act.WRITE: (Came.SENT, Came.SAFE, Came.DANGER),
        Act.LETTER: (Came.SENT,),
        Act.INDIVIDUAL: (Came.AGREED, Came.DECLINED),
        Act.CONFERENCE: (Came.HELD,),
        Act.REVIEW: (Came.HELD,),
    }
)
# What is said in words as well: a decision, or the ground for not doing something.
IN_WORDS = frozenset({Came.HELD, Came.NOT_NEEDED, Came.DECLINED, Came.DANGER})


class Level(StrEnum):
    """How fast it goes."""

    ORDINARY = "ordinary"
    SECOND = "second"  # a second absence within a week
    FLAGGED = "flagged"  # at risk before they were missed


SAME_DAY = None  # in the ladder: by the end of that day


def _ladder(*rungs: tuple[Act, timedelta | None]) -> tuple[tuple[Act, timedelta | None], ...]:
    return rungs


LADDER: Mapping[Level, tuple[tuple[Act, timedelta | None], ...]] = MappingProxyType(
    {
        Level.ORDINARY: _ladder(
            (Act.CALL, timedelta(minutes=15)),
            (Act.CALL, SAME_DAY),
            (Act.WRITE, timedelta(days=2)),
            (Act.CALL, timedelta(days=7)),
            (Act.LETTER, timedelta(days=10)),
        ),
        Level.SECOND: _ladder(
            (Act.CALL, timedelta(minutes=15)),
            (Act.CALL, SAME_DAY),
            (Act.CONTACT, SAME_DAY),
            (Act.CHECK, timedelta(days=1)),
            (Act.WRITE, timedelta(days=2)),
            (Act.CALL, timedelta(days=7)),
            (Act.LETTER, timedelta(days=10)),
        ),
        Level.FLAGGED: _ladder(
            (Act.CALL, timedelta(minutes=10)),
            (Act.CALL, timedelta(minutes=30)),
            (Act.CONTACT, timedelta(hours=1)),
            (Act.CHECK, timedelta(hours=2)),
            (Act.WRITE, timedelta(days=1)),
            (Act.CALL, timedelta(days=3)),
            (Act.LETTER, timedelta(days=7)),
        ),
    }
)
"""act, due so long after the group they missed began. Each rung waits for one act of its kind since then."""


@dataclass(frozen=True)
class Case:
    """One person who did not come.

    starts_at: of the latest group they missed; same_day: the end of that day for a call. second: it is the second
    within a week. conference_by, individual_by: when these are due, where they are called for and were not held since.
    may_call_contact: there is an emergency contact, and the patient agreed to a call. last_contact_at: before all of
    it. came_back_at: when they came to a later group, the last time.
    """

    starts_at: datetime
    same_day: datetime
    flagged: bool = False
    second: bool = False
    individual_by: datetime | None = None
    conference_by: datetime | None = None
    may_call_contact: bool = False
    last_contact_at: datetime | None = None
    came_back_at: datetime | None = None

    @property
    def level(self) -> Level:
        return Level.FLAGGED if self.flagged else Level.SECOND if self.second else Level.ORDINARY


@dataclass(frozen=True)
class Step:
    """Something that was done."""

    act: Act
    came: Came
    at: datetime


@dataclass(frozen=True)
class Due:
    """What is to be done, and by when."""

    act: Act
    at: datetime


def next_steps(case: Case, steps: Iterable[Step]) -> tuple[Due, ...]:
    """What stands, the first due first; nothing once it is over. steps: in any order. They are reached when they came
    back or were found safe since the group, and nobody spoke of danger after that."""
    ordered = sorted(steps, key=lambda step: step.at)
    since = [step for step in ordered if step.at >= case.starts_at]
    known_safe = [step.at for step in since if step.came == Came.SAFE]
    known_safe += [case.came_back_at] if case.came_back_at else []
    danger_at = _danger_at(ordered)
    is_reached = bool(known_safe) and (danger_at is None or max(known_safe) > danger_at)
    due = [] if is_reached else [_reaching(case, since, ordered)]
    offered = any(step.act == Act.INDIVIDUAL for step in since)
    if case.individual_by and is_reached and not offered:
        due.append(Due(Act.INDIVIDUAL, case.individual_by))
    if case.conference_by:
        due.append(Due(Act.CONFERENCE, case.conference_by))
    return tuple(sorted((one for one in due if one), key=lambda one: one.at))


def first_of(due: Sequence[Due], now: datetime) -> Due:
    """What is to be done before the rest: what leads to knowing that they are safe and is due within a day, also where
    a meeting about them was due before it; else what is due first.

    due: what stands, of `next_steps`, not empty.
    """
    soon = (one for one in due if one.act not in MEETINGS and one.at <= now + SOON)
    return next(soon, due[0])


def check_after_danger(steps: Iterable[Step], seen_at: datetime | None = None) -> Due | None:
    """The welfare check that danger asks for until it is asked for, or they are known to be safe after it.

    steps: in any order. seen_at: when they were last in a group.
    """
    every = list(steps)
    at = _danger_at(every)
    if at is None or (seen_at and seen_at > at):
        return None
    is_answered = any(
        (step.came == Came.SAFE and step.at > at) or (step.act == Act.CHECK and step.at >= at) for step in every
    )
    return None if is_answered else Due(Act.CHECK, at)


def _danger_at(steps: Iterable[Step]) -> datetime | None:
    """When danger was spoken of last."""
    return max((step.at for step in steps if step.came == Came.DANGER), default=None)


def _reaching(case: Case, since: Sequence[Step], every: Sequence[Step]) -> Due | None:
    """The next step toward knowing that they are safe. Danger goes before the ladder; the review comes after it."""
    if check := check_after_danger(every, case.came_back_at):
        return check
    left = [step.act for step in since]
    for act, at in rungs(case):
        if act not in left:
            return Due(act, at)
        left.remove(act)
    if Act.REVIEW in left:
        return None
    at = (case.last_contact_at or case.starts_at) + NO_CONTACT
    lacks = lacks_for_review([step for step in every if step.at > at - NO_CONTACT])
    return Due(lacks or Act.REVIEW, at)


def rungs(case: Case) -> list[tuple[Act, datetime]]:
    """The ladder of this case with its times, none before the one above it."""
    found: list[tuple[Act, datetime]] = []
    for act, after in LADDER[case.level]:
        if act == Act.CONTACT and not case.may_call_contact:
            continue
        at = case.same_day if after is SAME_DAY else case.starts_at + after
        found.append((act, max([at, *(earlier for _act, earlier in found)])))
    return found


def lacks_for_review(steps: Iterable[Step]) -> Act | None:
    """What the log still lacks before anyone may speak of ending care: three attempts by two ways, and a letter.

    steps: since the last contact.
    """
    acts = [step.act for step in steps]
    ways = {act for act in acts if act in (Act.CALL, Act.WRITE)}
    if len(ways) < WAYS:
        return Act.CALL if Act.CALL not in ways else Act.WRITE
    if sum(act in ways for act in acts) < ATTEMPTS:
        return Act.CALL
    return None if Act.LETTER in acts else Act.LETTER


def same_day(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> datetime:
    """Until when a call is of the same day: nine in the evening, or an hour after a group that ends later.

    starts_at, ends_at: aware, of the group. zone: of the patient.
    """
    evening = datetime.combine(starts_at.astimezone(zone).date(), EVENING, zone)
    return max(evening, ends_at + AFTER_GROUP)


def is_second(missed: Iterable[datetime], starts_at: datetime, zone: tzinfo) -> bool:
    """Whether another group was missed in the week before this one, by the days of the patient's zone, so that a week
    over a change of clocks is one too. missed: when those began, in any order."""
    first = starts_at.astimezone(zone).date() - SECOND_WITHIN
    return any(at < starts_at and at.astimezone(zone).date() >= first for at in missed)


def in_a_row(came: Iterable[bool | None]) -> int:
    """How many groups in a row were missed, the latest first. None: excused or called off, which counts neither way."""
    count = 0
    for one in came:
        if one:
            break
        count += one is False
    return count


def is_short_week(minutes: int, planned: int) -> bool:
    """Whether somebody was in group for less than six hours of a week that offered more.

    minutes: in the room and its breaks; planned: of all groups of theirs that week, excused ones left out.
    """
    return planned >= LEAST_WEEK + QUARTER and round(minutes / QUARTER) * QUARTER < LEAST_WEEK
