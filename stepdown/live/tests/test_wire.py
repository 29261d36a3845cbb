"""One line to a media server, when it ends at the worst moment."""

import asyncio
import gc
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError

from stepdown.live.media.interface import MediaGone
from stepdown.live.media.wire import Wire


async def test_a_line_that_ends_while_something_is_sent_is_no_fault_in_the_log():
    faults: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context["message"]))
    wire = Wire("/nowhere", "", lambda *_: None)

    class Ending:
        async def send(self, text: str) -> None:
            wire._end()
            raise ConnectionClosedError(None, None)

    wire._socket = Ending()  # type: ignore[assignment]  # only what asking needs
    with pytest.raises(MediaGone):
        await wire.ask({"janus": "keepalive"})
    gc.collect()
    assert faults == []
