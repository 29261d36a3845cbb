"""The tables of placement."""

from stepdown.placement.models.apart import KEPT_APART, refuses_leaders
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
    still_open,
    two_breaks,
)
from stepdown.placement.models.pairs import Pair, Wishes
from stepdown.placement.models.proposals import Proposal
from stepdown.placement.models.waiting import ChainStop, Skip, Urgency, Waiting

__all__ = [
    "KEPT_APART",
    "ChainStop",
    "Chair",
    "Group",
    "Language",
    "Pair",
    "Program",
    "Proposal",
    "Seat",
    "SeatQuerySet",
    "Skip",
    "Tag",
    "TsTzRange",
    "Urgency",
    "Waiting",
    "Wishes",
    "during",
    "refuses_leaders",
    "still_open",
    "two_breaks",
]
