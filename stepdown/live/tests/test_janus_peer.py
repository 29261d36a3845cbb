"""One person's line to the media server: offers and their answers, in the one order that comes about by chance."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from stepdown.live.media import janus_peer
from stepdown.live.media.interface import Happenings, MediaGone
from stepdown.live.media.janus_peer import JanusPeer
from stepdown.live.media.wire import Message
from stepdown.live.tests.conftest import media_of

SUBSCRIBER = 7


def offer(sdp: str) -> dict[str, Any]:
    """What the media server says when there is something else to receive."""
    data = {"videoroom": "updated", "streams": []}
    return {"janus": "event", "plugindata": {"data": data}, "jsep": {"type": "offer", "sdp": sdp}}


class Wire:
    """Stands for the socket, so that the next offer comes in the same moment as the word that an answer was taken."""

    session = 1

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.peer: JanusPeer | None = None
        self.closed = asyncio.Event()

    async def close(self) -> None:
        self.closed.set()

    async def room(self, handle: int, body: dict[str, Any], jsep: dict[str, str]) -> dict[str, Any]:
        assert self.peer is not None
        self.answers.append(jsep["sdp"])
        if len(self.answers) == 1:
            await self.peer._take(SUBSCRIBER, offer("second"))
        return {}


def test_an_offer_that_comes_with_the_word_that_an_answer_was_taken_is_answered_too():
    offers: list[str] = []

    async def told(jsep: dict[str, str], feeds: dict[str, str]) -> None:
        offers.append(jsep["sdp"])

    async def run() -> JanusPeer:
        wire = Wire()
        peer = wire.peer = JanusPeer(room="room", pin="pin", join="join", happenings=Happenings(offer=told))
        peer._wire, peer._subscriber = wire, SUBSCRIBER  # type: ignore[assignment]  # only what answering needs
        await peer._take(SUBSCRIBER, offer("first"))
        for sdp in ("to the first", "to the second"):
            await peer.answer({"type": "answer", "sdp": sdp})
        assert wire.answers == ["to the first", "to the second"]
        return peer

    held = asyncio.run(run()).held()
    assert offers == ["first", "second"]
    assert held is not None
    assert held["received"] is not None


async def test_a_line_whose_offer_is_not_answered_is_of_no_use_any_more(monkeypatch):
    monkeypatch.setattr(janus_peer, "ANSWER_SECONDS", 0.01)
    lost = asyncio.Event()

    async def told(jsep: dict[str, str], feeds: dict[str, str]) -> None:
        pass

    async def on_lost() -> None:
        lost.set()

    happenings = Happenings(offer=told, lost=on_lost)
    peer = JanusPeer(room="room", pin="pin", join="join", happenings=happenings)
    peer._wire, peer._subscriber = Wire(), SUBSCRIBER  # type: ignore[assignment]  # only what listening needs
    peer._begin()
    await peer._take(SUBSCRIBER, offer("nobody answers it"))
    await asyncio.wait_for(lost.wait(), 5)


@pytest.mark.parametrize("is_sending", [True, False])
async def test_only_who_sends_already_goes_on_where_another_process_stopped(monkeypatch, is_sending):
    class Claimed(Wire):
        def __init__(self, *_: object) -> None:
            super().__init__()

        async def open(self, claimed: int) -> None:
            pass

    async def publishing() -> set[str]:
        return {"join"} if is_sending else set()

    monkeypatch.setattr(janus_peer, "Wire", Claimed)
    before = JanusPeer(room="room", pin="pin", join="join", happenings=Happenings())
    before._wire, before._is_sending = Claimed(), is_sending  # type: ignore[assignment]  # only what is kept of a line
    held = before.held()
    assert held is not None
    after = JanusPeer(room="room", pin="pin", join="join", happenings=Happenings())
    try:
        if is_sending:
            assert await after.resume("", "", held, publishing)
        else:
            with pytest.raises(MediaGone):
                await after.resume("", "", held, publishing)
    finally:
        await after.close()


@pytest.mark.browser
async def test_who_leaves_before_they_are_first_received_costs_nobody_else_their_line(product):
    """The real media server: a receiving handle that it refused is given up, and it says that this one is gone."""
    media, room = media_of(product), str(uuid4())
    heard: list[str] = []
    ready, gone_too = asyncio.Event(), asyncio.Event()

    async def on_ready() -> None:
        ready.set()

    async def lost() -> None:
        heard.append("lost")

    running = asyncio.create_task(media.run(on_ready, on_ready))
    await asyncio.wait_for(ready.wait(), 5)
    peer = await media.join(room, str(uuid4()), Happenings(lost=lost))
    assert isinstance(peer, JanusPeer)
    take = peer._take

    async def taken(handle: int, message: Message) -> None:
        await take(handle, message)
        heard.append(message["janus"])
        if message["janus"] == "detached":
            gone_too.set()

    peer._take = taken  # type: ignore[method-assign]  # to know when that word has come
    try:
        peer._note_publishers([{"id": "who left", "streams": [{"mid": "0"}]}])
        await asyncio.wait_for(gone_too.wait(), 5)
        assert "lost" not in heard
        assert peer.held() is not None
    finally:
        await peer.close()
        await media.destroy_room(room)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
