from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from stepdown.kernel.db import RuleBroken
from stepdown.live import services
from stepdown.live.tests.factories import JoinFactory, RoomFactory
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import queries, services_session
from stepdown.timetable.models import Closure
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.services_closures import close_center, open_center
from stepdown.timetable.services_group import FIELDS, change_group
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)  # a Tuesday
CHICAGO = ZoneInfo("America/Chicago")
MONDAY, WEDNESDAY = date(2026, 3, 9), date(2026, 3, 11)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def group():
    """Mondays, Wednesdays and Thursdays at 6 pm in Chicago."""
    group = GroupFactory(name="Juniper", opened_on=date(2026, 3, 2))
    extend_timetable(group=group)
    return group


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def at(day, hour=18, month=3):
    return datetime(2026, month, day, hour, tzinfo=CHICAGO)


def close(by, first_on=MONDAY, last_on=WEDNESDAY, name="Winter break"):
    return close_center(name=name, first_on=first_on, last_on=last_on, by=by)


def off(group):
    return [s.service_date.day for s in group.sessions.exclude(cancelled_at=None).order_by("starts_at")]


def test_sessions_on_those_days_are_called_off_with_the_name_as_reason(group, director):
    closure = close(director)
    assert off(group) == [9, 11]
    assert set(closure.sessions.values_list("cancelled_why", "changed_by")) == {("Winter break", director.pk)}


def test_everyone_is_told_once_also_of_several_sessions(group, director):
    both = SeatFactory(group=group, accepted=True, ends_at=at(12))
    one = SeatFactory(group=group, accepted=True, starts_at=at(11))
    none = SeatFactory(group=group, accepted=True, starts_at=at(12))
    close(director)
    told = {m.patient: (m.kind, m.about) for m in Message.objects.exclude(patient=None)}
    assert told == {both.patient: ("meetings_changed", at(9)), one.patient: ("meeting_off", at(11))}
    assert none.patient not in told
    assert Message.objects.get(staff=group.leader).kind == "meetings_changed"


def test_a_seat_that_would_begin_then_begins_after_it_and_ends_when_it_did(group, director):
    seat = SeatFactory(group=group, accepted=True, starts_at=at(9), ends_at=at(8, month=6))
    closure = close(director)
    seat.refresh_from_db()
    assert (seat.starts_at, seat.ends_at) == (at(12), at(8, month=6))
    open_center(closure=closure, bring_back=True, by=director)
    seat.refresh_from_db()
    assert (seat.starts_at, seat.ends_at) == (at(9), at(8, month=6))


def test_the_night_makes_sessions_of_closed_days_as_called_off(group, director):
    last = queries.sessions_of_group(group, NOW).last().service_date
    closure = close(director, first_on=last + timedelta(days=1), last_on=last + timedelta(days=5))
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        made = extend_timetable(group=group)
        called_off = list(queries.called_off_by(closure))
    assert made == 3
    assert called_off
    assert all(s.cancelled_why == "Winter break" for s in called_off)


def test_a_closure_that_is_taken_back_brings_back_what_can_be_brought_back(group, director):
    closure = close(director)
    SessionFactory(leader=group.leader, starts_at=at(9))
    assert open_center(closure=closure, bring_back=True, by=director) == (1, 1)
    assert off(group) == [9]
    assert not Closure.objects.exists()


def test_a_closure_may_be_taken_back_without_its_sessions(group, director):
    assert open_center(closure=close(director), bring_back=False, by=director) == (0, 2)
    assert off(group) == [9, 11]


@pytest.mark.parametrize("minutes", [-5, 10], ids=["before", "after"])
def test_a_closure_tells_who_waits_at_the_door_that_it_does_not_take_place(group, director, minutes):
    session = group.sessions.get(service_date=WEDNESDAY)
    with time_machine.travel(at(11) + timedelta(minutes=minutes), tick=False):
        knock = services.knock(session=session, patient=SeatFactory(group=group, accepted=True).patient)
        close(director, first_on=WEDNESDAY)
        session.refresh_from_db()
        knock.refresh_from_db()
        assert session.cancelled_at == knock.ended_at == at(11) + timedelta(minutes=minutes)


