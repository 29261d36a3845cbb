"""What the media server passes on of one person, and what it is told of that."""

import asyncio

from stepdown.live.server.silencing import ALL, Silencing

MIDS = {"0": "audio", "1": "video"}


async def test_who_is_silenced_while_all_is_told_anew_is_silenced_as_a_whole():
    silencing = Silencing()
    silencing.forget(MIDS)
    told: list[tuple[str, bool]] = []
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def mute(mid: str, on: bool) -> None:
        told.append((mid, on))
        begun.set()
        await goes_on.wait()

    anew = asyncio.create_task(silencing.hold(MIDS, mute))
    await begun.wait()
    silencing.kinds |= ALL
    assert not silencing.is_whole(MIDS)
    goes_on.set()
    await anew
    await silencing.hold(MIDS, mute)
    assert told == [("0", False), ("1", True), ("0", True)]
    assert silencing.is_whole(MIDS)


async def test_all_is_told_anew_once():
    silencing = Silencing({"audio"})
    silencing.forget(MIDS)
    told: list[tuple[str, bool]] = []

    async def mute(mid: str, on: bool) -> None:
        told.append((mid, on))

    for _ in range(2):
        await silencing.hold(MIDS, mute)
    assert told == [("0", True), ("1", False)]
