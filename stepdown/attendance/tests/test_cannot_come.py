"""Somebody tells us that a patient cannot come: written down, judged, taken back; what the attendance makes of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance import services
from stepdown.attendance import services_cannot_come as told
from stepdown.attendance.door import door
from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.kernel.db import RuleBroken
from stepdown.live.models import Knock, Room
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.timetable.models import CannotCome, Session
from stepdown.timetable.tests.factories import CannotComeFactory, SessionFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def session():
    """Tonight's, in six hours."""
    CenterFactory()
    return SessionFactory(starts_at=timezone.now() + 6 * HOUR)


@pytest.fixture
def rosa(session):
    return seated(session, first_name="Rosa")


def write_down(session, patient, **fields):
    said = {"told_at": timezone.now(), "said_by": "patient", "why": "Court date", "excused": None, "by": session.leader}
    return told.write_down(session=session, patient=patient, **said | fields)


def status_of(session, patient) -> str:
    services.draw_up(session=session)
    return Attendance.objects.get(session=session, patient=patient).status


# -- what the attendance proposes


@pytest.mark.parametrize(
    ("hours_before", "excused", "status"),
    [
        (6, True, "excused"),
        (6, False, "cancelled_late"),
        (6, None, "cancelled_late"),
        (24, False, "cancelled_patient"),
        (30, None, "cancelled_patient"),
        (30, True, "excused"),
        (-1, None, "cancelled_late"),
    ],
)
def test_the_attendance_proposes_it_from_what_was_told_and_when(hours_before, excused, status):
    session = session_over()
    patient = seated(session)
    told_at = session.starts_at - hours_before * HOUR
    CannotComeFactory(session=session, patient=patient, told_at=told_at, excused=excused)
    assert status_of(session, patient) == status
    services.confirm(session=session, by=session.leader)
    row = Attendance.objects.get()
    assert (row.status, row.confirmed_minutes, row.correction_reason) == (status, 0, "")


def test_who_comes_all_the_same_was_there():
    session = session_over()
    patient = seated(session)
    CannotComeFactory(session=session, patient=patient)
    was_in(session, patient, 0, 180)
    assert status_of(session, patient) == "present"


def test_what_we_kept_them_out_of_is_cancelled_by_us_whatever_they_told_us():
    session = session_over()
    held, other = seated(session), seated(session)
    for patient in (held, other):
        CannotComeFactory(session=session, patient=patient)
    Knock.objects.create(session=session, patient=held, at=session.starts_at, ended_at=session.starts_at + HOUR)
    assert (status_of(session, held), status_of(session, other)) == ("cancelled_site", "cancelled_patient")
    Room.objects.all().delete()
    assert status_of(session, other) == "cancelled_site"


def test_what_was_told_of_another_time_or_taken_back_says_nothing():
    session = session_over()
    moved, back = seated(session), seated(session)
    CannotComeFactory(session=session, patient=moved, starts_at=session.starts_at - HOUR)
    CannotComeFactory(session=session, patient=back, taken_back_at=session.starts_at)
    assert {status_of(session, moved), status_of(session, back)} == {"no_show"}


def test_the_leader_says_otherwise_with_a_reason():
    session = session_over()
    patient = seated(session)
    CannotComeFactory(session=session, patient=patient, excused=True)
    [row] = services.draw_up(session=session)
    assert door(session, timezone.now()).absence_of(patient.pk) == "excused"
    with pytest.raises(RuleBroken, match="Say why"):
        services.correct(attendance=row, minutes=0, reason="", absence="no_show", by=session.leader)
    row = services.correct(attendance=row, minutes=0, reason="No court date.", absence="no_show", by=session.leader)
    assert row.status == "no_show"


# -- written down, judged, taken back


def test_it_is_written_down_before_and_during_the_session(session, rosa):
    row = write_down(session, rosa, now=session.ends_at - timedelta(minutes=1))
    assert (row.starts_at, row.recorded_by, row.judged) == (session.starts_at, session.leader, "not judged yet")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"starts_at": -20, "ends_at": -17}, "This session is over."),
        ({"starts_at": 14 * 24 + 1, "ends_at": 14 * 24 + 4}, "more than two weeks ahead"),
        ({"cancelled_at": 0}, "This session was called off"),
    ],
)
def test_it_is_refused_for_a_session_nobody_can_miss(session, rosa, change, sentence):
    now = timezone.now()
    Session.objects.filter(pk=session.pk).update(**{name: now + hours * HOUR for name, hours in change.items()})
    with pytest.raises(RuleBroken, match=sentence):
        write_down(session, rosa)


