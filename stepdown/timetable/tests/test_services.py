from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from stepdown.admissions.models import Band
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.models import Group
from stepdown.placement.tests.factories import GroupFactory, ProgramFactory
from stepdown.timetable import curriculum, services
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def open_group(**kwargs):
    leader = kwargs.pop("leader", None) or StaffFactory(name="Omar Leadsome")
    return services.open_group(
        **{
            "program": ProgramFactory(),
            "name": "Juniper",
            "band": Band.EVENING,
            "days": [1, 3, 4],
            "starts_at": time(17, 30),
            "time_zone": "America/Chicago",
            "leader": leader,
            "opened_on": date(2026, 3, 3),
            "by": leader,
        }
        | kwargs
    )


def test_a_new_group_has_its_chairs_and_three_months_of_sessions():
    group = open_group()
    sessions = list(group.sessions.all())
    assert group.chairs.count() == 10
    assert len(sessions) == 40
    assert (sessions[0].service_date, sessions[-1].service_date) == (date(2026, 3, 3), date(2026, 6, 2))
    assert {s.starts_at.astimezone(CHICAGO).time() for s in sessions} == {time(17, 30)}
    assert {s.ends_at - s.starts_at for s in sessions} == {timedelta(hours=3)}
    assert {s.leader for s in sessions} == {group.leader}


def test_extending_again_makes_nothing_twice():
    group = open_group()
    before = list(group.sessions.values())
    assert services.extend_timetable(group=group) == 0
    assert list(group.sessions.values()) == before


def test_each_night_adds_what_came_into_reach():
    group = open_group()
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert services.extend_all() == 3
        assert services.extend_all() == 0
    assert group.sessions.last().service_date == date(2026, 6, 9)


def test_a_cancelled_session_stays_cancelled():
    group = open_group()
    group.sessions.update(cancelled_at=NOW)
    services.extend_timetable(group=group)
    assert not group.sessions.standing().exists()


def test_no_session_is_made_after_a_group_closes():
    group = GroupFactory(opened_on=date(2026, 3, 2), closed_on=date(2026, 3, 31))
    services.extend_timetable(group=group)
    assert group.sessions.last().service_date <= date(2026, 3, 31)


def test_past_sessions_of_a_group_that_opened_long_ago_are_made_too():
    group = GroupFactory(opened_on=date(2026, 1, 5))
    services.extend_timetable(group=group, until=date(2026, 1, 11))
    assert [s.service_date for s in group.sessions.all()] == [date(2026, 1, day) for day in (5, 7, 8)]


def test_a_leader_booked_twice_is_named_with_the_time():
    omar = StaffFactory(name="Omar Leadsome")
    open_group(leader=omar)
    with pytest.raises(RuleBroken) as refusal:
        open_group(leader=omar, name="Maple", days=[2, 4], starts_at=time(19))
    assert str(refusal.value) == (
        "Omar Leadsome already leads a group at 5:30 pm on Friday. Choose another time or another counselor."
    )
    assert not Group.objects.filter(name="Maple").exists()


def test_a_leader_may_lead_one_group_after_the_other():
    omar = StaffFactory()
    open_group(leader=omar)
    assert open_group(leader=omar, name="Maple", starts_at=time(14, 30)).sessions.count() == 40


def test_one_group_that_cannot_be_extended_holds_up_no_other():
    omar = StaffFactory()
    blocked = GroupFactory(leader=omar, opened_on=date(2026, 3, 2))
    SessionFactory(leader=omar, starts_at=datetime(2026, 3, 5, 1, 0, tzinfo=UTC))
    other = GroupFactory(opened_on=date(2026, 3, 2))
    assert services.extend_all() > 0
    assert other.sessions.exists()
    assert not blocked.sessions.exists()


def test_the_database_refuses_a_leader_in_two_places():
    session = SessionFactory()
    sentence = "This counselor already leads a group at that time. Choose another time or another counselor."
    with pytest.raises(RuleBroken, match=sentence), rules_speak():
        SessionFactory(leader=session.leader, starts_at=session.starts_at)


def test_the_database_refuses_two_meetings_of_one_group_at_a_time():
    session = SessionFactory()
    with pytest.raises(RuleBroken, match="room is already in use at that time"), rules_speak():
        SessionFactory(group=session.group, leader=StaffFactory(), starts_at=session.starts_at)


def test_sessions_carry_the_topic_of_the_calendar_week():
    curriculum.load()
    group = open_group()
    first, second, third, fourth = group.sessions.all()[:4]
    assert [s.topic.place for s in (first, second, third)] == [1, 2, 3]
    assert first.topic.week == third.topic.week
    assert fourth.topic.week == first.topic.week % 13 + 1


def test_aftercare_has_no_curriculum():
    curriculum.load()
    group = open_group(program=ProgramFactory(aftercare=True), days=[1])
    assert not Session.objects.filter(group=group).exclude(topic=None).exists()
