"""How one person's line is made anew: out under the old join, and in again under a new one."""

import asyncio
import time
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from stepdown.live.domain.stays import Kind
from stepdown.live.models import InboxEvent
from stepdown.live.server.line import LONGEST_PATIENCE, Pauses

if TYPE_CHECKING:
    from stepdown.live.server.caller import Caller


class Mending:
    """One for each caller. `not_before`: time.monotonic() before which they do not come in again."""

    def __init__(self, caller: "Caller") -> None:
        self._caller = caller
        self._pauses = Pauses()
        self.not_before = 0.0

    async def again(self, why: str, kind: Kind = Kind.LEFT) -> None:
        """Sound and picture were lost: comes in again as soon as can be."""
        self._caller.say("again", why=why)
        await self._caller.go_out(kind)
        pause = self._pauses.next(time.monotonic(), server_died=kind == Kind.SERVER_DIED)
        self.not_before = time.monotonic() + pause
        await asyncio.sleep(pause)
        await self._caller.room.bring_in(self._caller)

    async def redo_line(self, lost_at: datetime) -> None:
        """Sound and picture have not come through since then."""
        self._be_patient()
        self._caller.witness(Kind.MEDIA_LOST, lost_at, source=InboxEvent.Source.MEDIA)
        await self.again("line")

    async def lost(self, join: UUID) -> None:
        """The media server has no line of that join any more."""
        # When the whole server died, its control line closes in the same moment.
        await asyncio.sleep(0.02)
        caller = self._caller
        if caller.join != join or caller.is_over:
            return
        if caller.server is None or not caller.server.lives(caller.life):
            await self.again("media_server", Kind.SERVER_DIED)
        else:
            self._be_patient()
            await self.again("line")

    def _be_patient(self) -> None:
        self._caller.line.patience = min(self._caller.line.patience * 2, LONGEST_PATIENCE)
