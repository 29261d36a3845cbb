"""What rooms cost the server, and how long a full room takes until it is whole again after a death, with light people.

The light people live on the same cores, in another process. Prints tables and asserts nothing about time.
"""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.table import percentile, table
from stepdown.config.supervisor.children import LONG_ENOUGH_SECONDS
from stepdown.live.light_client import LightPerson
from stepdown.live.light_crowd import Crowd
from stepdown.live.tests.conftest import LiveGroup, crowd  # noqa: F401  # a fixture
from tests.copies import Copy

pytestmark = pytest.mark.browser
PATIENTS = 10  # and two who lead
WATCHED = float(os.environ.get("WATCHED") or 20)  # seconds in which the cost is counted
DEATHS = int(os.environ.get("DEATHS") or 3)
TICKS = os.sysconf("SC_CLK_TCK")
COSTS: list[list[object]] = []
RETURNS: list[list[object]] = []


@pytest.fixture(scope="module", autouse=True)
def printed() -> Iterator[None]:
    yield
    print("\n\nRooms of 12: share of one core, for each room, and memory in all")
    print(table(["rooms", "media server", "live process", "media server MB", "live process MB"], COSTS))
    print("\nA room of 12 after kill -9: seconds until each person has it back, and the longest a picture stood still")
    print(table(["killed", "deaths", "back p50", "back p95", "pictures still p50", "pictures still p95"], RETURNS))


@pytest.mark.parametrize("rooms", [1, 2, 3])
def test_cost(product: Copy, crowd: Crowd, rooms: int) -> None:  # noqa: F811  # the fixture
    for _ in range(rooms):
        crowd.until_all_see_all(full_room(crowd), 60)
    before = {name: cpu_seconds(product, name) for name in ("janus", "live")}
    began = time.monotonic()
    crowd.until_is_time(began + WATCHED)
    spent = time.monotonic() - began
    shares = [(cpu_seconds(product, name) - before[name]) / spent / rooms for name in before]
    COSTS.append([rooms, *(f"{share:.1%}" for share in shares), *(megabytes(product, name) for name in before)])


@pytest.mark.parametrize("name", ["janus", "live", "web"])
def test_return(product: Copy, crowd: Crowd, name: str) -> None:  # noqa: F811  # the fixture
    """For the media server what has to come back is every picture; for the others, the room's controls."""
    people = full_room(crowd)
    crowd.until_all_see_all(people, 60)
    back: list[float] = []
    still: list[float] = []
    lived_since = time.monotonic()
    for _ in range(DEATHS):
        # Who dies soon after a start is started again later and later, which is not what is measured.
        crowd.until_is_time(lived_since + LONG_ENOUGH_SECONDS + 1)
        crowd.until_all_see_all(people, 60)
        watch = Watch(people)
        victim = product.pid(name)
        os.kill(victim, signal.SIGKILL)
        is_back = watch.sees_all if name == "janus" else watch.has_controls
        since = time.monotonic()
        waited = dict.fromkeys(people, 0.0) if name == "web" else {}
        while len(waited) < len(people) or time.monotonic() - since < 5:
            watch.look()
            for person in people:
                if person not in waited and is_back(person):
                    waited[person] = time.monotonic() - since
            assert time.monotonic() - since < 60, f"the room is whole again after {name} died"
            crowd.until_is_time(time.monotonic() + 0.02)
        back += waited.values()
        still += watch.longest.values()
        crowd.until(lambda victim=victim: product.pid(name) not in {0, victim}, f"{name} is started again", 60)
        lived_since = time.monotonic()
    RETURNS.append([name, DEATHS, *(f"{percentile(times, s):.2f}" for times in (back, still) for s in (0.5, 0.95))])


class Watch:
    """When each person got the last picture of each other, from now on; `longest` is the longest wait so far."""

    def __init__(self, people: list[LightPerson]) -> None:
        self.people = people
        now = time.monotonic()
        self.known = {person: person.join or "" for person in people}
        self.pairs = [(one, other) for one in people for other in people if one is not other]
        self.frames = {pair: self._frames(pair) for pair in self.pairs}
        self.last = dict.fromkeys(self.pairs, now)
        self.longest = dict.fromkeys(self.pairs, 0.0)
        self.lines = {person: person.join for person in people}
        self.ins = {person: len(person.heard("in")) for person in people}

    def look(self) -> None:
        now = time.monotonic()
        # Who is out of the room as far as their own page can tell may still be seen by the others.
        self.known |= {person: person.join for person in self.people if person.join}
        for pair in self.pairs:
            if (frames := self._frames(pair)) != self.frames[pair]:
                self.frames[pair], self.last[pair] = frames, now
            self.longest[pair] = max(self.longest[pair], now - self.last[pair])

    def sees_all(self, person: LightPerson) -> bool:
        """Whether pictures of everybody came on the lines made since."""
        return person.join is not None and all(
            other.join not in {None, self.lines[other]} and person.frames_from(other.join or "") > 0
            for other in self.people
            if other is not person
        )

    def has_controls(self, person: LightPerson) -> bool:
        """Whether the room took the person in again since."""
        return len(person.heard("in")) > self.ins[person]

    def _frames(self, pair: tuple[LightPerson, LightPerson]) -> int:
        one, other = pair
        return one.frames_from(self.known[other])


def full_room(crowd: Crowd) -> list[LightPerson]:  # noqa: F811  # not the fixture, what it makes
    group = LiveGroup(crowd)
    leaders = [group.leader(comes_back=True), group.director(comes_back=True)]
    return [*leaders, *(group.patient(comes_back=True)[1] for _ in range(PATIENTS))]


def cpu_seconds(product: Copy, name: str) -> float:
    """Processor time that a child has used so far."""
    fields = Path(f"/proc/{product.pid(name)}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def megabytes(product: Copy, name: str) -> int:
    """Memory that a child holds."""
    status = Path(f"/proc/{product.pid(name)}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024
