"""What is looked at again and again in every room."""

import asyncio
from uuid import uuid4

from stepdown.live.server.hall import Hall
from stepdown.live.server.room import LiveRoom
from stepdown.live.server.servers import Servers


async def test_a_room_that_takes_long_keeps_no_other_one_waiting(settings, tmp_path):
    settings.HELD_LINES = tmp_path / "lines.json"
    hall = Hall(Servers([]))
    hangs, lives = (hall.room(uuid4()) for _ in range(2))
    looks = {hangs: 0, lives: 0}
    enough = asyncio.Event()

    async def look(room: LiveRoom) -> None:
        looks[room] += 1
        if room is hangs:
            await asyncio.Event().wait()
        if looks[room] == 3:
            enough.set()

    hall.start(hall._again_and_again(0, look))
    await asyncio.wait_for(enough.wait(), 10)
    await hall.close()
    assert looks[hangs] == 1
