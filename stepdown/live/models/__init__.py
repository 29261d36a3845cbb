"""Tables of the room: `room` what happens at the door and inside, `leading` what leaders do about it, `sides` the small
rooms beside it, `standby` what there is when video does not work, `visits` who else is there."""

from stepdown.live.models.leading import Attempt, CalledBack, Incident, IncidentEntry, LicenseOverride
from stepdown.live.models.room import (
    Admittance,
    Break,
    Decision,
    DoorCheck,
    InboxEvent,
    Join,
    Knock,
    LeaderAway,
    PrivateWord,
    Room,
    Round,
    SeatOfWhoWaits,
    SessionOfRoom,
)
from stepdown.live.models.sides import Pairs, SideMember, SideRoom
from stepdown.live.models.standby import StandbyRoom, VideoAway
from stepdown.live.models.visits import Visit, VisitAnswer

__all__ = [
    "Admittance",
    "Attempt",
    "Break",
    "CalledBack",
    "Decision",
    "DoorCheck",
    "InboxEvent",
    "Incident",
    "IncidentEntry",
    "Join",
    "Knock",
    "LeaderAway",
    "LicenseOverride",
    "Pairs",
    "PrivateWord",
    "Room",
    "Round",
    "SeatOfWhoWaits",
    "SessionOfRoom",
    "SideMember",
    "SideRoom",
    "StandbyRoom",
    "VideoAway",
    "Visit",
    "VisitAnswer",
]
