"""An evening of a group on which everything goes wrong that can, and what its attendance should be.

`course` writes the script from a seed: who comes when, and what happens to whom. `Evening` plays it with light people
in the running product, then compares what was written down with what each person's own device saw.
"""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle

from django.db import connection

from stepdown.attendance.domain.minutes import SHORT_GAP
from stepdown.attendance.queries import stays_of
from stepdown.attendance.services import draw_up
from stepdown.kernel.spans import Span, merged, total, without
from stepdown.live import queries, services
from stepdown.live.light_client import LightPerson
from stepdown.live.tests.conftest import LiveGroup
from stepdown.live.tests.factories import patient_at_door
from stepdown.people.models import Patient
from tests import database
from tests.copies import Copy

# What happens to one person, and the seconds it takes until they are back.
HAPPENINGS = {"cut": 10, "freezes": 32, "moves": 10, "leaves": 20, "goes_dark": 32, "sleeps": 28, "crashes": 20}
# What follows by itself, so many seconds later.
THEN = {"freezes": (20, "comes"), "leaves": (10, "comes"), "sleeps": (18, "wakes"), "crashes": (10, "comes")}
MEDIA_DEATHS = ("janus", "live")  # whose death ends sound and pictures, or might
DEATHS = (*MEDIA_DEATHS, "database", "web", "worker")
DATABASE_AWAY = 3.0  # seconds that it takes to start again
DEATH_EVERY = 600.0  # seconds, on a long evening; on a short one each dies once
FREEZES_AFTER = 3.0  # seconds from the last sign of life, at most; pages give one every five
# Source: design, "attendance against what really happened: within 5 seconds a person".
CLOSE = timedelta(seconds=5)
A_STAY = timedelta(seconds=0.5)  # by which one more stay may be off, when all are added up
LAST_QUIET = 15.0  # seconds at the end in which nothing new happens


@dataclass(frozen=True, order=True)
class Act:
    """Something that happens `at` seconds after the beginning, to patient number `who` or to a process."""

    at: float
    what: str
    who: int = -1


def course(*, seed: int, patients: int, seconds: float) -> list[Act]:
    """The script: the same for the same arguments, in order of time."""
    dice = random.Random(seed)
    acts: list[Act] = []
    kinds = cycle(HAPPENINGS)
    pause = max(10.0, seconds / 20)
    for who in range(patients):
        at = dice.uniform(3, 8) if who % 3 == 0 else dice.uniform(0, 2)  # every third is late
        until = seconds * 0.7 if who % 4 == 1 else seconds - LAST_QUIET  # every fourth leaves early
        acts.append(Act(at, "comes", who))
        at += dice.uniform(8, 14)
        while at + HAPPENINGS[what := next(kinds)] < until:
            acts.append(Act(at, what, who))
            if what in THEN:
                seconds_later, follows = THEN[what]
                acts.append(Act(at + seconds_later, follows, who))
            at += HAPPENINGS[what] + dice.uniform(5, pause)
        if who % 4 == 1:
            acts.append(Act(until, "leaves", who))
    deaths = max(len(DEATHS), int(seconds / DEATH_EVERY))
    acts += [Act(seconds * (n + 1) / (deaths + 1), DEATHS[n % len(DEATHS)]) for n in range(deaths)]
    return sorted(acts)


@dataclass(frozen=True)
class Outcome:
    """One patient's evening: when they were there, what was written down and what the strip of their attendance shows,
    and how far it is off."""

    patient: Patient
    began: datetime
    there: list[Span]
    written: list[Span]
    strip: list[Span]

    @property
    def wrong(self) -> list[Span]:
        """Written as there and not there, or there and not written."""
        return merged([*without(self.there, self.written), *without(self.written, self.there)])

    @property
    def is_close(self) -> bool:
        """Whether what was written down agrees with what happened, at every moment and in the whole. Each coming and
        each going is noticed a moment later, so the whole of very many stays may be off by more than one of them."""
        return self.worst < CLOSE and self.time_off < max(CLOSE, A_STAY * len(self.there))

    @property
    def is_shown(self) -> bool:
        """Whether the strip shows what was written, but for short gaps, which attendance closes."""
        return self.strip == merged(self.written, gap=SHORT_GAP)

    def __str__(self) -> str:
        said = [
            f"{(one.start - self.began).total_seconds():.1f} to {(one.end - self.began).total_seconds():.1f}"
            for one in self.wrong
            if one.length > CLOSE / 5
        ]
        return f"wrong from {', '.join(said)} (seconds since the beginning)"

    @property
    def worst(self) -> timedelta:
        """The longest single error."""
        return max((error.length for error in self.wrong), default=timedelta(0))

    @property
    def time_off(self) -> timedelta:
        """By how much the time in the room is too long or too short."""
        return abs(total(self.there) - total(self.written))