def test_it_is_refused_of_who_is_not_expected_of_what_is_still_to_be_said_and_twice(session, rosa):
    with pytest.raises(RuleBroken, match="They are not expected"):
        write_down(session, seated(SessionFactory(group=GroupFactory())))
    with pytest.raises(RuleBroken, match="still to come"):
        write_down(session, rosa, told_at=timezone.now() + HOUR)
    write_down(session, rosa)
    with pytest.raises(RuleBroken, match="written down already"):
        write_down(session, rosa)


def test_it_is_taken_back_and_said_again(session, rosa):
    row = write_down(session, rosa)
    for _twice in range(2):
        told.take_back(cannot_come=row, by=session.leader)
    row.refresh_from_db()
    assert row.taken_back_by == session.leader
    with pytest.raises(RuleBroken, match="taken back"):
        told.judge(cannot_come=row, excused=True, by=session.leader)
    write_down(session, rosa)
    assert CannotCome.objects.standing().count() == 1


def test_until_the_attendance_is_confirmed_the_proposal_follows(session):
    session = session_over()
    patient = seated(session)
    row = CannotComeFactory(session=session, patient=patient)
    services.draw_up(session=session)
    told.judge(cannot_come=row, excused=True, by=session.leader)
    assert Attendance.objects.get().status == "excused"
    services.confirm(session=session, by=session.leader)
    for change in (
        lambda: told.take_back(cannot_come=row, by=session.leader),
        lambda: told.judge(cannot_come=row, excused=False, by=session.leader),
    ):
        with pytest.raises(RuleBroken, match="is confirmed"):
            change()
    assert CannotCome.objects.standing().get().excused is True


def test_once_it_is_taken_back_they_missed_the_session():
    session = session_over()
    row = CannotComeFactory(session=session, patient=seated(session))
    services.draw_up(session=session)
    told.take_back(cannot_come=row, by=session.leader)
    assert Attendance.objects.get().status == "no_show"


def test_its_history_is_kept(session, rosa):
    row = write_down(session, rosa)
    told.judge(cannot_come=row, excused=False, by=session.leader)
    assert list(row.events.order_by("pgh_id").values_list("excused", flat=True)) == [None, False]


# -- the page


def address(patient) -> str:
    return reverse("attendance:cannot_come", args=[patient.pk])


def send(client, session, patient, /, **fields):
    said = {"session": session.pk, "said_by": "patient", "why": "Court date", "excused": "later"}
    return client.post(address(patient), said | fields)


@pytest.mark.parametrize("role", [Role.ADMISSIONS, Role.COUNSELOR, Role.DIRECTOR])
def test_who_takes_the_call_writes_it_down(client, session, rosa, role):
    by = session.leader if role == Role.COUNSELOR else StaffFactory(roles=[role])
    sign_in(client, by)
    page = client.get(f"{address(rosa)}?session={session.pk}").content.decode()
    assert session.group.name in page
    assert f'value="{session.pk}"' in page
    assert "checked" in page
    assert send(client, session, rosa).status_code == 302
    row = CannotCome.objects.get()
    assert (row.recorded_by, row.why, row.excused, row.said_by) == (by, "Court date", None, "patient")
    assert timezone.now() - row.told_at < timedelta(minutes=1)
    page = client.get(address(rosa)).content.decode()
    assert "not judged yet" in page
    assert "No session to write down" in page


def test_what_was_told_earlier_is_written_down_with_its_time(client, session, rosa, time_machine):
    time_machine.move_to(session.starts_at.replace(hour=20, minute=0), tick=False)
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() + 6 * HOUR, ends_at=timezone.now() + 9 * HOUR)
    sign_in(client, session.leader)
    local = timezone.localtime(timezone.now(), session.group.zone) - timedelta(days=1)
    told_on = {"told_on_month": local.month, "told_on_day": local.day, "told_on_year": local.year}
    assert send(client, session, rosa, **told_on, told_at="12:10 pm", excused="yes").status_code == 302
    row = CannotCome.objects.get()
    assert timezone.localtime(row.told_at, session.group.zone).strftime("%H:%M") == "12:10"
    assert (row.told_at < timezone.now() - 12 * HOUR, row.excused) == (True, True)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"session": ""}, "Choose the session they cannot come to."),
        ({"session": "x"}, "Choose one of the sessions shown."),
        ({"said_by": ""}, "Choose who said it."),
        ({"why": ""}, "Say why in a few words, or that they did not say."),
        ({"why": "x" * 121}, "Use at most 120 characters."),
        ({"excused": ""}, "Choose whether it is excused."),
        ({"told_at": "noon"}, "Enter a time, for example 6:00 pm."),
        ({"told_on_month": "1", "told_on_day": "1", "told_on_year": "2099"}, "That day is still to come."),
        ({"told_on_month": "1", "told_on_day": "1", "told_on_year": "2001"}, "That is more than two weeks ago."),
    ],
)
def test_what_cannot_be_says_why_beside_the_field_and_keeps_what_was_typed(client, session, rosa, fields, sentence):
    sign_in(client, session.leader)
    answer = send(client, session, rosa, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) == 2, "in the summary and beside the field"
    if "why" not in fields:
        assert "Court date" in page
    assert not CannotCome.objects.exists()


