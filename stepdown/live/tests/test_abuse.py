"""Whatever a browser sends: refused with a reason, logged by ids alone, and no harm to those who are in the room.

Every visit ends with a second `enter`, which is always out of order. So the reason a visit was refused for tells
whether something before that was refused, or all of it was taken.
"""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from stepdown.live import services, tickets
from stepdown.live.domain.messages import BURST, COMINGS_AT_ONCE, MESSAGE_LIMIT
from stepdown.live.domain.refusals import Reason
from stepdown.live.light_crowd import Crowd
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import patient_at_door
from stepdown.live.tests.test_domain import AUDIO, DATA, VIDEO, sdp
from stepdown.people.models import Patient
from tests.copies import Copy

pytestmark = pytest.mark.browser

SECRET = "marigold"  # stands in everything that is sent here, and must stand in no log
LAST = json.dumps({"t": "enter", "ticket": SECRET})
AT_ONCE = 200
ID = "00000000-0000-4000-8000-000000000000"
Ending = tuple[str | None, int | None]  # (reason, close code)


def said(kind: str, **fields: Any) -> str:
    return json.dumps({"t": kind, **fields})


def offer(*sections: list[str]) -> str:
    return said("publish", jsep={"type": "offer", "sdp": sdp(*sections)})


def answer(*sections: list[str]) -> str:
    return said("answer", jsep={"type": "answer", "sdp": sdp(*sections)})


class Visitors:
    """People who may come to the door and do not keep to the protocol; each comes a few times, then the next does."""

    def __init__(self, crowd: Crowd, group: LiveGroup) -> None:
        self.crowd, self.group = crowd, group
        self.patients: list[Patient] = []
        self._visits: defaultdict[Any, int] = defaultdict(int)

    def patient(self) -> Patient:
        if not self.patients or self._visits[self.patients[-1].pk] >= COMINGS_AT_ONCE:
            self.patients.append(patient_at_door(self.group.session))
            services.let_in(session=self.group.session, patient=self.patients[-1], by=self.group.session.leader)
        self._visits[self.patients[-1].pk] += 1
        return self.patients[-1]

    def ticket(self) -> str:
        return tickets.issue(session=self.group.session, patient=self.patient())

    def inside(self, *texts: str | bytes, ticket: str = "", **enter: Any) -> Ending:
        """One visit that says this when in; `enter` is said beside the ticket."""
        return self.crowd.run(self._visit(said("enter", ticket=ticket or self.ticket(), **enter), [*texts, LAST]))

    def outside(self, *texts: str | bytes) -> Ending:
        """One visit that begins with this, and so gets no further."""
        return self.crowd.run(self._visit("", list(texts)))

    async def _visit(self, enter: str, texts: list[str | bytes]) -> Ending:
        async with connect(self.crowd.url, origin=Origin(self.crowd.origin), max_size=None) as socket:
            try:
                if enter:
                    await socket.send(enter)
                    await until_heard(socket, "in", "sorry")
                for text in texts:
                    await socket.send(text)
            except ConnectionClosed:
                pass  # closed before all was said
            return await ending(socket)


async def until_heard(socket: ClientConnection, *kinds: str) -> dict[str, Any]:
    while True:
        message = json.loads(await socket.recv())
        if message["t"] in kinds:
            if message["t"] == "sorry":
                socket.sorry = message  # type: ignore[attr-defined]
            return message


async def ending(socket: ClientConnection) -> Ending:
    """Reads on to the end."""
    reason = getattr(socket, "sorry", {}).get("reason")
    try:
        while True:
            message = json.loads(await socket.recv())
            if message["t"] == "sorry":
                reason = message["reason"]
    except ConnectionClosed:
        return reason, socket.close_code


@pytest.fixture
def visitors(crowd: Crowd, group: LiveGroup) -> Visitors:
    return Visitors(crowd, group)