class Evening:
    """Two who lead and some patients, on the product given."""

    def __init__(self, product: Copy, group: LiveGroup, *, patients: int) -> None:
        self.product, self.group, self.crowd = product, group, group.crowd
        self.devices: list[list[LightPerson]] = [[] for _ in range(patients)]
        self.patients = [patient_at_door(group.session) for _ in range(patients)]
        for patient in self.patients:
            services.let_in(session=group.session, patient=patient, by=group.session.leader)

    def play(self, acts: Iterable[Act], seconds: float) -> list[Outcome]:
        """Lasts so long; returns when everyone has left and everything is written down."""
        leaders = [self.group.leader(comes_back=True), self.group.director(comes_back=True)]
        began, began_at = time.monotonic(), datetime.now(UTC)
        for act in acts:
            self.crowd.until_is_time(began + act.at)
            self._do(act)
        self.crowd.until_is_time(began + seconds)
        there = [devices[-1] for devices in self.devices if not devices[-1].is_stopped]
        self.crowd.until_all_see_all([*leaders, *there], 60)
        for person in there:
            self.crowd.run(person.stop())
        self.crowd.until(
            lambda: len(queries.people_in(self.group.session)) == len(leaders), "everyone's leaving is written", 40
        )
        now = datetime.now(UTC)
        stays = queries.stays(self.group.session, now)
        strips = {row.patient_id: stays_of(row) for row in draw_up(session=self.group.session, now=now)}
        return [
            Outcome(
                patient,
                began_at,
                merged(span for device in devices for span in spells(device)),
                stays.get(patient.pk, []),
                strips[patient.pk],
            )
            for patient, devices in zip(self.patients, self.devices, strict=True)
        ]

    def _do(self, act: Act) -> None:
        if act.what in MEDIA_DEATHS:
            for person in self.crowd.people:
                if person.join:
                    person.moments.append((datetime.now(UTC), "out"))
        if act.what == "database":
            with database.interrupted(str(connection.settings_dict["NAME"])):
                self.crowd.until_is_time(time.monotonic() + DATABASE_AWAY)
        elif act.what in DEATHS:
            self.product.kill(act.what)
        elif act.what == "comes":
            self.devices[act.who].append(self.group.comes(self.patients[act.who], comes_back=True))
        elif act.what == "wakes":
            self.crowd.run(self.devices[act.who][-1].wake())
        else:
            self._happens(act.what, act.who)

    def _happens(self, what: str, who: int) -> None:
        person = self.devices[who][-1]
        self.crowd.until(
            lambda: person.join and person.out and person.is_connected, f"patient {who} is in, before {what}", 60
        )
        match what:
            case "cut":
                self.crowd.run(person.cut())
            case "freezes":
                self.crowd.run(person.freeze(FREEZES_AFTER * who / len(self.patients)))
            case "moves":
                self.devices[who].append(self.group.comes(self.patients[who], comes_back=True))
            case "leaves":
                self.crowd.run(person.stop())
            case "goes_dark":
                self.crowd.run(person.go_dark())
            case "sleeps":
                self.crowd.run(person.sleep())
            case "crashes":
                self.crowd.run(person.crash())


def spells(device: LightPerson) -> list[Span]:
    """When the person was in the room on this device. Sound and picture that go on without the socket are one spell."""
    found: list[Span] = []
    since: datetime | None = None
    is_dark = False
    for at, what in sorted(device.moments):
        if what in ("out", "dark"):
            is_dark = is_dark or what == "dark"
            if since is not None:
                found.append(Span(since, at))
                since = None
        elif what == "resumed" and since is None and found and not is_dark:
            since = found.pop().start
        elif what == "in":
            is_dark = False
            since = since or at
    assert since is None, "everyone has left"
    return found
