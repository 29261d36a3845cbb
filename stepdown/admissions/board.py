"""The lanes of the admissions board. A later stage adds its lane in its AppConfig.ready():

    from stepdown.admissions import board
    board.register_lane(board.Lane("offered", _("Seat offered"), offered, counts, order=40))

`cards(staff, show)` gives a LaneContent, `counts(staff)` how many there are in it by each filter; both ask the database
the same number of times however many cards there are.
At most four lanes. Who came to a first group is told by the stage that knows: board.tell_first_groups(first_groups).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from stepdown.admissions.domain.waiting import Bar
from stepdown.people.models import Staff

EVERYONE, MINE, STEP_DOWN, COURT = "everyone", "mine", "step-down", "court"
SHOWS = (EVERYONE, MINE, STEP_DOWN, COURT)

CARDS_SHOWN = 12


def condition(staff: Staff, show: str, *, inquiry: str = "", came_from: str = "came_from") -> Q:
    """Which rows a filter shows. `inquiry` leads from the row to its inquiry, `came_from` to where the person was."""
    if show == MINE:
        return Q(**{f"{inquiry}assigned_to": staff})
    if show == STEP_DOWN:
        return ~Q(**{f"{came_from}__in": ["", "direct", "iop"]})
    if show == COURT:
        return Q(**{f"{inquiry}court_or_dui": True})
    return Q()


def count_each(rows: QuerySet[Any], staff: Staff, **leads: str) -> dict[str, int]:
    """How many of the rows each filter shows, in one query. `leads`: as in `condition`."""
    found = rows.aggregate(
        **{f"of_{n}": Count("pk", filter=condition(staff, show, **leads)) for n, show in enumerate(SHOWS)}
    )
    return {show: found[f"of_{n}"] for n, show in enumerate(SHOWS)}


@dataclass(frozen=True)
class Card:
    """One person on the board.

    name, url     the person and their page
    wait          how long, or until when; `tone` is "", "urgent", "attention" or "calm"
    line          what to know before the act
    strong, meta  facts at the foot: one in bold above the other
    act, act_url  the act at the end of the card
    bar           the waiting-time bar, for those who wait for a call
    """

    name: str
    url: str
    wait: str
    act: str
    act_url: str
    tone: str = ""
    line: str = ""
    strong: str = ""
    meta: str = ""
    bar: Bar | None = None


@dataclass(frozen=True)
class LaneContent:
    """What a lane shows. `count` counts everyone in it, `more` says in words who is not shown."""

    cards: list[Card] = field(default_factory=list)
    count: int = 0
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Lane:
    """A lane: key, title, what fills it, how many each filter shows in it, its place (smaller stands first), and what
    it says when nobody is in it."""

    key: str
    title: str | Promise
    cards: Callable[[Any, str], LaneContent]
    counts: Callable[[Any], dict[str, int]]
    order: int
    empty: str | Promise = ""


_lanes: dict[str, Lane] = {}


def register_lane(lane: Lane) -> None:
    """Adds a lane, or replaces the one with its key."""
    _lanes[lane.key] = lane


def lanes() -> list[Lane]:
    return sorted(_lanes.values(), key=lambda lane: lane.order)


FirstGroups = Callable[[datetime, datetime], list[tuple[datetime, datetime]]]
"""(asked at, first group began at) of everyone whose first group began from one moment until another."""

_first_groups: list[FirstGroups] = []


def tell_first_groups(first_groups: FirstGroups) -> None:
    """Who came to a first group, read in one query."""
    _first_groups[:] = [first_groups]


def first_groups(since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    return [way for told in _first_groups for way in told(since, until)]
