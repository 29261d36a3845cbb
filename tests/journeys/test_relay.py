"""The room for people whose network lets nothing through but the relay."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from aioice.stun import TransactionFailed
from aioice.turn import create_turn_endpoint
from django.utils import timezone

from stepdown.live.relays import credentials
from tests.copies import wait_until
from tests.journeys.scenes import sees

pytestmark = pytest.mark.browser

RELAY_ONLY = """
    window.lines = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(settings) {
            super({ ...settings, iceTransportPolicy: "relay" });
            window.lines.push(this);
        }
    };
"""
WAYS = """async () => {
    const ways = [];
    for (const line of window.lines) {
        if (line.connectionState !== "connected") continue;
        const found = [...(await line.getStats()).values()];
        const used = found.find((one) => one.type === "candidate-pair" && one.nominated);
        ways.push(found.find((one) => one.id === used?.localCandidateId)?.candidateType);
    }
    return ways;
}"""


def test_people_behind_a_relay_see_and_are_seen(scene):
    leader = scene.leader()
    behind = scene.new_page
    pages = []

    def new_page(**options: object):
        pages.append(behind(**options))
        pages[-1].add_init_script(RELAY_ONLY)
        return pages[-1]

    scene.new_page = new_page
    walt, remy = scene.inside("Walt"), scene.inside("Remy")

    for page, others in ((leader, ("Walt", "Remy")), (walt, ("Ines", "Remy")), (remy, ("Ines", "Walt"))):
        for name in others:
            sees(page, name)
    for page in pages:
        wait_until(lambda page=page: page.evaluate(WAYS) == ["relay", "relay"], "both lines go by the relay")


@pytest.mark.parametrize(
    ("secret", "until", "is_let_in"),
    [
        ("ours", timedelta(hours=1), True),
        ("ours", timedelta(minutes=-1), False),
        ("guessed", timedelta(hours=1), False),
    ],
)
def test_the_relay_serves_whom_the_live_process_sends_and_nobody_else(relay, secret, until, is_let_in):
    secret = relay.secret if secret == "ours" else secret
    name, password = credentials(str(uuid4()), secret, timezone.now() + until)

    async def ask() -> bool:
        try:
            transport, _ = await create_turn_endpoint(
                asyncio.DatagramProtocol, server_addr=relay.address, username=name, password=password
            )
        except TransactionFailed:
            return False
        transport.close()
        return True

    # In a thread of its own: a browser's loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: asyncio.run(ask())).result() is is_let_in
