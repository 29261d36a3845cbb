"""A week with under six hours in group asks for a case conference, however it came about.

Source: program manual, section 6; RULE PROG-06.
"""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.chart import queries_welfare, services_welfare, tasks
from stepdown.chart.models import Missed
from stepdown.chart.tests.plans import in_group
from stepdown.desk.queries.day import day_of
from stepdown.live.tests.factories import RoomFactory
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory
from stepdown.placement.models import Seat
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat() -> Seat:
    CenterFactory()
    return in_group(days=40)


def monday_before(seat: Seat, weeks: int = 1) -> date:
    today = timezone.localdate(timezone=seat.group.zone)
    return today - timedelta(days=today.weekday() + 7 * weeks)


def was_there(seat: Seat, *minutes: int, weeks: int = 1, **fields: object) -> list[Attendance]:
    """From the Monday of that many weeks ago on, a group of three hours a day: so many minutes, or none as missed."""
    noon = moment(monday_before(seat, weeks), time(12), seat.group.zone)
    fields = {"confirmed": True, **fields}
    return [
        AttendanceFactory(
            session=SessionFactory(group=seat.group, starts_at=noon + timedelta(days=n)),
            seat=seat,
            status="partial" if minute else "no_show",
            minutes=minute,
            **fields,
        )
        for n, minute in enumerate(minutes)
    ]


def ask(seat: Seat) -> int:
    return services_welfare.ask_for_conferences(monday=monday_before(seat), now=timezone.now())


def test_a_week_under_six_hours_asks_for_one_once(seat):
    missed = was_there(seat, 100, 0, 100)[1].session
    case = services_welfare.notice(session=missed, patient=seat.patient, now=timezone.now(), is_on=False)
    services_welfare.log_step(missed=case, act="call", came="safe", by=case.owner)
    assert (ask(seat), ask(seat)) == (1, 0)
    asked = queries_welfare.open_for(seat.patient)
    assert (asked.conference_why, asked.next_act, list(asked.sessions.all())) == ("short_week", "conference", [])
    held = {"act": "conference", "came": "held", "words": "A later band from Monday."}
    services_welfare.log_step(missed=asked, by=case.owner, **held)
    assert queries_welfare.open_for(seat.patient) is None


def test_a_week_of_groups_left_after_an_hour_asks_for_one(client, seat):
    was_there(seat, 70, 70, 70)
    assert ask(seat) == 1
    case = queries_welfare.open_for(seat.patient)
    assert (case.conference_why, case.next_act, case.second) == ("short_week", "conference", False)
    todos = day_of(case.owner, timezone.now(), timezone.get_current_timezone()).coming
    assert f"Case conference about {seat.patient.called}" in [todo.what for todo in todos]
    page = sign_in(client, case.owner)
    assert f"{seat.patient.name}: case conference" in page.get(f"/staff/missed/{case.pk}/").content.decode()
    assert "Case conference" in page.get(f"/staff/patients/{seat.patient_id}/").content.decode()


def test_whoever_misses_a_group_is_called_first_also_while_a_conference_about_them_is_late(client, seat):
    now = timezone.now()
    was_there(seat, 70, 70, 70)
    ask(seat)
    Missed.objects.update(conference_by=now - timedelta(hours=5))
    session = SessionFactory(group=seat.group, starts_at=now - timedelta(minutes=12))
    case = services_welfare.notice(session=session, patient=seat.patient, now=now, is_on=False)
    case.refresh_from_db()
    assert (case.next_act, case.next_at) == ("call", session.starts_at + timedelta(minutes=15))
    todos = day_of(case.owner, now, timezone.get_current_timezone()).coming
    assert f"{seat.patient.called} did not come: call" in [todo.what for todo in todos]
    for _ in range(2):
        services_welfare.log_step(missed=case, act="call", came="no_answer", by=case.owner, now=now)
        now += timedelta(minutes=1)
    case.refresh_from_db()
    assert (case.next_act, case.is_for_conference) == ("conference", False)
    page = sign_in(client, case.owner)
    assert f"{seat.patient.name} did not come" in page.get(f"/staff/missed/{case.pk}/").content.decode()


