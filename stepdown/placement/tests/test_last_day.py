"""The last day, of a group and of a seat in it, is a day in the group's own zone and is still theirs."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from stepdown.admissions.models import Episode
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.desk.queries import outlook
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement import queries, services_plans, services_waitlist
from stepdown.placement.queries.openings import worth_weighing
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
CHICAGO = ZoneInfo("America/Chicago")
LAST = date(2026, 3, 16)  # a Monday


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


@pytest.fixture
def closing():
    return GroupFactory(opened_on=date(2026, 1, 5), closed_on=LAST)


def is_open(group, now):
    """Wherever it is asked: in Python, in a query, in the SQL of free chairs."""
    with time_machine.travel(now, tick=False):
        episode = EpisodeFactory()
        person = queries.person_of(episode)
        found = {
            group.is_open(now),
            group in queries.open_groups(now),
            group.pk in worth_weighing(person, episode.patient.state, now, fitting=5, nearest=5),
        }
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(15, 20), True),  # the 16th already in UTC
        (at(16, 12), True),
        (at(16, 23, 59), True),  # the 17th already in UTC
        (at(17, 0), False),
    ],
)
def test_a_group_is_open_until_its_last_day_is_over_where_it_meets(closing, now, expected):
    assert is_open(closing, now) is expected


def test_the_zone_is_that_of_each_group(closing):
    honolulu = GroupFactory(time_zone="Pacific/Honolulu", closed_on=LAST)
    moment = datetime(2026, 3, 17, 7, tzinfo=UTC)  # two in the night in Chicago, nine in the evening in Honolulu
    assert list(queries.open_groups(moment)) == [honolulu]


def test_on_its_last_day_the_page_of_a_group_shows_who_sits_there(closing, director):
    now = at(16, 12)
    SeatFactory(group=closing, accepted=True, ends_at=at(16, 21))
    with time_machine.travel(now, tick=False):
        page = queries.group_page(closing, director, Episode.objects.none(), now)
        assert page is not None
        assert len(page.now.seats) == 1
        ahead = outlook.chairs_ahead(director, now)
        assert [each.group for each in ahead.groups] == [closing]
        assert ahead.finish_count == 1
        (load,) = [load for load in outlook.loads(now)[0] if load.staff == closing.leader]
        assert (load.groups, load.people) == (1, 1)


def test_on_its_last_day_a_plan_still_offers_a_chair_of_the_group(closing, director):
    first, late = EpisodeFactory(), EpisodeFactory()
    SessionFactory(group=closing, starts_at=at(16, 18))
    with time_machine.travel(at(16, 12), tick=False):
        for episode in (first, late):
            services_waitlist.put_on_waitlist(episode=episode, by=director)
        assert services_plans._offer(first, closing, "2026-03-16", director).starts_at == at(16, 18)
    with time_machine.travel(at(17, 12), tick=False), pytest.raises(RuleBroken, match="not open yet, or not any more"):
        services_plans._offer(late, closing, "2026-03-16", director)


def finishes(group, ends_at, staff):
    """The last day, as the page of the weeks ahead and the page of the group have it."""
    SeatFactory(group=group, accepted=True, ends_at=ends_at)
    now = at(10, 12)
    with time_machine.travel(now, tick=False):
        ahead = outlook.chairs_ahead(staff, now)
        (week,) = [week.monday for week in ahead.groups[0].weeks if week.goes]
        (finish,) = ahead.finishing
        page = queries.group_page(group, staff, Episode.objects.none(), now)
    assert [seat.last_on for seat in page.now.seats] == [finish.on]
    assert week <= finish.on < week + timedelta(days=7)
    return finish.on


@pytest.mark.parametrize(
    ("begins", "ends_at", "expected"),
    [
        (time(18), at(16, 18), date(2026, 3, 15)),  # the session of that Monday is theirs no more
        (time(18), at(16, 21), date(2026, 3, 16)),  # it is their last
        (time(22), at(16, 22), date(2026, 3, 15)),
        (time(22), at(17, 1), date(2026, 3, 16)),  # past midnight, of the session of Monday
        (time(21), at(17, 0), date(2026, 3, 16)),
    ],
)
def test_the_last_day_of_a_seat_is_that_of_the_last_session_that_is_theirs(director, begins, ends_at, expected):
    assert finishes(GroupFactory(starts_at=begins), ends_at, director) == expected
