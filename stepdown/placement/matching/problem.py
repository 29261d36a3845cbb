"""A placement problem as plain values, and how it is read from JSON. The schema of the file is made from these classes.

Source of the needs: RULE PROG-01 (a group at its cap, a schedule clash and a state in which the leader is not licensed
refuse a seat); RULE PROG-08 (the leader is licensed where the patient sits).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

PEOPLE_LIMIT, GROUPS_LIMIT = 20_000, 3_000
CHAIRS_LIMIT = 10
Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Weekday = Annotated[int, Field(ge=0, le=6)]
Band = Literal["morning", "evening"]
Today = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
Pair = tuple[Id, Id]


def _of_a_clock(at: time) -> time:
    if at.tzinfo:
        raise ValueError("a time of the clock has no offset; write it like 18:00")
    return at


Clock = Annotated[time, AfterValidator(_of_a_clock)]


class BadProblem(ValueError):
    """The problem cannot be read or makes no sense; the message names the place and what to do."""


class _Values(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Window(_Values):
    """A stretch of the day, on some weekdays (0 is Monday), by the clock of whoever has it."""

    days: tuple[Weekday, ...] = Field(min_length=1, max_length=7)
    begins: Clock
    ends: Clock

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError("it ends before it begins")
        return self


class Wishes(_Values):
    """What a person would like and can do without. days: the weekdays that suit best."""

    band: Band | None = None
    days: tuple[Weekday, ...] = ()
    language: Word | None = None
    tags: tuple[Word, ...] = ()


class Zoned(_Values):
    """Something with a clock of its own. zone: an IANA name."""

    zone: str = Field(max_length=40)

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("there is no time zone of that name; write it like America/Chicago") from None
        return zone


class Person(Zoned):
    """Somebody who waits for a chair.

    available: when they can come, empty for any time. ready_on: the first day they can start. priority: 1 is the most
    urgent. tags: what is true of them, which a group may ask for (women, veterans). not_led_by: ids of leaders they are
    kept apart from.
    """

    id: Id
    program: Word
    state: State
    ready_on: date
    waiting_since: date
    priority: Literal[1, 2, 3] = 2
    available: tuple[Window, ...] = ()
    tags: tuple[Word, ...] = ()
    not_led_by: tuple[Id, ...] = ()
    wishes: Wishes = Wishes()


class Chairs(_Values):
    """So many chairs that are free for good from a day on."""

    free_from: date
    count: int = Field(ge=1, le=CHAIRS_LIMIT)


class Meets(Zoned):
    """A group's meetings. only: what must be true of everyone in it. minutes: length of a meeting."""

    id: Id
    program: Word
    band: Band
    days: tuple[Weekday, ...] = Field(min_length=1, max_length=7)
    starts_at: Clock
    minutes: int = Field(ge=15, le=480)
    language: Word = "en"
    tags: tuple[Word, ...] = ()
    only: tuple[Word, ...] = ()

    @field_validator("days")
    @classmethod
    def _once(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if len(set(days)) != len(days):
            raise ValueError("a weekday is there twice")
        return days


class Group(Meets):
    """A group that meets. co_leader: whose licenses do not count. sitting: ids of those in it, who are not among
    `people`. A closed group lists no chairs."""

    leader: Id
    co_leader: Id | None = None
    sitting: tuple[Id, ...] = ()
    chairs: tuple[Chairs, ...] = ()

    @model_validator(mode="after")
    def _within_ten(self) -> Self:
        if sum(chairs.count for chairs in self.chairs) > CHAIRS_LIMIT:
            raise ValueError(f"a group has at most {CHAIRS_LIMIT} chairs")
        return self


class Option(Meets):
    """A group that could be opened. leaders: who could lead it."""

    leaders: tuple[Id, ...] = Field(min_length=1)
    opens_on: date
    chairs: int = Field(default=CHAIRS_LIMIT, ge=1, le=CHAIRS_LIMIT)


class License(_Values):
    """Both days included; no last day: it does not end."""

    state: State
    first: date
    last: date | None = None


class Leader(_Values):
    """Somebody who leads groups. most_groups: how many at most, those they lead now included."""

    id: Id
    licenses: tuple[License, ...] = ()
    most_groups: int | None = Field(default=None, ge=0)


class Problem(_Values):
    """All that is known. apart: pairs who never sit in one group; together: pairs who would like to.

    intended: how many a group should seat. opens_with: a new group opens with at least so many. horizon: nobody is
    placed later than so many days from today.
    """

    version: Literal[1]
    today: Today
    people: tuple[Person, ...] = Field(max_length=PEOPLE_LIMIT)
    groups: tuple[Group, ...] = Field(default=(), max_length=GROUPS_LIMIT)
    options: tuple[Option, ...] = Field(default=(), max_length=GROUPS_LIMIT)
    leaders: tuple[Leader, ...] = ()
    apart: tuple[Pair, ...] = ()
    together: tuple[Pair, ...] = ()
    intended: int = Field(default=8, ge=1, le=CHAIRS_LIMIT)
    opens_with: int = Field(default=3, ge=1, le=CHAIRS_LIMIT)
    horizon: int = Field(default=120, ge=1, le=365)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for trouble in _troubles(self):
            raise ValueError(trouble)
        return self


def _troubles(problem: Problem) -> Iterator[str]:
    yield from _twice("people", (one.id for one in problem.people))
    yield from _twice("groups and options", (one.id for one in (*problem.groups, *problem.options)))
    yield from _twice("leaders", (one.id for one in problem.leaders))
    leaders = {one.id for one in problem.leaders}
    for number, group in enumerate(problem.groups):
        for name, who in (("leader", group.leader), ("co_leader", group.co_leader)):
            if who is not None and who not in leaders:
                yield f"groups[{number}].{name}: nobody among the leaders is called {who}"
    for number, option in enumerate(problem.options):
        for leader in option.leaders:
            if leader not in leaders:
                yield f"options[{number}].leaders: nobody among the leaders is called {leader}"
    for number, person in enumerate(problem.people):
        for leader in person.not_led_by:
            if leader not in leaders:
                yield f"people[{number}].not_led_by: nobody among the leaders is called {leader}"
    waiting = {one.id for one in problem.people}
    sitting = {one for group in problem.groups for one in group.sitting}
    for number, group in enumerate(problem.groups):
        for one in group.sitting:
            if one in waiting:
                yield f"groups[{number}].sitting: {one} waits and sits at once"
    for name, pairs in (("apart", problem.apart), ("together", problem.together)):
        for number, (one, other) in enumerate(pairs):
            if one == other:
                yield f"{name}[{number}]: {one} is there twice"
            for who in (one, other):
                if who not in waiting and who not in sitting:
                    yield f"{name}[{number}]: nobody is called {who}"


def _twice(where: str, ids: Iterable[str]) -> Iterator[str]:
    for one, count in Counter(ids).items():
        if count > 1:
            yield f"{where}: {one} is there {count} times"


def read(text: str) -> Problem:
    """The problem in that JSON. Raises BadProblem with a sentence that names the line or the field."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadProblem(f"This is no JSON: {error}.") from None
    if isinstance(values, dict):
        for name, limit in (("people", PEOPLE_LIMIT), ("groups", GROUPS_LIMIT), ("options", GROUPS_LIMIT)):
            if isinstance(values.get(name), list) and len(values[name]) > limit:
                raise BadProblem(f"{name}: {len(values[name]):,} are too many; there can be {limit:,}.")
    try:
        return Problem.model_validate(values)
    except ValidationError as error:
        raise BadProblem(_said(error)) from None


def _said(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    words = first["msg"].removeprefix("Value error, ")
    return f"{place}: {words}." if place else f"{words}."