@pytest.fixture
def unharmed(product: Copy, crowd: Crowd, group: LiveGroup) -> Iterator[Callable[[], None]]:
    """Two people who behave see each other before, whenever asked, and after, on the very same lines; and the log of
    the live process holds no names and nothing of what was sent."""
    leader = group.leader()
    _, person = group.patient()
    crowd.until_all_see_all([leader, person])
    joins, logged = [leader.join, person.join], len(product.log("live"))

    def check() -> None:
        crowd.until_all_see_all([leader, person])
        assert [leader.join, person.join] == joins
        assert not leader.heard("again")
        assert not person.heard("again")

    yield check
    check()
    log = product.log("live")[logged:]
    people = Patient.objects.filter(seats__group=group.session.group)
    names = {word for one in [group.session.leader, *people] for word in one.name.split()}
    assert "reason=" in log
    assert [word for word in [SECRET, "v=0", "m=audio", "candidate:", *names] if word in log] == []
    assert "Traceback" not in log


# What breaks the protocol, and the reason it is refused for.
BAD: dict[str, tuple[str | bytes, Reason]] = {
    "nothing": ("", Reason.BROKEN),
    "no JSON": (SECRET, Reason.BROKEN),
    "bytes": (SECRET.encode(), Reason.BROKEN),
    "no object": (f'["{SECRET}"]', Reason.BROKEN),
    "very deep": ("[" * 100_000, Reason.BROKEN),
    "a number of five thousand digits": ('{"t": ' + "9" * 5000 + "}", Reason.BROKEN),
    "unknown": (said(SECRET), Reason.BROKEN),
    "a part too many": (said("leave", more=SECRET), Reason.BROKEN),
    "a part of another kind": (said("hand", up=SECRET), Reason.BROKEN),
    "long": (said("chat", text=SECRET + "x" * MESSAGE_LIMIT), Reason.TOO_LONG),
    "a line too long": (said("chat", text=SECRET * 100), Reason.BROKEN),
    "a line that turns its direction": (said("chat", text=f"\u202e{SECRET}"), Reason.BROKEN),
    "half a character": (said("chat", text=f"\ud800{SECRET}"), Reason.BROKEN),
    "no number": ('{"t": "beat", "media": {"in": NaN}}', Reason.BROKEN),
    "endless": ('{"t": "beat", "media": {"in": 1e999}}', Reason.BROKEN),
    "more than can be counted": ('{"t": "beat", "media": {"in": 1' + "0" * 400 + "}}", Reason.BROKEN),
    "what leaders say": (said("end"), Reason.NOT_LEADER),
    "a leader's mute": (said("mute", who=ID), Reason.NOT_LEADER),
    "a candidate with half a character": (
        said("trickle", pc="out", candidate={"candidate": f"candidate:\ud800{SECRET}"}),
        Reason.BROKEN,
    ),
    "a candidate with more in it": (
        said("trickle", pc="out", candidate={"candidate": "candidate:1", SECRET: "x"}),
        Reason.BROKEN,
    ),
    "a description of a thousand lines": (offer([*AUDIO, *[f"a={SECRET}"] * 1000]), Reason.DESCRIPTION),
    "a description of a hundred cameras": (offer(*[VIDEO] * 100), Reason.DESCRIPTION),
    "a description of data alone": (offer(DATA), Reason.DESCRIPTION),
    "an answer with data": (answer(AUDIO, DATA), Reason.DESCRIPTION),
    "a description with half a character": (offer([*AUDIO, f"a=\ud800{SECRET}"]), Reason.DESCRIPTION),
    "a description with a hidden line": (offer([*AUDIO, f"a=x\rm=application {SECRET}"]), Reason.DESCRIPTION),
    "half a public key": (said("public_key", key=SECRET), Reason.BROKEN),
    "a public key of other letters": (said("public_key", key="\u00e9" * 87 + "="), Reason.BROKEN),
    "a key for everybody": (said("sender_key", to={"all": "A" * 83 + "="}), Reason.BROKEN),
    "a key for nobody": (said("sender_key", to={}), Reason.BROKEN),
    "keys for a hundred": (said("sender_key", to={str(uuid4()): "A" * 83 + "=" for _ in range(100)}), Reason.BROKEN),
    "no description": (said("publish", jsep={"type": "offer", "sdp": SECRET}), Reason.DESCRIPTION),
}


