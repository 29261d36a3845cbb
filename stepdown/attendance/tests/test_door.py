"""Who waited at the door or was held there, and that nobody missed what we kept them out of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stepdown.attendance import services
from stepdown.attendance.door import Wait, door
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.kernel.db import RuleBroken
from stepdown.kernel.spans import Span
from stepdown.live.models import Admittance, Knock, LicenseOverride, Room
from stepdown.live.services import open_room
from stepdown.live.tests.factories import DoorCheckFactory, RoomFactory
from stepdown.people.tests.factories import LicenseFactory
from stepdown.placement.tests.factories import HOME_STATE
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return session_over()


def drawn(session) -> dict:
    return {row.patient_id: row for row in services.draw_up(session=session)}


def waited(session, patient, start: int, end: int) -> None:
    at = [session.starts_at + timedelta(minutes=minute) for minute in (start, end)]
    Knock.objects.create(session=session, patient=patient, at=at[0], ended_at=at[1])


def test_who_waited_ten_minutes_at_the_door_and_was_not_let_in_did_not_miss_it(session):
    long, in_two, short, before = (seated(session) for _ in range(4))
    waited(session, long, 0, 60)
    waited(session, in_two, 5, 10)
    waited(session, in_two, 30, 35)
    waited(session, short, 0, 9)
    waited(session, before, -30, 1)
    rows = drawn(session)
    statuses = [rows[patient.pk].status for patient in (long, in_two, short, before)]
    assert statuses == ["cancelled_site", "cancelled_site", "no_show", "no_show"]


def let_in(session, patient, at: int, out_at: int | None = None) -> None:
    start, leader = session.starts_at, session.leader
    out = {"sent_out_at": start + timedelta(minutes=out_at), "sent_out_by": leader} if out_at is not None else {}
    Admittance.objects.create(session=session, patient=patient, at=start + timedelta(minutes=at), by=leader, **out)


def test_who_is_sent_out_and_knocks_again_is_away_or_gone(session):
    gone, away, late, lost = people = [seated(session) for _ in range(4)]
    let_in(session, gone, 0, 20)
    was_in(session, gone, 0, 20)
    waited(session, gone, 22, 180)
    let_in(session, away, 0, 20)
    was_in(session, away, 0, 20)
    waited(session, away, 22, 60)
    let_in(session, away, 60)
    was_in(session, away, 60, 180)
    let_in(session, late, -9, -5)
    waited(session, late, -4, 40)
    let_in(session, late, 40)
    was_in(session, late, 40, 180)
    let_in(session, lost, 0, 20)
    was_in(session, lost, 0, 20)
    let_in(session, lost, 21)
    was_in(session, lost, 21, 60)
    waited(session, lost, 62, 110)
    was_in(session, lost, 110, 180)
    rows = drawn(session)
    statuses = ["left_early", "partial", "present", "present"]
    assert [rows[patient.pk].status for patient in people] == statuses
    rows = {row.patient_id: row for row in services.confirm(session=session, by=session.leader)}
    assert [rows[patient.pk].status for patient in people] == statuses
    row = services.correct(attendance=rows[gone.pk], minutes=20, reason="", by=session.leader)
    assert row.status == "left_early"


def asked(session, patient, minute: int, state: str, by=None) -> None:
    at = session.starts_at + timedelta(minutes=minute)
    DoorCheckFactory(session=session, patient=patient, state=state, at=at, asked_of=by)


def test_who_was_held_for_a_license_did_not_miss_it(session):
    held, let, moved = (seated(session) for _ in range(3))
    for patient in (held, let, moved):
        asked(session, patient, 5, "NV", by=session.leader)
    override = LicenseOverride(session=session, patient=let, state="NV", by=session.leader, reason="travel")
    override.at = session.starts_at + timedelta(minutes=8)
    override.save()
    asked(session, moved, 9, HOME_STATE)
    rows = drawn(session)
    assert [rows[patient.pk].status for patient in (held, let, moved)] == ["cancelled_site", "no_show", "no_show"]
    assert door(session, timezone.now()).waits[held.pk] == [
        Wait(Span(session.starts_at + timedelta(minutes=5), session.ends_at), "NV")
    ]


def test_nobody_is_held_any_more_once_somebody_with_a_license_there_leads():
    session = SessionFactory(starts_at=timezone.now() - timedelta(minutes=40))
    RoomFactory(session=session, opened_at=session.starts_at)
    patient, elsewhere = seated(session), seated(session)
    asked(session, patient, 35, "NV", by=session.leader)
    asked(session, elsewhere, 35, "ND", by=session.leader)
    session.leader = LicenseFactory(state="NV").staff
    session.save()
    after = session.ends_at + timedelta(minutes=1)
    rows = {row.patient_id: row for row in services.draw_up(session=session, now=after)}
    assert (rows[patient.pk].status, rows[elsewhere.pk].status) == ("no_show", "cancelled_site")
    (wait,) = door(session, after).waits[patient.pk]
    assert wait.span.start == session.starts_at + timedelta(minutes=35)
    assert wait.span.end < session.starts_at + timedelta(minutes=41)


def test_who_says_twice_to_be_where_the_leader_has_no_license_is_held_once(session):
    patient = seated(session)
    for minute in (5, 20):
        asked(session, patient, minute, "NV", by=session.leader)
    assert door(session, timezone.now()).waits[patient.pk] == [
        Wait(Span(session.starts_at + timedelta(minutes=5), session.ends_at), "NV")
    ]


def test_nobody_missed_a_session_whose_room_was_never_opened(session):
    Room.objects.filter(session=session).delete()
    patient = seated(session)
    assert drawn(session)[patient.pk].status == "cancelled_site"


@pytest.mark.parametrize(
    ("opened", "ended", "status"),
    [
        (-20, -10, "cancelled_site"),
        (190, None, "cancelled_site"),
        (190, 195, "cancelled_site"),
        (-20, None, "no_show"),
        (-20, 5, "no_show"),
        (170, 195, "no_show"),
    ],
)
def test_a_room_that_was_open_before_or_after_the_planned_time_alone_was_open_to_nobody(session, opened, ended, status):
    """Minutes from the start of a session of 180."""
    at = [minute and session.starts_at + timedelta(minutes=minute) for minute in (opened, ended)]
    Room.objects.filter(session=session).update(opened_at=at[0], ended_at=at[1])
    patient = seated(session)
    assert drawn(session)[patient.pk].status == status


def test_what_was_ended_before_the_start_and_opened_again_after_the_end_was_not_open(session):
    room = Room.objects.filter(session=session)
    room.update(opened_at=session.starts_at - timedelta(minutes=20), ended_at=session.starts_at - timedelta(minutes=10))
    patient = seated(session)
    open_room(session=session, by=session.leader)
    assert drawn(session)[patient.pk].status == "cancelled_site"


def test_who_waited_for_us_or_was_held_did_not_come_late(session):
    waiting, held, late = (seated(session) for _ in range(3))
    for patient in (waiting, held, late):
        was_in(session, patient, 25, 180)
    waited(session, waiting, 0, 25)
    asked(session, held, 0, "NV", by=session.leader)
    asked(session, held, 24, HOME_STATE)
    waited(session, late, 23, 25)
    rows = drawn(session)
    found = [(rows[patient.pk].status, rows[patient.pk].minutes) for patient in (waiting, held, late)]
    assert found == [("present", 155), ("present", 155), ("late", 155)]
    again = services.correct(attendance=rows[waiting.pk], minutes=155, reason="", by=session.leader)
    assert again.status == "present"


def test_only_with_a_reason_is_it_missed_by_whom_we_kept_out(session):
    patient = seated(session)
    waited(session, patient, 0, 60)
    row = drawn(session)[patient.pk]
    again = services.correct(attendance=row, minutes=0, reason="", absence="cancelled_site", by=session.leader)
    assert (again.status, again.correction_reason) == ("cancelled_site", "")
    with pytest.raises(RuleBroken, match="Say why"):
        services.correct(attendance=row, minutes=0, reason="", absence="no_show", by=session.leader)
    row = services.correct(attendance=row, minutes=0, reason="Left by choice.", absence="no_show", by=session.leader)
    assert (row.status, row.correction_reason) == ("no_show", "Left by choice.")
