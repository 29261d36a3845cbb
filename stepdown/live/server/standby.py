"""Whether there is video at all: a group is not left before an empty screen without being told where to go."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stepdown.live import services_standby
from stepdown.live.domain import standby
from stepdown.live.server.store import in_database
from stepdown.timetable.models import Session

if TYPE_CHECKING:
    from stepdown.live.server.room import LiveRoom


async def watch(room: "LiveRoom", *, is_known: bool, now: datetime) -> None:
    """To be called every second while the room is open; `is_known`: the tables say that there is no video."""
    away = room.hall.servers.away
    session = Session(pk=room.session)
    if is_known and away is None:
        await in_database(services_standby.video_back, session=session)
    elif not is_known and away is not None and standby.is_due(away) and room.callers:
        await in_database(services_standby.video_away, session=session, since=now - timedelta(seconds=away))