def test_what_breaks_the_protocol_is_refused_for_its_reason(visitors: Visitors, unharmed: Callable[[], None]):
    for name, (text, reason) in BAD.items():
        assert (name, *visitors.inside(text)) == (name, reason, 4400)


def test_what_comes_before_or_at_the_wrong_time_is_refused(visitors: Visitors, unharmed: Callable[[], None]):
    beat = said("beat")
    assert visitors.outside(beat) == (Reason.OUT_OF_ORDER, 4403)
    assert visitors.outside(offer(AUDIO)) == (Reason.OUT_OF_ORDER, 4403)
    assert visitors.outside(b"\x00" * 100) == (Reason.BROKEN, 4403)
    assert visitors.outside(said("enter", ticket=SECRET)) == (Reason.TICKET, 4403)
    assert visitors.outside(said("enter", ticket="\ud800a:b:c")) == (Reason.TICKET, 4403)
    ticket = visitors.ticket()
    assert visitors.inside(ticket=ticket) == (Reason.OUT_OF_ORDER, 4400)
    assert visitors.inside(ticket=ticket) == (Reason.TICKET, 4403)
    with time_machine.travel(timezone.now() - timedelta(seconds=tickets.SECONDS + 5)):
        old = visitors.ticket()
    assert visitors.inside(ticket=old) == (Reason.TICKET, 4403)
    assert visitors.inside(*[beat] * (BURST + 100)) == (Reason.TOO_MANY, 4400)
    # An answer to no offer, and candidates of nothing: taken, and of no consequence.
    assert visitors.inside(answer(AUDIO, VIDEO)) == (Reason.OUT_OF_ORDER, 4400)
    assert visitors.inside(said("trickle", pc="in", candidate=None)) == (Reason.OUT_OF_ORDER, 4400)


def test_more_than_any_message_may_have_closes_the_socket_unread(visitors: Visitors, unharmed: Callable[[], None]):
    assert visitors.inside(said("chat", text=SECRET * 500_000)) == (None, 1009)
    assert visitors.outside(SECRET) == (Reason.BROKEN, 4403)


def test_descriptions_the_media_server_cannot_use_end_in_no_harm(visitors: Visitors, unharmed: Callable[[], None]):
    for text in (
        offer(["m=audio 9 UDP/TLS/RTP/SAVPF 111", "a=mid:0", f"a={SECRET}"]),
        offer(["m=audio", "a=mid:0"]),
        offer([*AUDIO, *[f"a=candidate:{SECRET} 1 udp 1 192.0.2.1 9 typ host"] * 200]),
        offer(["m=video 99999999999999999999 UDP/TLS/RTP/SAVPF 96", f"a=mid:{SECRET}", "a=sendonly"]),
        answer(*[AUDIO] * 300),
        said("trickle", pc="out", candidate={"candidate": f"candidate:{SECRET}", "sdpMid": "9", "sdpMLineIndex": 999}),
    ):
        assert visitors.inside(text) in ((Reason.OUT_OF_ORDER, 4400), (Reason.DESCRIPTION, 4400))


def test_nothing_reaches_into_another_room(
    crowd: Crowd, group: LiveGroup, visitors: Visitors, unharmed: Callable[[], None]
):
    other = LiveGroup(crowd)
    stranger = other.leader()
    _, member = other.patient()
    crowd.until_all_see_all([stranger, member])
    inside = [one for one in crowd.people if one not in (stranger, member)]
    heard = [len(one.said) for one in inside]
    for one in inside:
        for kind, more in (("mute", {}), ("ask", {"what": "camera"}), ("give_turn", {}), ("hand_down", {})):
            crowd.run(stranger.say(kind, who=one.join, **more))
    crowd.run(member.say("unseen", who=[one.join for one in inside]))
    mine = visitors.patient()
    for kind in ("let_in", "send_out"):
        crowd.run(stranger.say(kind, patient=str(mine.pk)))
        crowd.run(stranger.say(kind, patient=str(uuid4())))
    crowd.until(lambda: len(stranger.heard("no")) == 2, "a rule says no to letting in who has no seat there")
    told = {message["t"] for one, count in zip(inside, heard, strict=True) for message in one.said[count:]}
    assert not told & {"muted", "asked", "turn", "hand", "sent_out"}
    crowd.until_all_see_all([stranger, member])
    # What one may say in one's own room means nothing about people of another.
    assert visitors.inside(said("unseen", who=[stranger.join])) == (Reason.OUT_OF_ORDER, 4400)
    # Nobody goes on with the sound and picture of somebody else.
    for one in (stranger, *inside):
        assert visitors.inside(was=one.join) == (Reason.OUT_OF_ORDER, 4400)
    crowd.until_all_see_all([stranger, member])