def test_a_day_before_today_needs_its_hour_and_an_hour_to_come_is_refused(client, session, rosa, time_machine):
    time_machine.move_to(timezone.now().replace(hour=18, minute=0), tick=False)
    sign_in(client, session.leader)
    day = timezone.localtime(timezone.now(), session.group.zone) - timedelta(days=1)
    told_on = {"told_on_month": day.month, "told_on_day": day.day, "told_on_year": day.year}
    assert "Enter at what time they said it." in send(client, session, rosa, **told_on).content.decode()
    assert "That is still to come." in send(client, session, rosa, told_at="11:59 pm").content.decode()


def test_it_is_judged_and_taken_back_by_a_tap(client, session, rosa):
    row = write_down(session, rosa)
    sign_in(client, session.leader)
    act = reverse("attendance:act_on_cannot_come", args=[row.pk])
    for tap, excused in (("excuse", True), ("no_excuse", False)):
        assert client.post(act, {"act": tap}).url == address(rosa)
        row.refresh_from_db()
        assert row.excused is excused
    assert client.post(act, {"act": "forget"}).status_code == 422
    for _twice in range(2):
        assert client.post(act, {"act": "take_back"}).url == address(rosa)
    assert not CannotCome.objects.standing().exists()
    assert "This was taken back." in client.post(act, {"act": "excuse"}).content.decode()


def test_who_stood_in_judges_it_from_the_sheet_and_comes_back_there(client):
    CenterFactory()
    session = session_over(leader=StaffFactory())
    patient = seated(session)
    row = CannotComeFactory(session=session, patient=patient)
    sign_in(client, session.leader)
    assert "Cannot come, told us" in client.get(address(patient)).content.decode()
    act = reverse("attendance:act_on_cannot_come", args=[row.pk])
    assert client.post(act, {"act": "excuse"}).url == address(patient)
    assert client.post(act, {"act": "take_back"}).url == reverse("attendance:sheet", args=[session.pk])
    assert client.get(address(patient)).status_code == 404


def test_what_is_confirmed_is_not_taken_back_from_the_page(client):
    CenterFactory()
    session = session_over()
    row = CannotComeFactory(session=session, patient=seated(session))
    sign_in(client, session.leader)
    assert "Take back" in client.get(address(row.patient)).content.decode()
    services.confirm(session=session, by=session.leader)
    answer = client.post(reverse("attendance:act_on_cannot_come", args=[row.pk]), {"act": "take_back"})
    assert answer.status_code == 422
    assert "is confirmed" in answer.content.decode()


def test_another_counselor_finds_nothing_and_who_stands_in_only_what_they_lead(client, session, rosa):
    row = write_down(session, rosa)
    other = StaffFactory()
    sign_in(client, other)
    act = reverse("attendance:act_on_cannot_come", args=[row.pk])
    assert client.get(address(rosa)).status_code == client.post(act, {"act": "excuse"}).status_code == 404
    theirs = SessionFactory(group=session.group, leader=other, starts_at=session.starts_at + timedelta(days=2))
    page = client.get(address(rosa)).content.decode()
    assert str(theirs.pk) in page
    assert str(session.pk) not in page
    assert send(client, theirs, rosa).status_code == 302
    assert client.post(act, {"act": "excuse"}).status_code == 404


def test_the_sheet_shows_what_was_told(client):
    CenterFactory()
    session = session_over()
    patient = seated(session)
    CannotComeFactory(session=session, patient=patient)
    sign_in(client, session.leader)
    page = client.get(reverse("attendance:sheet", args=[session.pk])).content.decode()
    assert "Cannot come, told us" in page
    assert "Court date." in page
    assert "Cancelled by the patient" in page
    assert address(patient) in page
