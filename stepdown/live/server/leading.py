"""Whether somebody leads the room: patients are not left alone in it without the center knowing."""

from datetime import datetime
from typing import TYPE_CHECKING

from stepdown.live import services_leading
from stepdown.live.domain import leading
from stepdown.live.server.store import in_database
from stepdown.timetable.models import Session

if TYPE_CHECKING:
    from stepdown.live.server.room import LiveRoom


class Leading:
    """`since`: patients are in the room without a leader since then, as far as this process saw."""

    def __init__(self) -> None:
        self.since: datetime | None = None

    async def watch(self, room: "LiveRoom", *, is_known: bool, now: datetime) -> None:
        """To be called every second while the room is open; `is_known`: the tables say that no leader is there."""
        here = [
            caller
            for caller in room.callers.values()
            if caller.role in ("leader", "patient") and not caller.is_over and room.is_admitted(caller)
        ]
        self.since = leading.alone_since([caller.is_leader for caller in here], self.since, now)
        session = Session(pk=room.session)
        if self.since is None and is_known:
            await in_database(services_leading.leader_back, session=session)
        elif not is_known and self.since and leading.is_too_long(self.since, now):
            await in_database(services_leading.leader_away, session=session, since=self.since)
