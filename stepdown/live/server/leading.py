"""Whether somebody leads: patients are not left alone in the room, nor at its door once the group should have begun,
without the center knowing."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from stepdown.live import services_leading
from stepdown.live.domain import leading
from stepdown.live.server.roster import KEPT, Entry, Roster
from stepdown.live.server.store import in_database
from stepdown.timetable.models import Session

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller
    from stepdown.live.server.room import LiveRoom
    from stepdown.live.server.store import Snapshot


class Leading:
    """`since`: patients are in the room or at its door, or on the way back, without a leader since then, as far as this
    process saw, or the one before kept or wrote into the tables."""

    def __init__(self, since: datetime | None = None) -> None:
        self.since = since
        self._began: datetime | None = None
        self._patients = Roster()

    async def watch(self, room: "LiveRoom", snapshot: "Snapshot", now: datetime) -> None:
        """To be called every second until the room is over, also before somebody opens it."""
        known_since = snapshot.leaderless_since
        is_time = snapshot.starts_at <= now <= snapshot.latest_end
        here = [caller for caller in room.callers.values() if not caller.is_over]
        patients: dict[UUID, Entry] = {
            caller.key: {}
            for caller in here
            if caller.role == "patient" and (is_time or (snapshot.is_open and room.is_admitted(caller)))
        }
        leads = [True for caller in here if caller.is_leader] + [False for _ in self._patients.told(patients, now)]
        if self._began is None:
            self._began, self.since = now, known_since or self.since
        # A group that was put off is waited for from its new start.
        if not snapshot.is_open and self.since is not None and self.since < snapshot.starts_at:
            self.since = None
        if not leads and not snapshot.is_open:  # who gave up waiting found nobody there all the same
            return
        # Who was in when the process before ended is on the way back.
        has_begun = now - self._began > KEPT
        if not leads and not has_begun:
            return
        self.since = leading.alone_since(leads, self.since, now)
        session = Session(pk=room.session)
        if self.since is None and known_since is not None:
            await in_database(services_leading.leader_back, session=session)
        elif known_since is None and patients and self.since and has_begun and leading.is_too_long(self.since, now):
            await in_database(services_leading.leader_away, session=session, since=self.since)

    def left(self, caller: "Caller") -> None:
        """They said that they leave, or were sent out: they are not on the way back."""
        self._patients.left(caller.key)
