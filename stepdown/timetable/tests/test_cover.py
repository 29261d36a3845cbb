"""The leader is licensed where each seated patient is, or the boards say so long before the session."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stepdown.outreach.models import Message
from stepdown.outreach.warnings import warn_of_licenses
from stepdown.people.domain.warnings import due
from stepdown.people.models import License, LicenseWarning, Role
from stepdown.people.services_licenses import renew_license
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, LicenseFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import cover, license_board
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)


@pytest.fixture
def group():
    CenterFactory()
    return GroupFactory()


def meeting(group, days=7, **session):
    return SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=days), **session)


def sitter(group, state="MN", **seat):
    return SeatFactory(group=group, accepted=True, episode__patient__state=state, **seat).patient


def test_a_session_is_covered_while_its_leader_is_licensed_where_everyone_sits(group):
    session = meeting(group)
    sitter(group)
    assert cover.uncovered([session]) == {}
    them = [sitter(group, "OH"), sitter(group, "OH")]
    short = cover.uncovered([session])[session.pk]
    assert {state: set(people) for state, people in short.people.items()} == {"OH": set(them)}
    assert short.said == "2 from Ohio"


def test_a_license_that_lapses_before_the_session_does_not_cover_it(group):
    sitter(group)
    group.leader.licenses.update(expires_on=timezone.localdate() + timedelta(days=10))
    before, after = meeting(group, 9), meeting(group, 12)
    assert set(cover.uncovered([before, after])) == {after.pk}


def test_below_masters_level_covers_nobody(group):
    sitter(group)
    session = meeting(group)
    group.leader.licenses.update(masters_level=False)
    assert session.pk in cover.uncovered([session])


def test_who_has_left_by_then_or_has_not_said_yes_touches_nothing(group):
    session = meeting(group, 20)
    sitter(group, "OH", ends_at=timezone.now() + timedelta(days=10))
    SeatFactory(group=group, episode__patient__state="OH")
    assert cover.uncovered([session]) == {}


def test_many_sessions_take_as_many_queries_as_one(group, django_assert_num_queries):
    sessions = [meeting(group, days) for days in range(5, 25)]
    sitter(group, "OH")
    with django_assert_num_queries(3):
        assert len(cover.uncovered(sessions)) == 20


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    licenses=st.lists(st.tuples(st.sampled_from(["MN", "OH"]), st.integers(-20, 20), st.integers(0, 30)), max_size=4),
    seats=st.lists(st.tuples(st.sampled_from(["MN", "OH"]), st.integers(-20, 20), st.integers(1, 40)), max_size=4),
)
def test_the_database_and_the_page_find_the_same_sessions(group, licenses, seats):
    License.objects.all().delete()
    group.seats.all().delete()
    Session.objects.all().delete()
    today, now = timezone.localdate(), timezone.now()
    for n, (state, first, length) in enumerate(licenses):
        begins = today + timedelta(days=first)
        LicenseFactory(
            staff=group.leader,
            state=state,
            number=f"n{n}",
            issued_on=begins,
            expires_on=begins + timedelta(days=length),
        )
    for state, first, length in seats:
        begins = now + timedelta(days=first)
        sitter(group, state, starts_at=begins, ends_at=begins + timedelta(days=length))
    sessions = [meeting(group, days) for days in (1, 5, 9, 14, 21)]
    sessions += [meeting(group, days, leader=StaffFactory()) for days in (3, 12)]
    found = set(cover.uncovered_ahead(now, now + timedelta(days=30)).values_list("pk", flat=True))
    assert found == set(cover.uncovered(sessions))


def test_the_board_says_which_sessions_and_people_a_license_touches(client, group):
    sitter(group)
    last = timezone.localdate() + timedelta(days=10)
    group.leader.licenses.update(expires_on=last)
    meeting(group, 9), meeting(group, 12), meeting(group, 14)
    quiet = LicenseFactory(state="IA", expires_on=last)
    board = license_board.board(timezone.now(), timezone.localdate())
    assert [(line.staff, len(line.sessions), line.people) for line in board.lines] == [
        (group.leader, 2, 1),
        (quiet.staff, 0, 0),
    ]
    page = sign_in(client, StaffFactory(roles=[Role.DIRECTOR])).get(reverse("timetable:licenses")).content.decode()
    assert "One license ends while people need it" in page
    assert "2 sessions, 1 person" in page
    assert "ends during their program" in page


def test_the_board_tells_where_there_never_was_a_license(group):
    sitter(group, "OH")
    meeting(group)
    line = license_board.board(timezone.now(), timezone.localdate()).lines[0]
    assert (line.license, line.state, line.people) == (None, "Ohio", 1)


def test_a_license_that_is_followed_by_another_one_does_not_end(group):
    last = timezone.localdate() + timedelta(days=10)
    old = group.leader.licenses.get()
    old.expires_on = last
    old.save()
    LicenseFactory(staff=group.leader, state=old.state, issued_on=last + timedelta(days=1))
    assert license_board.board(timezone.now(), timezone.localdate()).lines == []


def test_the_list_of_sessions_and_the_day_say_who_cannot_come_in(client, group):
    sitter(group, "OH")
    meeting(group, 3)
    sign_in(client, group.leader)
    assert "cannot come in: 1 from Ohio" in client.get(reverse("timetable:sessions", args=[group.pk])).content.decode()
    day = client.get(reverse("desk:day")).content.decode()
    assert f"{group.name} cannot start with 1 from Ohio" in day
    assert f"{group.leader.name} has no license there that day." in day
    other = sign_in(Client(), StaffFactory())
    assert "cannot start with" not in other.get(reverse("desk:day")).content.decode()


@pytest.mark.parametrize(
    ("left", "days"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_warnings_are_due_60_30_and_7_days_before_the_last_day(left, days):
    assert due(TODAY + timedelta(days=left), TODAY) == days


def kinds():
    return sorted(Message.objects.values_list("kind", flat=True))


def test_each_warning_is_told_once_to_its_owner_and_to_directors(group):
    StaffFactory(roles=[Role.DIRECTOR])
    group.leader.licenses.update(expires_on=TODAY + timedelta(days=60))
    assert [warn_of_licenses(TODAY), warn_of_licenses(TODAY), warn_of_licenses(TODAY + timedelta(days=1))] == [1, 0, 0]
    assert kinds() == ["license_ends", "team_license_ends"]
    assert warn_of_licenses(TODAY + timedelta(days=53)) == 1
    assert LicenseWarning.objects.count() == 2


def test_a_renewed_license_is_warned_of_anew_and_not_before(group):
    group.leader.licenses.update(expires_on=TODAY + timedelta(days=7))
    warn_of_licenses(TODAY)
    license = group.leader.licenses.get()
    renew_license(license=license, expires_on=TODAY + timedelta(days=400), by=group.leader)
    assert warn_of_licenses(TODAY) == 0
    assert warn_of_licenses(TODAY + timedelta(days=340)) == 1


def test_who_left_is_not_warned(group):
    LicenseFactory(staff=StaffFactory(ended_at=timezone.now()), expires_on=TODAY + timedelta(days=7))
    assert warn_of_licenses(TODAY) == 0
