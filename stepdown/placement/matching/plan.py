"""A plan: who would sit where, from when, and why; what it comes to and how much better any plan could be."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Name = Literal[
    "without a chair",
    "urgent without a chair",
    "days to start",
    "wishes unmet",
    "unevenness",
    "new groups",
    "most groups led",
]


class _Values(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Seat(_Values):
    """One proposal. reasons for it, and what stands against it but does not forbid it."""

    person: str
    group: str
    starts_on: date
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class Unplaced(_Values):
    """Somebody without a chair: why, and what would have to change."""

    person: str
    why: tuple[str, ...]
    would_help: tuple[str, ...]


class Opened(_Values):
    """A new group, with who leads it."""

    group: str
    leader: str


class Goal(_Values):
    """One thing aimed at, in the order of the list: what this plan has, and the best any plan could have while it is
    as good in all goals before. bound: None where none is proven.

    urgent without a chair: their weight, by priority and months of waiting. unevenness: the sum of squares of how far
    each group is from the intended size.
    """

    name: Name
    value: int
    bound: int | None


class Plan(_Values):
    """status: "best" when no plan is better in the goals with a bound, "good" otherwise.

    gap: by how much the value of the first goal that is not at its bound could be better, 0 to 1.
    """

    version: Literal[1] = 1
    seed: int
    seconds: float
    status: Literal["best", "good"]
    gap: float
    goals: tuple[Goal, ...]
    placed: tuple[Seat, ...]
    unplaced: tuple[Unplaced, ...]
    opened: tuple[Opened, ...]
