from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.tests.factories import AttendanceFactory, was_in
from stepdown.chart.services import open_note
from stepdown.chart.tests.factories import signed
from stepdown.desk.queries.day import day_of
from stepdown.desk.queries.month import Month, month_of
from stepdown.desk.tests.scenes import EVENING, day_page, group_tonight
from stepdown.live.services_leading import leader_away
from stepdown.live.tests.factories import DoorCheckFactory, RoomFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable.tests.factories import CannotComeFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_twelve_to_six")]


def test_the_day_is_titled_by_its_news(client):
    leader = StaffFactory()
    group_tonight(leader)
    assert "Cedar starts in 12 minutes" in day_page(client, leader)


def test_a_session_of_today_that_is_called_off_or_moved_is_told(client):
    counselor = StaffFactory()
    now = timezone.now()
    session, _ = group_tonight(counselor)
    session.starts_at, session.ends_at = now + timedelta(days=1), now + timedelta(days=1, hours=3)
    session.moved_from = now + timedelta(minutes=12)
    session.save()
    SessionFactory(group=session.group, starts_at=now, cancelled_at=now, cancelled_why="The line is down")
    page = " ".join(day_page(client, counselor).split())
    assert "<b>Cedar has moved:</b> tomorrow, 5:48 pm Central. Planned before: today, 6:00 pm Central." in page
    assert "<b>Cedar, 5:48 pm Central, is called off.</b> The line is down" in page


def test_a_group_that_runs_past_midnight_stays_on_the_day_of_who_leads_it():
    chicago = ZoneInfo("America/Chicago")
    session = SessionFactory(starts_at=datetime(2026, 3, 10, 22, tzinfo=chicago))
    later = SessionFactory(group=session.group, starts_at=datetime(2026, 3, 11, 18, tzinfo=chicago))
    director = StaffFactory(roles=[Role.DIRECTOR])
    for reader in (session.leader, director):
        day = day_of(reader, session.starts_at + timedelta(hours=2, minutes=30), chicago)
        assert (day.next, day.running, day.sessions) == (session, True, [session, later])
        over = day_of(reader, session.ends_at, chicago)
        assert (over.next, over.sessions) == (later, [later])


def test_without_groups_the_day_says_so(client):
    page = day_page(client, StaffFactory())
    assert "No groups today" in page
    assert "Nothing is late." in page


def test_who_checked_in_is_counted_and_who_needs_someone_stands_first(client):
    leader = StaffFactory()
    session, (walt, noor) = group_tonight(leader)
    DoorCheckFactory(session=session, patient=noor.patient, craving=2)
    DoorCheckFactory(session=session, patient=walt.patient, craving=8)
    page = day_page(client, leader)
    assert "2 of 2 have checked in." in page
    assert page.index("Walt Specimen") < page.index("Noor Specimen")
    assert "Urge 8." in page


def test_two_missed_groups_in_a_row_call_for_a_call(client):
    leader = StaffFactory()
    session, (walt, _) = group_tonight(leader)
    for days in (7, 2):
        missed = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=days))
        AttendanceFactory(session=missed, patient=walt.patient, seat=walt, status="no_show")
    page = day_page(client, leader)
    assert "Missed two in a row." in page
    assert f"tel:{walt.patient.phone}" in page


def test_who_told_us_that_they_cannot_come_is_shown_so(client):
    leader = StaffFactory()
    session, (walt, _) = group_tonight(leader)
    assert "Cannot come, told us" not in day_page(client, leader)
    CannotComeFactory(session=session, patient=walt.patient)
    assert "Cannot come, told us" in day_page(client, leader)


def test_another_counselors_people_are_not_on_the_page(client):
    group_tonight(StaffFactory())
    assert "Walt" not in day_page(client, StaffFactory())


@pytest.mark.parametrize("size", [1, 3])
def test_the_day_takes_the_same_queries_for_one_and_for_many(client, django_assert_max_num_queries, size):
    leader = StaffFactory()
    group_tonight(leader, people=size)
    sign_in(client, leader)
    with django_assert_max_num_queries(51):
        client.get(reverse("desk:day"))


def overdue(group, hours):
    """A session of that group whose note is not signed, over for so many hours."""
    session = SessionFactory(group=group, starts_at=timezone.now() - timedelta(hours=hours))
    AttendanceFactory(session=session)


