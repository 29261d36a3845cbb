"""The weeks ahead of a center."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.models import Inquiry
from stepdown.admissions.tests.factories import InquiryFactory
from stepdown.desk.queries import outlook
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, ProgramFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_twelve_to_six")]
CHICAGO = ZoneInfo("America/Chicago")


def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def seat_until(group, weeks, **more):
    now = timezone.now()
    end = now + timedelta(weeks=weeks) if weeks else None
    return SeatFactory(group=group, accepted=True, starts_at=now - timedelta(weeks=5), ends_at=end, **more)


def test_chairs_in_use_fall_as_seats_end_and_rise_as_seats_begin():
    now, group = timezone.now(), GroupFactory(chairs=3)
    seat_until(group, 3)
    SeatFactory(group=group, accepted=True, starts_at=now + timedelta(weeks=5), ends_at=None)
    ahead = outlook.chairs_ahead(director(), now).groups
    assert [week.taken for week in ahead[0].weeks] == [1, 1, 1, 1, 0, 0, 1, 1]
    assert [week.free for week in ahead[0].weeks] == [2, 2, 2, 2, 3, 3, 2, 2]
    assert [week.goes for week in ahead[0].weeks] == [0, 0, 0, 1, 0, 0, 0, 0]
    assert [week.taken for week in outlook.totals(ahead)] == [1, 1, 1, 1, 0, 0, 1, 1]


def test_a_held_chair_is_not_free_and_one_that_lapsed_is():
    now, group = timezone.now(), GroupFactory(chairs=2)
    SeatFactory(group=group, starts_at=now + timedelta(minutes=1), held_until=now + timedelta(days=1))
    SeatFactory(group=group, starts_at=now + timedelta(minutes=1), held_until=now - timedelta(minutes=1))
    (each,) = outlook.chairs_ahead(director(), now).groups
    assert (each.weeks[1].held, each.weeks[1].free) == (1, 1)


def test_who_finishes_is_named_with_what_comes_after():
    now, group = timezone.now(), GroupFactory()
    with_seat, without = seat_until(group, 3), seat_until(group, 2)
    seat_until(group, 9)
    oak = GroupFactory(program=ProgramFactory(aftercare=True))
    SeatFactory(
        group=oak, patient=with_seat.patient, episode=with_seat.episode, accepted=True, starts_at=with_seat.ends_at
    )
    ahead = outlook.chairs_ahead(director(), now)
    assert ahead.finish_count == 2
    assert [(each.seat, each.after) for each in ahead.finishing] == [(without, False), (with_seat, True)]


def test_a_leader_carries_groups_people_and_hours_as_leader_and_co_leader():
    now, leader = timezone.now(), StaffFactory(roles=[Role.COUNSELOR])
    group = GroupFactory(leader=leader)
    seat_until(group, 3)
    SessionFactory(group=group, starts_at=now + timedelta(days=1))
    SessionFactory(leader=StaffFactory(), co_leader=leader, starts_at=now + timedelta(days=2))
    SessionFactory(group=group, starts_at=now + timedelta(days=3), cancelled_at=now, cancelled_why="Snow")
    SessionFactory(group=group, starts_at=now + timedelta(days=40))
    load = next(load for load in outlook.loads(now)[0] if load.staff == leader)
    assert (load.groups, load.people, load.sessions, load.hours, load.a_week) == (1, 1, 2, 6.0, 1.5)


def test_who_waits_is_counted_by_step_and_days_since_they_asked():
    now, staff = timezone.now(), StaffFactory(roles=[Role.ADMISSIONS])
    for days in (1, 5):
        InquiryFactory(asked_at=now - timedelta(days=days))
    screened = InquiryFactory(asked_at=now - timedelta(days=9), status=Inquiry.Status.SCREENED)
    InquiryFactory(
        asked_at=now - timedelta(days=50), status=Inquiry.Status.LOST_CONTACT, closed_at=now, closed_by=staff
    )
    waits = outlook.waits(staff, now, CHICAGO)
    told = [(wait.step, wait.days, wait.median, wait.longest) for wait in waits.steps]
    assert told == [("For a call", [5, 1], 3, 5), ("For the assessment", [9], 9, 9)]
    assert waits.longest[0] == (9, "For the assessment", screened)


def test_who_is_decided_waits_for_a_seat_and_then_for_the_first_group():
    now, staff = timezone.now(), StaffFactory(roles=[Role.ADMISSIONS])
    seat = SeatFactory(starts_at=now + timedelta(days=2), held_until=now + timedelta(days=1))
    decided = {"status": Inquiry.Status.ADMITTED, "closed_at": now, "closed_by": staff}
    InquiryFactory(asked_at=now - timedelta(days=3), patient=seat.patient, **decided)
    assert [wait.step for wait in outlook.waits(staff, now, CHICAGO).steps] == ["For the first group"]
    seat.held_until = now
    seat.save()
    assert [wait.step for wait in outlook.waits(staff, now, CHICAGO).steps] == ["For a seat"]


def test_who_does_not_see_inquiries_sees_nobody_wait():
    InquiryFactory()
    biller = StaffFactory(roles=[Role.BILLER])
    assert outlook.waits(biller, timezone.now(), CHICAGO).steps == []


def test_the_page_asks_no_more_for_many_groups(client):
    CenterFactory()
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    counts = []
    for _ in range(2):
        for _ in range(4):
            seat_until(GroupFactory(), 3)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(reverse("desk:outlook")).content.decode()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "72 of 80 chairs free this week" in page
