from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.desk.queries.days import held_days
from stepdown.desk.tests.scenes import group_tonight
from stepdown.live.models import Break
from stepdown.live.tests.factories import DoorCheckFactory
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory
from stepdown.ui import navigation
from stepdown.ui.navigation import NOTHING, NavItem, Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_twelve_to_six")]


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


@pytest.mark.parametrize(
    ("stays", "minutes", "stands", "whole"),
    [
        ([(0, 180)], 160, 160, 1),
        ([(0, 170)], 150, 150, 1),
        ([(0, 169)], 149, 149, 0),
        ([(0, 60), (70, 120), (130, 180)], 160, 160, 0),
        ([], 0, 0, 0),
        ([], 0, 150, 1),
    ],
)
def test_a_quarter_of_an_hour_of_breaks_they_were_in_counts_toward_a_whole_day(stays, minutes, stands, whole):
    session, (walt, _) = group_tonight(StaffFactory())
    held = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=1))
    for after in (60, 120):
        begun = held.starts_at + timedelta(minutes=after)
        Break.objects.create(
            session=held, starts_at=begun, ends_at=begun + timedelta(minutes=10), started_by=held.leader
        )
    there = [[(held.starts_at + timedelta(minutes=n)).isoformat() for n in stay] for stay in stays]
    AttendanceFactory(session=held, seat=walt, stays=there, minutes=minutes, confirmed=True, confirmed_minutes=stands)
    (day,) = held_days(timezone.now())
    assert day.whole == whole


def test_who_came_is_counted_as_corrected():
    leader = StaffFactory()
    session, (walt, noor) = group_tonight(leader)
    held = SessionFactory(group=session.group, starts_at=timezone.now() - timedelta(days=1))
    by = {"session": held, "confirmed_at": timezone.now(), "confirmed_by": leader, "correction_reason": "Why"}
    came = AttendanceFactory(seat=walt, minutes=0, confirmed_minutes=165, status="present", **by)
    assert [day.came for day in held_days(timezone.now())] == [1]
    came.delete()
    AttendanceFactory(seat=noor, minutes=100, confirmed_minutes=0, status="no_show", **by)
    assert [day.came for day in held_days(timezone.now())] == [0]


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
    next_week = timezone.now() + timedelta(weeks=1)
    seat = SeatFactory(accepted=True, episode=EpisodeFactory(active=True), group__leader=colleague, ends_at=next_week)
    SeatFactory(accepted=True, episode=seat.episode, group__leader=counselor, starts_at=next_week)
    sign_in(client, counselor)
    told = client.get(reverse("desk:patient", args=[waits.patient_id])).content.decode()
    assert "Admissions and the clinical director offer seats." in told
    assert reverse("placement:offer", args=[waits.pk]) not in told
    told = client.get(reverse("desk:patient", args=[seat.patient_id])).content.decode()
    assert "a leader of their group or a clinical director decides this." in told
    for act in ("step_down", "discharge"):
        assert reverse(f"transitions:{act}", args=[seat.episode_id]) not in told


def test_any_page_reads_the_center_once(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("public:home"))
    assert sum('FROM "people_center"' in query["sql"] for query in captured) == 1


def test_what_waits_is_told_to_the_menu_of_whoever_it_waits_for(client, monkeypatch):
    ines, jon = StaffFactory(), StaffFactory()
    entry = NavItem("Day", "home", "desk:day", waiting=lambda staff: Waiting(3, 1) if staff == ines else NOTHING)
    monkeypatch.setitem(navigation.staff.items, "desk:day", entry)
    told = sign_in(client, ines).get(reverse("desk:waiting")).content.decode()
    assert '<span id="waits-desk-day" class="count urgent" hx-swap-oob="true">1' in told
    assert "waits-desk-day" not in sign_in(Client(), jon).get(reverse("desk:waiting")).content.decode()