def test_all_that_is_late_is_counted_also_what_the_short_list_leaves_out(client):
    group = GroupFactory(name="Cedar")
    for day in range(15):
        overdue(group, hours=30 + 24 * day)
    page = day_page(client, group.leader)
    assert "15 things are late." in page
    assert page.count("Sign the note, Cedar") == 12
    assert reverse("chart:notes") in page[page.index("The 12 that wait longest.") :]


def test_of_what_comes_the_first_five_are_shown_and_the_others_counted(client):
    group = GroupFactory(name="Cedar")
    for hours in range(4, 23, 3):
        overdue(group, hours=hours)
    page = day_page(client, group.leader)
    assert page.count("Sign the note, Cedar") == 5
    assert "2 more." in page


def test_a_director_is_told_who_signs_a_note_and_led_to_all_of_them(client):
    session = SessionFactory(group=GroupFactory(name="Cedar"), starts_at=timezone.now() - timedelta(hours=30))
    AttendanceFactory(session=session)
    page = day_page(client, StaffFactory(roles=["director"]))
    assert f"{session.leader.first_name} signs it" in page
    assert reverse("chart:write", args=[session.pk]) not in page


def test_a_long_list_of_what_is_late_takes_no_more_queries_than_a_short_one(client, django_assert_max_num_queries):
    director = sign_in(client, StaffFactory(roles=["director"]))
    group = GroupFactory()
    overdue(group, hours=30)
    with django_assert_max_num_queries(44) as few:
        director.get(reverse("desk:day"))
    for day in range(1, 15):
        overdue(group, hours=30 + 24 * day)
    with django_assert_max_num_queries(len(few)):
        director.get(reverse("desk:day"))


def test_a_director_is_told_of_a_room_that_nobody_leads(client):
    session, _ = group_tonight(StaffFactory())
    RoomFactory(session=session)
    leader_away(session=session, since=EVENING - timedelta(minutes=3))
    page = day_page(client, StaffFactory(roles=["director"]))
    assert "Nobody leads Cedar." in page
    assert "Patients are there without a leader since 5:45" in page
    assert reverse("live:staff_room", args=[session.pk]) in page


def test_a_director_can_let_a_group_go_that_nobody_has_opened(client):
    session, _ = group_tonight(StaffFactory(), minutes=-5)
    leader_away(session=session, since=EVENING - timedelta(minutes=3))
    change = f'href="{reverse("timetable:session", args=[session.pk])}"'
    assert change in day_page(client, StaffFactory(roles=["director"]))
    assert change not in day_page(client, session.leader)
    RoomFactory(session=session)
    assert change not in day_page(client, StaffFactory(roles=["director"]))


def test_a_director_of_many_groups_sees_those_that_come_soonest_and_how_many_there_are(client):
    for number in range(20):
        SessionFactory(group__name=f"Grove {number}.", starts_at=timezone.now() + timedelta(minutes=10 * number - 300))
    page = day_page(client, StaffFactory(roles=["director"]))
    assert "The 10 of today’s 20 groups that meet now or next." in page
    assert "Grove 19." in page
    assert "Grove 3." not in page


def test_a_director_who_leads_a_group_today_prepares_that_one(client):
    director = StaffFactory(roles=["director", "counselor"])
    SessionFactory(group__name="Grove", starts_at=timezone.now() + timedelta(minutes=5))
    group_tonight(director, minutes=40)
    assert "Cedar starts in 40 minutes" in day_page(client, director)


def test_in_words_what_is_late_when_it_is_few(client):
    group = GroupFactory()
    for day in range(4):
        overdue(group, hours=30 + 24 * day)
    assert "Four things are late." in day_page(client, group.leader)


def test_a_day_without_groups_shows_who_comes_to_the_next_one(client):
    leader = StaffFactory()
    group_tonight(leader, minutes=60 * 24 * 5)
    page = day_page(client, leader)
    assert "No groups today" in page
    assert "Next is Cedar: Monday, 5:48 pm Central." in page
    assert "Walt Specimen" in page
    assert "At the door" not in page, "nobody can have come to the door yet"


def test_after_the_last_group_of_the_day_the_next_one_is_shown(client):
    leader = StaffFactory()
    session, _ = group_tonight(leader, minutes=-20)
    RoomFactory(session=session, ended=True)
    SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=1))
    page = day_page(client, leader)
    assert "Your groups are done for today" in page
    assert "Next is Cedar: tomorrow, 5:48 pm Central." in page


def test_a_group_further_away_than_two_weeks_is_not_prepared_yet(client):
    leader = StaffFactory()
    group_tonight(leader, minutes=60 * 24 * 15)
    assert "Walt" not in day_page(client, leader)


