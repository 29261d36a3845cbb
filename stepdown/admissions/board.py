"""The lanes of the admissions board. A later stage adds its lane in its AppConfig.ready():

    from stepdown.admissions import board
    board.register_lane(board.Lane("offered", _("Seat offered"), queries.offered_lane, order=40))

`cards(staff, show)` gives a LaneContent; it asks the database the same number of times however many cards there are.
At most four lanes. Who came to a first group is told by the stage that knows: board.tell_first_groups(first_groups).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from stepdown.admissions.domain.waiting import Bar

EVERYONE, MINE, STEP_DOWN, COURT = "everyone", "mine", "step-down", "court"
SHOWS = (EVERYONE, MINE, STEP_DOWN, COURT)

CARDS_SHOWN = 12


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
    """A lane: key, title, what fills it, its place (smaller stands first), and what it says when nobody is in it."""

    key: str
    title: str | Promise
    cards: Callable[[Any, str], LaneContent]
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
