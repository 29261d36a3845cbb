"""What other calendar programs read, and the weeks and months on our pages."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from stepdown.people.models import Role
from stepdown.people.tests.clients import as_patient, sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import calendars, services_session
from stepdown.timetable.domain import weeks
from stepdown.timetable.domain.feed import Entry, feed
from stepdown.timetable.models import CalendarLink
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.tests.factories import SessionFactory

CHICAGO = ZoneInfo("America/Chicago")


def events(body: bytes):
    return {str(event["uid"]): event for event in Calendar.from_ical(body).walk("VEVENT")}


def read(client, link):
    answer = client.get(reverse("timetable:feed", args=[calendars.token_of(link)]))
    assert answer.status_code == 200
    return events(answer.content)


@pytest.fixture
def seated(db):
    """A patient with a seat, and the next session of their group."""
    CenterFactory()
    seat = SeatFactory(accepted=True, starts_at=timezone.now() - timedelta(days=40))
    session = SessionFactory(group=seat.group, starts_at=timezone.now() + timedelta(days=3))
    return seat.patient, session


@pytest.mark.django_db
def test_a_calendar_tells_times_and_nothing_of_treatment(client, seated):
    patient, session = seated
    link = calendars.make_link(patient=patient)
    answer = client.get(reverse("timetable:feed", args=[calendars.token_of(link)]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    told = answer.content.decode()
    names = (session.group.name, session.group.program.name, session.leader.name, patient.first_name, patient.last_name)
    assert not [name for name in (*names, "Stepdown", "http", "treatment", "recovery") if name.lower() in told.lower()]
    event = events(answer.content)[str(session.pk)]
    assert (str(event["summary"]), event["class"]) == ("Meeting", "PRIVATE")
    assert event["dtstart"].dt == session.starts_at.replace(microsecond=0)
    assert event["dtend"].dt == session.ends_at.replace(microsecond=0)


@pytest.mark.django_db
def test_a_session_that_is_moved_keeps_its_id_and_counts_its_changes(client, seated):
    patient, session = seated
    link = calendars.make_link(patient=patient)
    before = read(client, link)[str(session.pk)]
    there = session.starts_at + timedelta(hours=26)
    services_session.move_session(session=session, starts_at=there, seen=session.revision, by=StaffFactory())
    after = read(client, link)[str(session.pk)]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt == there.replace(microsecond=0)


@pytest.mark.django_db
def test_a_session_that_is_called_off_stays_as_cancelled(client, seated):
    patient, session = seated
    link = calendars.make_link(patient=patient)
    services_session.cancel_session(session=session, why="Snow", seen=session.revision, by=StaffFactory())
    event = read(client, link)[str(session.pk)]
    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")
    assert "Snow" not in str(event)


@pytest.mark.django_db
def test_a_link_that_was_stopped_opens_nothing_and_a_new_one_is_another(client, seated):
    patient, _ = seated
    link = calendars.make_link(patient=patient)
    assert calendars.make_link(patient=patient) == link
    calendars.stop_link(link=link)
    assert client.get(reverse("timetable:feed", args=[calendars.token_of(link)])).status_code == 404
    assert calendars.token_of(calendars.make_link(patient=patient)) != calendars.token_of(link)
    assert client.get(reverse("timetable:feed", args=["x" * 43])).status_code == 404


@pytest.mark.django_db
def test_nothing_stands_in_a_calendar_beyond_ones_own(client, seated):
    patient, session = seated
    other = SessionFactory(starts_at=timezone.now() + timedelta(days=3))
    assert str(other.pk) not in read(client, calendars.make_link(patient=patient))
    own = read(client, calendars.make_link(staff=session.leader))
    assert str(session.pk) in own
    assert str(other.pk) not in own


@pytest.mark.django_db
def test_a_groups_link_opens_as_long_as_its_owner_sees_the_group(client):
    counselor = StaffFactory(roles=[Role.COUNSELOR])
    group = GroupFactory(leader=counselor)
    session = SessionFactory(group=group, leader=StaffFactory(), starts_at=timezone.now() + timedelta(days=1))
    link = calendars.make_link(staff=counselor, group=group)
    assert str(session.pk) in read(client, link)
    group.leader = StaffFactory()
    group.save()
    assert calendars.link_by(calendars.token_of(link)) is None


@pytest.mark.django_db
def test_whose_work_has_ended_has_no_calendar(client):
    counselor = StaffFactory()
    link = calendars.make_link(staff=counselor)
    counselor.ended_at = timezone.now()
    counselor.save()
    assert client.get(reverse("timetable:feed", args=[calendars.token_of(link)])).status_code == 404


@pytest.mark.django_db
def test_what_did_not_change_is_not_sent_again(client, seated):
    patient, _ = seated
    address = reverse("timetable:feed", args=[calendars.token_of(calendars.make_link(patient=patient))])
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("change", [date(2027, 3, 14), date(2026, 11, 1)], ids=["spring", "autumn"])
def test_a_group_at_six_meets_at_six_on_both_sides_of_a_change_of_clocks(client, change):
    with time_machine.travel(datetime.combine(change - timedelta(days=8), time(12), tzinfo=CHICAGO), tick=False):
        group = GroupFactory(days=[0, 2, 3], starts_at=time(18), opened_on=change - timedelta(days=7))
        extend_timetable(group=group, until=change + timedelta(days=7))
        found = read(client, calendars.make_link(staff=group.leader))
    clocks = {event["dtstart"].dt.astimezone(CHICAGO).time() for event in found.values()}
    moments = {event["dtstart"].dt.astimezone(UTC).time() for event in found.values()}
    assert clocks == {time(18)}
    assert moments == {time(0), time(23)}


def test_the_same_calendar_is_the_same_bytes():
    at = datetime(2026, 11, 28, 18, tzinfo=UTC)
    entry = Entry(uuid4(), at, at + timedelta(hours=3), 0, at, is_off=False)
    assert feed([entry], title="Reunión", name="Reuniones") == feed([entry], title="Reunión", name="Reuniones")
    assert "SUMMARY:Reunión" in feed([entry], title="Reunión", name="Reuniones").decode()


@pytest.mark.django_db
def test_a_link_is_of_one_person_and_there_is_one():
    patient, staff = PatientFactory(), StaffFactory()
    calendars.make_link(patient=patient)
    for wrong in ({"patient": patient}, {"patient": patient, "staff": staff}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarLink.objects.create(digest=str(uuid4()), **wrong)


# Pages


@pytest.mark.django_db
def test_a_patient_reads_their_next_weeks_and_makes_and_stops_a_link(client, seated):
    patient, _ = seated
    as_patient(client, patient)
    page = client.get(reverse("timetable:my_calendar"))
    assert "Week of" in page.content.decode()
    page = client.post(reverse("timetable:change_my_link"), {"act": "make"}, follow=True).content.decode()
    address = calendars.url_of(CalendarLink.objects.get(patient=patient))
    assert address in page
    assert f"webcal://{address.partition('://')[2]}" in page
    client.post(reverse("timetable:change_my_link"), {"act": "stop"})
    assert not CalendarLink.objects.filter(patient=patient, revoked_at=None).exists()


@pytest.mark.django_db
def test_staff_have_links_of_their_own_and_of_groups_they_see(client):
    CenterFactory()
    counselor = StaffFactory(roles=[Role.COUNSELOR])
    group, foreign = GroupFactory(leader=counselor), GroupFactory()
    sign_in(client, counselor)
    for wanted in ("", str(group.pk)):
        client.post(reverse("timetable:change_link"), {"act": "make", "group": wanted})
    assert client.post(reverse("timetable:change_link"), {"act": "make", "group": foreign.pk}).status_code == 404
    assert [link.group for link in calendars.links_of(staff=counselor)] == [group, None]
    page = client.get(reverse("timetable:links")).content.decode()
    assert all(calendars.url_of(link) in page for link in calendars.links_of(staff=counselor))
    client.post(reverse("timetable:change_link"), {"act": "stop", "group": group.pk})
    assert [link.group for link in calendars.links_of(staff=counselor)] == [None]


@pytest.mark.django_db
def test_weeks_and_months_show_what_this_person_may_see(client):
    CenterFactory()
    counselor = StaffFactory(roles=[Role.COUNSELOR])
    noon = datetime.combine(timezone.now().astimezone(CHICAGO), time(12), tzinfo=CHICAGO)
    session = SessionFactory(group=GroupFactory(name="Cedar", leader=counselor), leader=counselor, starts_at=noon)
    SessionFactory(group=GroupFactory(name="Foreign"), starts_at=noon)
    sign_in(client, counselor)
    for asked in ({}, {"view": "month"}, {"of": "mine"}, {"of": str(session.group_id)}):
        page = client.get(reverse("timetable:calendar"), asked).content.decode()
        assert "One session" in page
        assert "Foreign" not in page
    elsewhere = {"on": "2027-06-01"}
    page = client.get(reverse("timetable:calendar"), elsewhere).content.decode()
    assert "No session in this time" in page
    assert "None" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked", [{"on": "soon"}, {"on": "9999-12-31"}, {"on": "0001-01-01"}, {"view": "year"}, {"of": "x"}]
)
def test_what_makes_no_sense_shows_the_week(client, asked):
    CenterFactory()
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert "Week of" in client.get(reverse("timetable:calendar"), asked).content.decode()


@pytest.mark.parametrize(
    ("view", "on", "first", "last", "before", "after"),
    [
        ("week", date(2026, 11, 28), date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 16), date(2026, 11, 30)),
        ("month", date(2026, 11, 28), date(2026, 10, 26), date(2026, 12, 6), date(2026, 10, 1), date(2026, 12, 1)),
        ("month", date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), date(2027, 1, 1), date(2027, 3, 1)),
        ("month", date(2026, 12, 31), date(2026, 11, 30), date(2027, 1, 3), date(2026, 11, 1), date(2027, 1, 1)),
    ],
)
def test_a_page_has_whole_weeks(view, on, first, last, before, after):
    assert weeks.pages(view, on) == weeks.Pages(first, last, before, after)
    shown = weeks.days(view, on, on, [], lambda item: item)
    assert (shown[0].on, shown[-1].on, len(shown) % 7) == (first, last, 0)
    assert [day.on for day in shown if day.is_today] == [on]
    assert all(day.is_beside is (view == "month" and day.on.month != on.month) for day in shown)
