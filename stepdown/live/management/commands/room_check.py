"""Tells line by line whether video works here: two made-up people meet in a throw-away room on each media server.

They take the whole way that browsers take, from the address people type to the media server and back, straight and by
each relay; what the media server tells of them, of which attendance is made, is waited for; and nothing of them is
kept. All is asked from this machine, so a firewall between here and the people you serve stays unseen. In encrypted
rooms packets pass the same way; whether browsers can open what is in them, no server can ask.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stepdown.live import tickets
from stepdown.live.domain.refusals import Reason
from stepdown.live.links import public_socket_url
from stepdown.live.server.clocks import TOLERANCE

if TYPE_CHECKING:
    from stepdown.live.light_client import LightPerson
    from stepdown.live.light_crowd import Crowd

SECONDS = 10.0  # for each step; two seconds are plenty on a machine that works
KINDS = {"sound": "sounds_from", "picture": "frames_from"}  # what is sent, and how it is counted


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # it needs no database

    def handle(self, *args: Any, **options: Any) -> None:
        self._failed = 0
        names = [server.name for server in settings.MEDIA_SERVERS] or [""]
        with _crowd() as crowd:
            if self._check_socket(crowd):
                relays = {name: self._check(crowd, name) for name in names}
                if told := [(name, ice) for name, ice in relays.items() if ice is not None]:
                    self._check_relays(crowd, told)
        if self._failed:
            raise CommandError("Video does not work here yet.")

    def _check_socket(self, crowd: "Crowd") -> bool:
        person = crowd.comes(lambda: tickets.issue_for_test(uuid4()))
        crowd.comes_about(lambda: person.is_open or person.is_turned_away, SECONDS)
        if not self._works(person.is_open, f"socket of the live process at {crowd.url}"):
            self._hint(
                "Does the product run, and does the web server before it pass /live/ on? See docs/operations.md."
            )
        return person.is_open

    def _check(self, crowd: "Crowd", server: str) -> list[dict[str, Any]] | None:
        """One media server, by its name. Returns the relays that browsers are told of; None when nobody comes in."""
        room = uuid4()
        one, other = people = [crowd.comes(lambda: tickets.issue_for_test(room, server)) for _ in range(2)]
        crowd.comes_about(lambda: all(person.join or person.heard("sorry") for person in people), SECONDS)
        is_in = all(person.join for person in people)
        if not self._works(is_in, " ".join(["media server", *filter(None, [server]), "takes two people into a room"])):
            self._hint(_why_not_in(people))
            return None
        failed_before = self._failed
        crowd.comes_about(lambda: one.heard("published"), SECONDS)
        self._check_media(crowd, one, other, f"over UDP by {_address_of(one)}")
        if self._failed > failed_before:
            self._hint("Are the media server's UDP ports open, and is STEPDOWN_MEDIA_ADDRESS right?")
        else:
            self._check_events(crowd, people)
        return list(one.heard("in")[-1]["ice"])

    def _check_media(self, crowd: "Crowd", one: "LightPerson", other: "LightPerson", by: str) -> None:
        there = {person: str(person.join) for person in (one, other)}
        for name, count in KINDS.items():
            for way, ear, mouth in (("there", other, one), ("back", one, other)):
                comes = crowd.comes_about(lambda: getattr(ear, count)(there[mouth]), SECONDS)  # noqa: B023  # asked at once
                self._works(comes, f"{name} {by}, {way}")

    def _check_events(self, crowd: "Crowd", people: "list[LightPerson]") -> None:
        """Whether the live process is told of sound and picture of these people, of which attendance is made."""

        def are_told() -> bool:
            return all(len({told["mid"] for told in person.heard("received")}) >= len(KINDS) for person in people)

        crowd.comes_about(are_told, SECONDS)
        if not self._works(are_told(), "what the media server tells of them, for the attendance"):
            self._hint(
                "Do its events come here, to the secret path? See docs/operations.md, More than one media server."
            )
            return
        late = min((told["late"] for person in people for told in person.heard("received")), key=abs)
        if not self._works(abs(late) <= TOLERANCE.total_seconds(), "clock of the media server"):
            where = "behind" if late > 0 else "ahead of"
            self._hint(f"It is {abs(late):.0f} seconds {where} ours. Set both clocks by NTP.")

    def _check_relays(self, crowd: "Crowd", told: list[tuple[str, list[dict[str, Any]]]]) -> None:
        """`told`: the media servers that can be reached, each with the relays as browsers are told of them there."""
        relays = [(url, entry) for entry in told[0][1] for url in entry["urls"]]
        servers = [server for server, _ in told]
        transports = {self._check_relay(crowd, servers, url, entry) for url, entry in relays}
        if settings.TURN_URLS and len(relays) < len(settings.TURN_URLS):
            self._tell("off", "a relay that somebody else runs, and no agreement with them is in force")
            self._hint("A privacy officer puts it on file under Vendors. See docs/operations.md, Services of others.")
        for transport in [known for known in ("UDP", "TCP") if known not in transports]:
            self._tell("not set up", f"relay (TURN) over {transport}")
        if "TCP" not in transports:
            self._hint("Who is in a network that lets no UDP through cannot join. See docs/operations.md, A relay.")

    def _check_relay(self, crowd: "Crowd", servers: list[str], url: str, entry: dict[str, Any]) -> str:
        """One relay, by two people whose only way to each media server it is. Returns its transport."""
        transport, is_there = crowd.run(_asks_relay(url, entry["username"], entry["credential"]))
        relay = f"relay (TURN) over {transport}"
        if self._works(is_there, f"{relay} takes browsers' credentials: {url}"):
            for server in servers:
                self._check_way(crowd, server, url, " to ".join(filter(None, [relay, server])))
        return transport

    def _check_way(self, crowd: "Crowd", server: str, url: str, way: str) -> None:
        """By one relay to one media server."""
        failed_before, room = self._failed, uuid4()
        one, other = [crowd.comes(lambda: tickets.issue_for_test(room, server), relay=url) for _ in range(2)]
        crowd.comes_about(lambda: one.join and other.join, SECONDS)
        self._check_media(crowd, one, other, f"by the {way}")
        if self._failed > failed_before:
            self._hint("May the relay pass on to the media server's address? See docs/operations.md, A relay.")

    def _works(self, is_so: bool, what: str) -> bool:
        self._failed += not is_so
        self._tell("works" if is_so else "FAILS", what)
        return is_so

    def _tell(self, state: str, what: str) -> None:
        self.stdout.write(f"{state:<12}{what}")

    def _hint(self, sentence: str) -> None:
        self.stdout.write(f"{'':<12}{sentence}")


@contextmanager
def _crowd() -> Iterator["Crowd"]:
    try:
        from stepdown.live.light_crowd import Crowd
    except ImportError as missing:
        raise CommandError(
            f"Sound and picture cannot be tried without the package {missing.name}. make room-check installs what is"
            " needed, and then does this."
        ) from missing
    crowd = Crowd(url=public_socket_url(), origin=settings.PUBLIC_URL)
    try:
        yield crowd
    finally:
        crowd.close()


async def _asks_relay(url: str, username: str, credential: str) -> tuple[str, bool]:
    """("UDP" or "TCP", whether it gives us a place there)."""
    from aioice.turn import create_turn_endpoint
    from aiortc.rtcicetransport import parse_stun_turn_uri

    where = parse_stun_turn_uri(url)
    try:
        asking = create_turn_endpoint(
            asyncio.DatagramProtocol,
            (where["host"], where["port"]),
            username,
            credential,
            transport=where["transport"],
            ssl=where["scheme"] == "turns" or None,
        )
        transport, _ = await asyncio.wait_for(asking, SECONDS)
    except Exception:  # whatever it is, browsers meet it as well
        return where["transport"].upper(), False
    transport.close()
    return where["transport"].upper(), True


def _address_of(person: "LightPerson") -> str:
    """Where the media server wants the person's packets."""
    answers = [answer["jsep"]["sdp"] for answer in person.heard("published")]
    found = re.search(r"a=candidate:\S+ \d+ \S+ \d+ (\S+) \d+ typ", answers[-1]) if answers else None
    return found[1] if found else "an address that it does not tell"


def _why_not_in(people: "list[LightPerson]") -> str:
    sorries = [sorry for person in people for sorry in person.heard("sorry")]
    if not sorries:
        return "It does not answer. What it says lies in logs/janus.log, and how it is reached in logs/live.log."
    if sorries[0]["reason"] == Reason.NO_VIDEO:
        return "None is set up. On Debian or Ubuntu: sudo apt-get install janus, then start the product again."
    return f"The live process said: {sorries[0]['why']}"
