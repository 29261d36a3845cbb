from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.live.services_leading import leader_away
from stepdown.live.tests.factories import DoorCheckFactory, RoomFactory
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 11, 17, 48, tzinfo=ZoneInfo("America/Chicago"))


@pytest.fixture(autouse=True)
def at_twelve_to_six():
    with time_machine.travel(EVENING, tick=False):
        CenterFactory()
        yield


def group_tonight(leader, people=2, minutes=12):
    """A group of that leader that meets in so many minutes, with people who sit there since four weeks."""
    group = GroupFactory(name="Cedar", leader=leader)
    now = timezone.now()
    session = SessionFactory(group=group, starts_at=now + timedelta(minutes=minutes))
    patients = [PatientFactory(first_name=name, last_name="Specimen") for name in ("Walt", "Noor", "Gus")[:people]]
    seats = [
        SeatFactory(
            accepted=True,
            group=group,
            patient=patient,
            episode=EpisodeFactory(patient=patient, active=True),
            starts_at=now - timedelta(weeks=4),
        )
        for patient in patients
    ]
    return session, seats


def day_page(client, staff):
    return sign_in(client, staff).get(reverse("desk:day")).content.decode()


def test_the_day_is_titled_by_its_news(client):
    leader = StaffFactory()
    group_tonight(leader)
    assert "Cedar starts in 12 minutes" in day_page(client, leader)


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


def test_another_counselors_people_are_not_on_the_page(client):
    group_tonight(StaffFactory())
    assert "Walt" not in day_page(client, StaffFactory())


@pytest.mark.parametrize("size", [1, 3])
def test_the_day_takes_the_same_queries_for_one_and_for_many(client, django_assert_max_num_queries, size):
    leader = StaffFactory()
    group_tonight(leader, people=size)
    sign_in(client, leader)
    with django_assert_max_num_queries(32):
        client.get(reverse("desk:day"))


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("counselor", "desk:day"),
        ("director", "desk:day"),
        ("admissions", "admissions:board"),
        ("biller", "desk:held_days"),
        ("administrator", "people:people"),
    ],
)
def test_each_role_arrives_at_its_own_page(client, role, page):
    answer = sign_in(client, StaffFactory(roles=[role])).get(reverse("desk:arrive"))
    assert (answer.status_code, answer.url) == (302, reverse(page))


def test_held_days_show_numbers_and_no_names(client):
    leader = StaffFactory()
    session, (walt, _) = group_tonight(leader)
    held = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=1))
    AttendanceFactory(session=held, patient=walt.patient, seat=walt, minutes=120)
    page = sign_in(client, StaffFactory(roles=["biller"])).get(reverse("desk:held_days")).content.decode()
    assert "Cedar" in page
    assert "To confirm" in page
    assert "Walt" not in page


def test_a_patient_out_of_sight_is_not_there(client):
    _, (walt, _) = group_tonight(StaffFactory())
    answer = sign_in(client, StaffFactory()).get(reverse("desk:patient", args=[walt.patient_id]))
    assert answer.status_code == 404


def test_admissions_sees_a_patient_without_notes_and_urges(client):
    session, (walt, _) = group_tonight(StaffFactory())
    DoorCheckFactory(session=session, patient=walt.patient, craving=8)
    answer = sign_in(client, StaffFactory(roles=["admissions"])).get(reverse("desk:patient", args=[walt.patient_id]))
    page = answer.content.decode()
    assert "Walt Specimen" in page
    assert "Urge at the door" not in page
    assert "Notes, newest first" not in page


def test_a_chart_greys_what_its_reader_may_not_do_and_says_why(client):
    counselor, colleague = StaffFactory(), StaffFactory()
    waits = EpisodeFactory(patient=PatientFactory(counselor=counselor), active=True)
    seat = SeatFactory(accepted=True, episode=EpisodeFactory(active=True), group__leader=colleague)
    SeatFactory(
        accepted=True,
        episode=seat.episode,
        group__leader=counselor,
        starts_at=seat.starts_at - timedelta(weeks=9),
        ends_at=seat.starts_at,
    )
    sign_in(client, counselor)
    told = client.get(reverse("desk:patient", args=[waits.patient_id])).content.decode()
    assert "Admissions and the clinical director offer seats." in told
    assert reverse("placement:offer", args=[waits.pk]) not in told
    told = client.get(reverse("desk:patient", args=[seat.patient_id])).content.decode()
    assert "a leader of their group or a clinical director decides this." in told
    for act in ("step_down", "discharge"):
        assert reverse(f"transitions:{act}", args=[seat.episode_id]) not in told


def test_a_patient_goes_to_the_group_with_one_button(client):
    session, (walt, _) = group_tonight(StaffFactory())
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "Your group starts in 12 minutes" in page
    assert reverse("live:door", args=[session.pk]) in page
    assert "Noor" not in page


def test_a_held_seat_is_the_one_next_thing(client):
    seat = SeatFactory(patient=PatientFactory())
    page = as_patient(client, seat.patient).get(reverse("desk:home")).content.decode()
    assert "A seat is held for you" in page
    assert reverse("placement:answer", args=[seat.pk]) in page


def test_a_held_seat_is_in_sight_also_on_the_day_of_a_group(client):
    _, (walt, _) = group_tonight(StaffFactory())
    walt.ends_at = timezone.now() + timedelta(weeks=1)
    walt.save()
    held = SeatFactory(aftercare=True, episode=walt.episode, starts_at=walt.ends_at)
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "Your group starts in 12 minutes" in page
    assert reverse("placement:answer", args=[held.pk]) in page


def test_a_session_that_its_leader_ended_is_over_for_the_patient_too(client):
    session, (walt, _) = group_tonight(StaffFactory(), minutes=-20)
    RoomFactory(session=session, ended=True)
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "Your group is meeting now" not in page
    assert reverse("live:door", args=[session.pk]) not in page


def test_who_has_no_group_is_welcome_and_finds_the_phone_number(client):
    page = as_patient(client, PatientFactory()).get(reverse("desk:home")).content.decode()
    assert "You are always welcome back" in page
    assert "tel:+1" in page


def test_the_week_tells_what_was_and_what_comes(client):
    session, (walt, _) = group_tonight(StaffFactory())
    monday = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=2))
    AttendanceFactory(session=monday, patient=walt.patient, seat=walt, minutes=165, status="present")
    page = as_patient(client, walt.patient).get(reverse("desk:home")).content.decode()
    assert "You were there" in page
    assert "2 h 45 min" in page
    assert "<b>1 of 1</b> groups" in page


def test_help_names_911_with_the_address_and_988(client):
    patient = PatientFactory(address_line="1200 Example Street")
    page = as_patient(client, patient).get(reverse("desk:help")).content.decode()
    assert "1200 Example Street" in page
    assert 'href="tel:911"' in page
    assert 'href="tel:988"' in page


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


def test_a_long_list_of_what_is_late_takes_no_more_queries_than_a_short_one(client, django_assert_max_num_queries):
    director = sign_in(client, StaffFactory(roles=["director"]))
    group = GroupFactory()
    overdue(group, hours=30)
    with django_assert_max_num_queries(32) as few:
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
    assert "Patients are in the room without a leader since 5:45" in page
    assert reverse("live:staff_room", args=[session.pk]) in page


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


def test_any_page_reads_the_center_once(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("public:home"))
    assert sum('FROM "people_center"' in query["sql"] for query in captured) == 1
