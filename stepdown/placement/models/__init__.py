"""The tables of placement."""

from stepdown.placement.models.groups import (
    Chair,
    Group,
    Language,
    Program,
    Seat,
    SeatQuerySet,
    Tag,
    TsTzRange,
    during,
    two_breaks,
)
from stepdown.placement.models.waiting import ChainStop, Skip, Urgency, Waiting

__all__ = [
    "ChainStop",
    "Chair",
    "Group",
    "Language",
    "Program",
    "Seat",
    "SeatQuerySet",
    "Skip",
    "Tag",
    "TsTzRange",
    "Urgency",
    "Waiting",
    "during",
    "two_breaks",
]