def test_one_persons_flood_of_sockets_keeps_nobody_else_waiting(
    crowd: Crowd, group: LiveGroup, visitors: Visitors, unharmed: Callable[[], None]
):
    patient = visitors.patient()
    entering = [said("enter", ticket=tickets.issue(session=group.session, patient=patient)) for _ in range(AT_ONCE)]

    async def come(enter: str) -> str:
        async with connect(crowd.url, origin=Origin(crowd.origin)) as socket:
            await socket.send(enter)
            message = await until_heard(socket, "in", "moved", "sorry")
            if message["t"] == "in":
                message = await until_heard(socket, "moved", "sorry", "sent_out")
            return str(message.get("reason", message["t"]))

    async def flood() -> list[asyncio.Task[str]]:
        return [asyncio.create_task(come(enter)) for enter in entering]

    tasks = crowd.run(flood())
    _, other = group.patient()
    crowd.until(lambda: other.join, "somebody else comes in meanwhile")
    unharmed()
    crowd.until(lambda: sum(task.done() for task in tasks) >= AT_ONCE - 1, "all but the newest are let go")
    ends = [task.result() for task in tasks if task.done()]
    assert set(ends) == {Reason.TOO_OFTEN, "moved"}
    assert ends.count("moved") < COMINGS_AT_ONCE * 2
    services.send_out(session=group.session, patient=patient, by=group.session.leader)
    crowd.until(lambda: all(task.done() for task in tasks), "the newest is sent out")


def test_noise_is_refused_or_means_nothing(visitors: Visitors, unharmed: Callable[[], None]):
    """Messages of the protocol with their parts broken at random, from a seed that never changes."""
    dice = random.Random(20260311)
    good = [
        {"t": "media", "mic": True, "camera": False, "sound_only": True},
        {"t": "hand", "up": True, "since": 1_772_000_000_000},
        {"t": "beat", "media": {"in": 1200}},
        {"t": "unseen", "who": [ID]},
        {"t": "chat", "text": SECRET},
        {"t": "react", "word": "with_you"},
        {"t": "public_key", "key": "A" * 87 + "="},
        {"t": "sender_key", "to": {ID: "A" * 83 + "="}},
        {"t": "key_wanted", "who": ID},
        {"t": "reply", "what": "mic", "yes": True},
        {"t": "trickle", "pc": "out", "candidate": {"candidate": f"candidate:{SECRET}", "sdpMid": "0"}},
        {"t": "publish", "jsep": {"type": "offer", "sdp": sdp(AUDIO)}},
    ]
    odd = [None, True, -1, 2**70, 1.5, "", "\u0000", SECRET, ID, [], [SECRET], {}, {"t": "end"}, "x" * 2000]
    for _ in range(40):
        message = dict(dice.choice(good))
        part = dice.choice(list(message))
        match dice.randrange(4):
            case 0:
                del message[part]
            case 1:
                message[part] = dice.choice(odd)
            case 2:
                message[SECRET] = dice.choice(odd)
        text = json.dumps(message)
        if dice.random() < 0.3:
            text = text[: dice.randrange(len(text))]
        reason, code = visitors.inside(text)
        assert (text, reason in set(Reason) - {Reason.FAILED}, code) == (text, True, 4400)
