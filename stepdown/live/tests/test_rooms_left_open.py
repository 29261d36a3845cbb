"""Rooms that emptied before anybody ended them: the worker ends them, as the live process knows nothing of them."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from stepdown.live import queries, queries_standby, services, services_leading, services_standby, tasks
from stepdown.live.models import Room
from stepdown.live.tests.factories import RoomFactory

pytestmark = pytest.mark.django_db


def worker_looks() -> datetime:
    now = timezone.now()
    tasks.end_rooms_left_open(timestamp=int(now.timestamp()))
    return now


def ended_at(room: Room) -> datetime | None:
    return Room.objects.get(pk=room.pk).ended_at


def test_the_worker_looks_by_itself():
    every = {planned.task.name: planned.cron for planned in app.periodic_registry.periodic_tasks.values()}
    assert every[tasks.end_rooms_left_open.name] == "*/5 * * * *"


def test_a_room_that_nobody_ended_is_ended_once_after_the_latest_time(time_machine):
    room = RoomFactory()
    services_leading.leader_away(session=room.session, since=timezone.now())
    latest = room.session.ends_at + queries.LATEST
    time_machine.move_to(latest - timedelta(seconds=1), tick=False)
    worker_looks()
    assert ended_at(room) is None
    time_machine.move_to(latest + timedelta(seconds=2), tick=False)
    ended = worker_looks()
    assert ended_at(room) == ended
    assert Room.objects.get(pk=room.pk).ended_by is None
    assert queries.leader_away_now(room.session) is None
    time_machine.shift(600)
    worker_looks()
    assert ended_at(room) == ended


def test_video_was_away_no_longer_than_planned_where_nobody_saw_it_come_back(time_machine):
    room = RoomFactory()
    services_standby.video_away(session=room.session, since=timezone.now())
    time_machine.move_to(room.session.ends_at + queries.LATEST + timedelta(days=1))
    worker_looks()
    assert [away.ended_at for away in queries_standby.video_away(room.session)] == [room.session.ends_at]


def test_video_that_went_after_the_planned_end_is_back_in_that_moment(time_machine):
    room = RoomFactory()
    since = room.session.ends_at + timedelta(minutes=5)
    time_machine.move_to(since)
    services_standby.video_away(session=room.session, since=since)
    time_machine.move_to(room.session.ends_at + queries.LATEST + timedelta(days=1))
    worker_looks()
    assert [away.ended_at for away in queries_standby.video_away(room.session)] == [since]


def test_video_is_away_until_a_leader_ends_the_room():
    room = RoomFactory()
    services_standby.video_away(session=room.session, since=timezone.now())
    services.end_room(session=room.session, by=room.session.leader)
    assert [away.ended_at for away in queries_standby.video_away(room.session)] == [ended_at(room)]


def test_one_room_that_cannot_be_ended_holds_up_no_other(monkeypatch, time_machine):
    rooms = [RoomFactory() for _ in range(3)]
    time_machine.move_to(rooms[-1].session.ends_at + queries.LATEST + timedelta(days=1))
    end, refused = services.end_room, rooms[1].session_id

    def ends(*, session, by):
        end(session=session, by=by)
        if session.pk == refused:
            raise RuntimeError("no")

    monkeypatch.setattr(services, "end_room", ends)
    worker_looks()
    assert [ended_at(room) is None for room in rooms] == [False, True, False]