def test_the_roster_to_print_and_the_emergency_cards_are_one_tap_away(client):
    leader = StaffFactory()
    session, _ = group_tonight(leader)
    page = day_page(client, leader)
    for act in ("print_roster", "emergency"):
        url = reverse(f"live:{act}", args=[session.pk])
        assert url in page
        assert client.get(url).status_code == 200


def test_before_the_door_opens_the_room_says_when(client):
    leader = StaffFactory()
    session, _ = group_tonight(leader, minutes=45)
    page = day_page(client, leader)
    assert "The door opens: 6:03 pm Central." in page
    assert reverse("live:staff_room", args=[session.pk]) not in page


def test_a_director_may_open_the_room_and_reads_who_leads(client):
    leader = StaffFactory(name="Ines Leadwell")
    session, _ = group_tonight(leader)
    page = day_page(client, StaffFactory(roles=["director"]))
    assert "Ines Leadwell leads the group." in page
    assert reverse("live:staff_room", args=[session.pk]) in page


def led_from(client, staff, session):
    """Whether the day has a way into that session's room, which answers."""
    room = reverse("live:staff_room", args=[session.pk])
    return room in day_page(client, staff) and client.get(room).status_code == 200


def test_a_room_that_was_ended_by_mistake_is_led_back_into_from_the_day(client):
    leader = StaffFactory()
    session, _ = group_tonight(leader, minutes=-20)
    RoomFactory(session=session, ended=True)
    assert led_from(client, leader, session)
    assert "Ended 5:48 pm. You can open it again." in day_page(client, leader)
    assert "Open the room again" in client.get(reverse("live:staff_room", args=[session.pk])).content.decode()


@pytest.mark.parametrize(("minutes", "is_led"), [(5, True), (119, True), (121, False)])
def test_a_room_open_past_its_end_is_led_from_the_day_as_long_as_it_may_be_open(client, minutes, is_led):
    leader = StaffFactory()
    session, _ = group_tonight(leader, minutes=-180 - minutes)
    RoomFactory(session=session)
    assert led_from(client, leader, session) is is_led
    assert led_from(client, StaffFactory(roles=["director"]), session) is is_led


def test_a_director_is_led_into_every_room_that_is_on_and_a_counselor_into_their_own(client):
    leader, director = StaffFactory(), StaffFactory(roles=["director"])
    own = SessionFactory(group__leader=leader, group__name="Alder", starts_at=timezone.now() - timedelta(minutes=5))
    other = SessionFactory(group__name="Birch", starts_at=timezone.now() - timedelta(minutes=5))
    later = SessionFactory(group__name="Cedar", starts_at=timezone.now() + timedelta(minutes=31))
    assert [led_from(client, director, each) for each in (own, other, later)] == [True, True, False]
    assert [led_from(client, leader, each) for each in (own, other, later)] == [True, False, False]


def test_the_month_counts_the_groups_one_led_who_came_and_which_notes_were_on_time(client):
    leader = StaffFactory()
    session, (walt, noor) = group_tonight(leader)
    for days, status in ((2, "present"), (7, "no_show"), (9, "partial"), (20, "present")):
        held = RoomFactory(
            session__group=session.group, session__starts_at=timezone.now() - timedelta(days=days)
        ).session
        AttendanceFactory(session=held, patient=walt.patient, seat=walt, status=status)
        AttendanceFactory(session=held, patient=noor.patient, seat=noor)
        was_in(held, noor.patient)
        if days == 7:
            with time_machine.travel(held.ends_at + timedelta(hours=23), tick=False):
                signed(open_note(session=held, by=leader))
    assert month_of(leader, EVENING, EVENING.tzinfo) == Month(led=3, came=5, expected=6, on_time=1, due=3)
    page = day_page(client, leader)
    assert "Your March so far" in page
    assert "5 of 6" in page


def test_of_the_month_one_reads_nothing_before_the_first_group_is_over():
    leader = StaffFactory()
    group_tonight(leader)
    assert month_of(leader, EVENING, EVENING.tzinfo) is None


def test_while_the_door_is_open_who_is_not_there_can_be_called_and_texted(client):
    leader = StaffFactory()
    session, (walt, _) = group_tonight(leader)
    page = day_page(client, leader)
    assert f'id="reach-{walt.patient_id}"' in page
    assert reverse("live:text", args=[session.pk]) in page


def test_before_the_door_opens_nobody_is_missing(client):
    leader = StaffFactory()
    group_tonight(leader, minutes=31)
    assert 'id="reach-' not in day_page(client, leader)
