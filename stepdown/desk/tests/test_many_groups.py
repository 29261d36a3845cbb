"""Pages that show groups ask no more of many than of few, and show no more than can be read at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.queries import group_list, groups
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.services_absences import mark_absence
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.timetable.views import calendars, standing_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(client):
    CenterFactory()
    return sign_in(client, StaffFactory(name="Ruth Directs", roles=[Role.DIRECTOR]))


def make_groups(count, **group):
    """With somebody who sits there, somebody without a license, a session, and its leader away at it."""
    made = [GroupFactory(**group) for _ in range(count)]
    for n, one in enumerate(made):
        session = SessionFactory(group=one, starts_at=timezone.now() + timedelta(days=1 + n))
        SeatFactory(group=one, accepted=True)
        SeatFactory(group=one, accepted=True, episode__patient__state="OH")
        mark_absence(
            staff=one.leader,
            starts_at=session.starts_at - timedelta(hours=1),
            ends_at=session.ends_at,
            by=one.leader,
        )
    return made


@pytest.mark.parametrize(
    "page",
    [
        "desk:day",
        "desk:outlook",
        "placement:groups",
        "placement:seats",
        "placement:waitlist",
        "timetable:licenses",
        "timetable:absences",
        "timetable:calendar",
        "timetable:links",
        "timetable:new",
    ],
)
def test_a_page_asks_the_same_of_three_groups_and_of_twelve(director, page):
    counts = []
    for more in (3, 9):
        make_groups(more)
        director.get(reverse(page))  # what is said once is said
        with CaptureQueriesContext(connection) as asked:
            assert director.get(reverse(page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["placement:groups", "placement:seats", "desk:outlook"])
def test_groups_are_shown_a_page_at_a_time_with_how_many_there_are(director, page, monkeypatch):
    monkeypatch.setattr("stepdown.placement.queries.lists.PAGE", 2)
    for name in ("Alder", "Birch", "Cedar"):
        GroupFactory(name=name)
    first = director.get(reverse(page)).content.decode()
    assert ("Alder" in first, "Birch" in first, "Cedar" in first) == (True, True, False)
    assert "hree groups" in first
    assert "?page=2" in first
    second = director.get(reverse(page), {"page": 2}).content.decode()
    assert ("Birch" in second, "Cedar" in second) == (False, True)
    assert "Those before" in second


@pytest.mark.parametrize("page", ["placement:groups", "placement:seats"])
def test_a_group_is_found_by_its_name_or_its_leaders_and_no_address_carries_the_words(director, page, monkeypatch):
    monkeypatch.setattr("stepdown.placement.queries.lists.PAGE", 1)
    GroupFactory(name="Alder", leader=StaffFactory(name="Omar Leadsome"))
    GroupFactory(name="Birch", leader=StaffFactory(name="Ines Sample"))
    for words in ("leads", " ALD "):
        found = director.post(reverse(page), {"words": words})
        assert ("Alder" in found.content.decode(), "Birch" in found.content.decode()) == (True, False)
        assert found.request["QUERY_STRING"] == ""
    nothing = director.post(reverse(page), {"words": "Oak<b>\x00"}).content.decode()
    assert "No group and no leader is called “Oak&lt;b&gt;”" in nothing
    both = director.post(reverse(page), {"words": "e", "page": "2"}).content.decode()
    assert ("Alder" in both, "Birch" in both) == (False, True)


def test_a_page_that_is_none_shows_the_nearest_one(director, monkeypatch):
    monkeypatch.setattr("stepdown.placement.queries.lists.PAGE", 1)
    make_groups(2)
    shown = [group_list("", number, timezone.now()).page.number for number in ("", "x", "0", "-1", "99", None)]
    assert shown == [1, 1, 2, 2, 2, 1]


def test_a_calendar_lists_no_more_groups_than_can_be_read_and_shows_the_one_it_was_opened_for(director, monkeypatch):
    monkeypatch.setattr(calendars, "CHOICES", 1)
    alder, _birch = make_groups(2)
    every = director.get(reverse("timetable:calendar")).content.decode()
    assert f'<option value="{alder.pk}"' not in every
    sessions = director.get(reverse("timetable:sessions", args=[alder.pk])).content.decode()
    assert f"{reverse('timetable:calendar')}?of={alder.pk}" in sessions
    own = director.get(reverse("timetable:calendar"), {"of": alder.pk}).content.decode()
    assert f'<option value="{alder.pk}" selected>' in own
    links = director.get(reverse("timetable:links")).content.decode()
    assert "too many to list" in links
    link = director.get(reverse("timetable:links"), {"group": alder.pk}).content.decode()
    assert f'<option value="{alder.pk}">' in link


def test_a_move_offers_the_groups_that_come_nearest_where_there_are_many(director, monkeypatch):
    monkeypatch.setattr(groups, "FITTING", 1)
    monkeypatch.setattr(groups, "NEAREST", 2)
    seat = SeatFactory(accepted=True)
    fits = GroupFactory(name="Birch")
    SessionFactory(group=fits, starts_at=timezone.now() + timedelta(days=1))
    for name in ("Alder", "Cedar", "Dogwood"):
        GroupFactory(name=name, band="morning", licensed=False)
    page = director.get(reverse("placement:move", args=[seat.pk])).content.decode()
    assert "The 2 of four groups that come nearest" in page
    assert f'value="{fits.pk}"' in page


def test_of_many_colleagues_the_first_are_shown_with_how_many_there_are(director, monkeypatch):
    monkeypatch.setattr(standing_in, "SHOWN", 1)
    session = SessionFactory(starts_at=timezone.now() + timedelta(days=1))
    for _ in range(3):
        StaffFactory(roles=[Role.COUNSELOR])
    page = director.get(reverse("timetable:stand_in", args=[session.pk])).content.decode()
    assert "Three can stand in" in page
    assert "The first 1 by name." in page