def test_a_closure_leaves_a_session_with_people_in_its_room_and_says_so(client, group, director):
    CenterFactory()
    session = group.sessions.get(service_date=WEDNESDAY)
    asked = {"name": "Ice"} | {
        f"{which}_on_{part}": str(value)
        for which in ("first", "last")
        for part, value in (("month", 3), ("day", 11), ("year", 2026))
    }
    with time_machine.travel(at(11) - timedelta(minutes=5), tick=False):
        sign_in(client, director)
        RoomFactory(session=session)
        join = JoinFactory(session=session, patient=None, staff=session.leader)
        services.record([services.Sighting("signaling", "live", "arrived", NOW, join=join.pk)])
        said = "Juniper, at 6:00 pm Central, stays: the group has met, or people are in its room."
        looked = client.post(reverse("timetable:closures"), asked | {"act": "look"}).content.decode()
        assert "No session is called off" in looked
        assert said in looked
        assert (
            said in client.post(reverse("timetable:closures"), asked | {"act": "close"}, follow=True).content.decode()
        )
    assert off(group) == []
    assert Closure.objects.exists()


def test_a_closure_that_is_past_stays(group, director):
    closure = close(director)
    with time_machine.travel(NOW + timedelta(days=20), tick=False), pytest.raises(RuleBroken, match="days are past"):
        open_center(closure=closure, bring_back=True, by=director)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((MONDAY, MONDAY), "closed on some of these days already"),
        ((date(2026, 3, 11), date(2026, 3, 20)), "closed on some of these days already"),
        ((date(2026, 4, 2), date(2026, 4, 1)), "cannot end before it begins"),
        ((date(2026, 2, 1), date(2026, 2, 2)), "These days are past"),
    ],
)
def test_days_that_cannot_be_are_said_and_nothing_is_stored(group, director, days, sentence):
    close(director)
    with pytest.raises(RuleBroken, match=sentence):
        close(director, *days)
    assert Closure.objects.count() == 1
    assert off(group) == [9, 11]


def test_no_session_is_moved_to_or_brought_back_on_a_closed_day(group, director):
    close(director)
    said = "The center is closed on March 10: Winter break."
    session = group.sessions.get(service_date=date(2026, 3, 12))
    with pytest.raises(RuleBroken, match=said):
        services_session.move_session(session=session, starts_at=at(10), seen=0, by=director)
    called_off = group.sessions.get(service_date=MONDAY)
    with pytest.raises(RuleBroken, match="The center is closed on March 9"):
        services_session.take_back_cancellation(session=called_off, seen=called_off.revision, by=director)


def test_a_group_that_changes_its_days_keeps_to_the_closure(group, director):
    close(director, last_on=MONDAY)
    fields = {name: getattr(group, name) for name in FIELDS} | {"days": [1, 3, 4], "starts_at": time(17)}
    change_group(group=group, from_on=date(2026, 3, 8), seen=queries.seen_as(group), by=director, **fields)
    week = group.sessions.filter(service_date__range=(MONDAY, date(2026, 3, 15))).order_by("starts_at")
    assert [(s.service_date.day, bool(s.cancelled_at)) for s in week] == [(10, False), (12, False), (13, False)]


def test_the_page_shows_what_is_called_off_before_it_closes(client, group, director):
    CenterFactory()
    sign_in(client, director)
    url = reverse("timetable:closures")
    asked = {
        "name": "Winter break",
        "first_on_month": "3",
        "first_on_day": "9",
        "first_on_year": "2026",
        "last_on_month": "3",
        "last_on_day": "11",
        "last_on_year": "2026",
    }
    looked = client.post(url, asked | {"act": "look"}).content.decode()
    assert "2 sessions are called off" in looked
    assert not Closure.objects.exists()
    assert client.post(url, asked | {"act": "close"}).status_code == 302
    closure = Closure.objects.get()
    assert "Closed next: Winter break" in client.get(url).content.decode()
    again = client.post(url, asked | {"act": "look"})
    assert again.status_code == 422
    assert "closed on some of these days already: Winter break." in again.content.decode()
    wrong = client.post(url, asked | {"last_on_day": "8"})
    assert wrong.status_code == 422
    assert "The last day is before the first." in wrong.content.decode()
    page = reverse("timetable:closure", args=[closure.pk])
    assert "2 sessions called off" in client.get(page).content.decode()
    assert client.post(page, {"sessions": "back"}).status_code == 302
    assert off(group) == []