@pytest.mark.parametrize("minutes", [(175, 100, 90), (70, 70, 0), (0, 0, 0)])
def test_six_hours_or_a_week_that_offered_no_more_ask_for_none(seat, minutes):
    was_there(seat, *minutes)
    Attendance.objects.filter(status="no_show").update(status="excused")
    assert ask(seat) == 0


def test_whose_groups_the_leader_ended_early_is_asked_about_for_nothing(seat):
    for row in was_there(seat, 110, 110, 110):
        opened_at = row.session.starts_at
        RoomFactory(session=row.session, opened_at=opened_at, ended_at=opened_at + timedelta(minutes=115))
    assert ask(seat) == 0


def test_who_left_as_the_room_was_ended_where_the_group_went_on_is_asked_about(seat):
    for row in was_there(seat, 110, 110, 110):
        opened_at = row.session.starts_at
        RoomFactory(session=row.session, opened_at=opened_at, ended_at=opened_at + timedelta(minutes=115))
        AttendanceFactory(session=row.session, minutes=115, confirmed=True, confirmed_minutes=178)
    assert ask(seat) == 1


def test_whose_care_has_ended_is_asked_about_no_more(seat):
    was_there(seat, 70, 70, 70)
    seat.patient.episodes.update(ended_at=timezone.now(), ended_by=seat.group.leader, status="completed")
    assert ask(seat) == 0


def test_a_week_is_asked_about_only_once_all_of_it_is_confirmed(seat):
    rows = was_there(seat, 165, 165, 10)
    unseen = {"confirmed_minutes": None, "confirmed_at": None, "confirmed_by": None}
    Attendance.objects.filter(pk=rows[2].pk).update(**unseen)
    assert ask(seat) == 0
    said = {"confirmed_at": timezone.now(), "confirmed_by": seat.group.leader}
    Attendance.objects.filter(pk=rows[2].pk).update(confirmed_minutes=170, **said)
    assert ask(seat) == 0
    Attendance.objects.filter(pk=rows[2].pk).update(confirmed_minutes=10)
    assert ask(seat) == 1


@pytest.mark.parametrize("weeks", [2, 4])
@pytest.mark.parametrize(("days", "asked"), [(2, True), (8, False)])
def test_a_short_week_is_asked_about_also_when_it_was_confirmed_after_a_monday(seat, days, weeks, asked):
    """In days before now."""
    now = timezone.now()
    was_there(seat, 100, 0, 100, weeks=weeks, confirmed=True, confirmed_at=now - timedelta(days=days))
    for _ in range(2):
        tasks.ask_for_conferences(int(now.timestamp()))
    assert [case.conference_why for case in Missed.objects.all()] == (["short_week"] if asked else [])


@pytest.mark.parametrize("settled", ["excused", "called off"])
def test_a_short_week_is_asked_about_also_when_the_last_of_it_comes_to_nothing(seat, settled):
    now = timezone.now()
    rows = was_there(seat, 0, 0, 0, 0, weeks=2, confirmed=True, confirmed_at=now - timedelta(days=12))
    Attendance.objects.filter(pk=rows[3].pk).update(confirmed_minutes=None, confirmed_at=None, confirmed_by=None)
    tasks.ask_for_conferences(int(now.timestamp()))
    assert not Missed.objects.exists()
    if settled == "excused":
        said = {"confirmed_at": now, "confirmed_by": seat.group.leader, "confirmed_minutes": 0, "status": settled}
        Attendance.objects.filter(pk=rows[3].pk).update(**said)
    else:
        Session.objects.filter(pk=rows[3].session_id).update(cancelled_at=now, cancelled_why="Nobody could lead it")
    tasks.ask_for_conferences(int(now.timestamp()))
    assert [case.conference_why for case in Missed.objects.all()] == ["short_week"]
