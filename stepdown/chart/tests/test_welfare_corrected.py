"""What is corrected of a group afterwards, and what was held already, counts in whatever is worked out next.

Source: program manual, section 6 (a second unexplained absence within seven days); RULE PROG-06.
"""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import AttendanceFactory, session_over
from stepdown.chart import queries, services_welfare
from stepdown.chart.models import Missed
from stepdown.chart.tests.factories import note_of, part_of
from stepdown.chart.tests.plans import in_group
from stepdown.people.tests.factories import CenterFactory
from stepdown.placement.models import Seat
from stepdown.timetable.domain.calendar import moment
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat() -> Seat:
    CenterFactory()
    return in_group(days=40)


def missed(seat: Seat, days: float = 0) -> Missed:
    """They missed the group that many days ago, as its leader confirmed; it is noticed ten minutes after its start."""
    session = SessionFactory(group=seat.group, starts_at=timezone.now() - timedelta(days=days, minutes=11))
    AttendanceFactory(session=session, seat=seat, missed=True, confirmed=True, confirmed_at=session.ends_at)
    now = session.starts_at + timedelta(minutes=10)
    case = services_welfare.notice(session=session, patient=seat.patient, now=now, is_on=False)
    case.refresh_from_db()
    return case


def log(case: Missed, act: str = "call", came: str = "safe", words: str = "", days: float = 0) -> None:
    at = timezone.now() - timedelta(days=days)
    services_welfare.log_step(missed=case, act=act, came=came, words=words, by=case.owner, now=at)
    case.refresh_from_db()


def did_not_take_place(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now(), cancelled_why="Nobody led it")


@pytest.mark.parametrize(
    "now_said", [{"status": "excused"}, {"status": "partial", "confirmed_minutes": 165}, "called off"]
)
def test_a_group_that_was_not_missed_after_all_makes_the_next_one_no_second(seat, now_said):
    first = missed(seat, days=2)
    log(first, days=1.9)
    assert first.over_why == "reached"
    if now_said == "called off":
        did_not_take_place(first.sessions.get().session)
    else:
        Attendance.objects.update(**now_said)
    second = missed(seat)
    assert (second.second, second.individual_by) == (False, None)


def test_nobody_is_searched_for_who_missed_a_group_that_did_not_take_place(seat):
    case = missed(seat, days=1)
    assert case.next_act == "call"
    did_not_take_place(case.sessions.get().session)
    services_welfare.keep(now=timezone.now())
    case.refresh_from_db()
    assert (case.over_why, case.sessions.get().over_why) == ("called_off", "called_off")


def test_the_topic_of_what_did_not_take_place_was_not_missed(seat):
    session = session_over(group=seat.group, topic=TopicFactory(week=1, title="Cravings"))
    part = part_of(note_of(session), seat.patient)
    for week in (2, 3):
        topic, starts_at = TopicFactory(week=week, title=f"Week {week}"), session.starts_at - timedelta(days=week)
        before = SessionFactory(group=seat.group, starts_at=starts_at, topic=topic)
        AttendanceFactory(session=before, seat=seat, missed=True)
    did_not_take_place(before)
    assert queries.topics_missed(part) == ["Week 2", "Cravings"]


# -- what was held


def conferred(seat: Seat) -> tuple[Missed, datetime]:
    """Three groups in a row were missed, and the case conference that they called for was held five days ago; nobody
    has reached them yet. With when it was due."""
    for days in (8, 7, 6):
        case = missed(seat, days)
    due = case.conference_by
    log(case, "conference", "held", "Their sister is asked.", days=5)
    return case, due


def test_a_case_conference_that_was_held_is_not_asked_for_again_with_the_next_group_they_miss(seat):
    conferred(seat)
    case = missed(seat)
    log(case)
    assert case.next_act == "individual"
    log(case, "individual", "agreed")
    assert case.over_why == "reached"


def test_three_more_in_a_row_ask_for_another_case_conference_with_a_date_of_its_own(seat):
    _case, due = conferred(seat)
    assert [missed(seat, days).conference_by for days in (4, 3)] == [None, None]
    assert missed(seat, 2).conference_by > due


def test_a_short_week_asks_for_another_case_conference_while_they_are_still_searched_for(seat):
    case, due = conferred(seat)
    monday = timezone.localdate(timezone=seat.group.zone) - timedelta(days=28)
    monday -= timedelta(days=monday.weekday())
    for days in range(3):
        starts_at = moment(monday + timedelta(days=days), time(12), seat.group.zone)
        session = SessionFactory(group=seat.group, starts_at=starts_at)
        AttendanceFactory(session=session, seat=seat, status="partial", minutes=70, confirmed=True)
    assert services_welfare.ask_for_conferences(monday=monday, now=timezone.now()) == 1
    case.refresh_from_db()
    assert (case.conference_why, case.conference_by > due) == ("short_week", True)
    log(case)
    log(case, "individual", "agreed")
    assert case.next_act == "conference"


def test_another_second_absence_sets_a_date_of_its_own_for_the_individual_session(seat):
    due = [missed(seat, days).individual_by for days in (6, 4)][1]
    case = Missed.objects.get()
    log(case, "individual", "agreed", days=3)
    services_welfare.keep(now=timezone.now() - timedelta(days=3))
    case.refresh_from_db()
    assert (case.individual_by, case.over_at) == (None, None)
    assert missed(seat).individual_by > due


def test_what_was_no_second_after_all_sets_no_date_for_the_next_one(seat):
    monday = missed(seat, 6).sessions.get().session
    second = missed(seat, 4)
    due = second.individual_by
    Attendance.objects.filter(session=monday).update(status="excused")
    services_welfare.keep(now=timezone.now() - timedelta(days=3))
    second.refresh_from_db()
    assert (second.second, second.individual_by) == (False, None)
    assert missed(seat).individual_by > due
