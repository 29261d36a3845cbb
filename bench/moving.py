"""Moving a group's time: its 40 sessions of three months go to another clock, with everyone's rows.

ROUNDS=20 changes how often. Prints a table and asserts nothing about time, but that everybody's sessions, seats and
messages are right after each move.
"""

import os
import time as clock
from datetime import time, timedelta
from statistics import median, quantiles

import pytest
from django.utils import timezone

from bench.table import table
from stepdown.outreach.models import Message
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.models import Group
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import curriculum, queries
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.services_group import FIELDS, change_group

ROUNDS = int(os.environ.get("ROUNDS") or 20)
PEOPLE, SESSIONS = 10, 40


@pytest.mark.django_db
def test_moving_the_time_of_a_group(capsys):
    curriculum.load()
    seconds = [_one_move() for _ in range(ROUNDS)]
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    with capsys.disabled():
        print(f"\nMoving a group's time: {SESSIONS} sessions, {PEOPLE} people")
        print(
            table(
                ["rounds", "median ms", "p95 ms"], [[str(ROUNDS), f"{median(seconds) * 1000:.0f}", f"{p95 * 1000:.0f}"]]
            )
        )


def _one_move() -> float:
    """How long one took, from the press of the button until all is stored."""
    today = timezone.localdate()
    group = GroupFactory(opened_on=today - timedelta(days=14), co_leader=StaffFactory())
    extend_timetable(group=group, until=today + timedelta(weeks=14))
    seats = [SeatFactory(group=group, accepted=True) for _ in range(PEOPLE)]
    from_on = queries.sessions_of_group(group, timezone.now()).reverse()[SESSIONS - 1].service_date
    director = StaffFactory()
    fields = {name: getattr(group, name) for name in FIELDS} | {"starts_at": time(17)}
    seen = queries.seen_as(group)
    began = clock.perf_counter()
    change_group(group=group, from_on=from_on, seen=seen, by=director, **fields)
    took = clock.perf_counter() - began
    _is_right(group, from_on, seats)
    return took


def _is_right(group: Group, from_on, seats) -> None:
    for seat in seats:
        theirs = [s for s in queries.sessions_of_patient(seat.patient) if s.service_date >= from_on]
        assert len(theirs) == SESSIONS
        assert {s.starts_at.astimezone(group.zone).time() for s in theirs} == {time(17)}
        assert Message.objects.filter(patient=seat.patient, about=theirs[0].starts_at).count() == 1
    for leader in (group.leader, group.co_leader):
        on = queries.sessions_of_day(leader, from_on, group.zone).get()
        assert on.starts_at.astimezone(group.zone).hour == 17
        assert Message.objects.filter(staff=leader).count() == 1
