"""Drawing up, correcting, confirming and sealing attendance, on the real database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from stepdown.attendance import permissions, queries, services
from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import AttendanceFactory, seated, session_over, was_in
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.live.models import Break, Room
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return session_over()


def drawn(session) -> dict:
    return {row.patient_id: row for row in services.draw_up(session=session)}


def a_break(session, minute: int, length: int = 10) -> None:
    start = session.starts_at + timedelta(minutes=minute)
    Break.objects.create(
        session=session,
        starts_at=start,
        ends_at=start + timedelta(minutes=length),
        planned_minutes=length,
        started_by=session.leader,
    )


def test_everyone_on_the_roster_gets_a_row_from_what_the_room_saw(session):
    rosa, theo, gus = seated(session), seated(session), seated(session)
    was_in(session, rosa)
    was_in(session, theo, 45, 180)
    a_break(session, 60)
    rows = drawn(session)
    assert {(rows[p.pk].minutes, rows[p.pk].status) for p in (rosa, theo, gus)} == {
        (170, "present"),
        (125, "partial"),
        (0, "no_show"),
    }


def test_two_devices_count_once(session):
    patient = seated(session)
    was_in(session, patient, 0, 100)
    was_in(session, patient, 50, 180)
    assert drawn(session)[patient.pk].minutes == 180


def test_drawing_up_again_changes_nothing_and_writes_no_history(session):
    patient = seated(session)
    was_in(session, patient, 5, 100)
    first, again = drawn(session)[patient.pk], drawn(session)[patient.pk]
    assert (first.pk, first.computed_at, first.stays) == (again.pk, again.computed_at, again.stays)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM attendance_attendanceevent WHERE pgh_obj_id = %s", [first.pk])
        assert cursor.fetchone() == (1,)


def test_a_late_witness_changes_the_row_until_it_is_confirmed(session):
    patient = seated(session)
    was_in(session, patient, 0, 60)
    assert drawn(session)[patient.pk].minutes == 60
    was_in(session, patient, 60, 180)
    assert drawn(session)[patient.pk].minutes == 180
    services.confirm(session=session, by=session.leader)
    a_break(session, 60)
    assert drawn(session)[patient.pk].minutes == 180


def test_while_the_group_is_together_nobody_has_missed_it_yet():
    session = SessionFactory(starts_at=timezone.now() - timedelta(minutes=40))
    here, away = seated(session), seated(session)
    was_in(session, here, 0, 40)
    rows = drawn(session)
    assert (rows[here.pk].status, rows[away.pk].status) == ("present", "scheduled")


def test_a_room_ended_early_makes_nobody_leave_early(session):
    Room.objects.filter(session=session).update(ended_at=session.starts_at + timedelta(minutes=120))
    patient = seated(session)
    was_in(session, patient, 0, 120)
    row = drawn(session)[patient.pk]
    assert (row.minutes, row.status) == (120, "present")


def test_nothing_is_drawn_up_before_the_session_or_when_it_was_called_off(session):
    seated(session)
    assert services.draw_up(session=session, now=session.starts_at - timedelta(minutes=1)) == []
    session.cancelled_at = timezone.now()
    session.save()
    assert services.draw_up(session=session) == []


def test_ended_sessions_are_drawn_up_by_themselves_once(session):
    seated(session)
    running = SessionFactory(starts_at=timezone.now() - timedelta(minutes=5))
    seated(running)
    since = timezone.now() - timedelta(days=1)
    assert services.draw_up_ended(now=timezone.now(), since=since) == 1
    assert services.draw_up_ended(now=timezone.now(), since=since) == 0
    assert not Attendance.objects.filter(session=running).exists()


def test_what_was_looked_at_during_the_session_is_drawn_up_once_more_after_it(session):
    here, late = seated(session), seated(session)
    was_in(session, here)
    was_in(session, late, 6, 180)
    services.draw_up(session=session, now=session.starts_at + timedelta(minutes=5))
    assert drawn_after(session) == {here.pk: (180, "present"), late.pk: (174, "present")}


def test_what_was_drawn_up_when_the_room_was_ended_by_mistake_is_drawn_up_once_more_after_it(session):
    here, away = seated(session), seated(session)
    was_in(session, here)
    room = Room.objects.filter(session=session)
    room.update(ended_at=session.starts_at + timedelta(minutes=5))
    since, soon = session.starts_at, session.starts_at + timedelta(minutes=6)
    assert services.draw_up_ended(now=soon, since=since) == 1
    assert services.draw_up_ended(now=soon + timedelta(minutes=1), since=since) == 0
    room.update(ended_at=None)
    assert services.draw_up_ended(now=soon + timedelta(minutes=2), since=since) == 0
    assert drawn_after(session) == {here.pk: (180, "present"), away.pk: (0, "no_show")}


def test_who_left_the_group_meanwhile_is_not_looked_at_every_minute(session):
    gone, here = seated(session), seated(session)
    services.draw_up(session=session, now=session.starts_at + timedelta(minutes=5))
    gone.seats.update(ends_at=session.starts_at)
    assert set(drawn_after(session)) == {gone.pk, here.pk}


def drawn_after(session) -> dict:
    """patient id -> minutes and status, after the job found the session just once: a minute after its end."""
    end = session.ends_at
    found = [services.draw_up_ended(now=end + timedelta(minutes=n), since=session.starts_at) for n in range(-1, 4)]
    assert found == [0, 0, 1, 0, 0]
    rows = Attendance.objects.filter(session=session)
    return {row.patient_id: (row.minutes, row.status) for row in rows}


def opened_again(session) -> None:
    """Everyone confirmed a minute after the room was ended at minute 150; then it was opened again until the plan."""
    room, early = Room.objects.filter(session=session), session.starts_at + timedelta(minutes=150)
    room.update(ended_at=early)
    services.confirm(session=session, by=session.leader, now=early + timedelta(minutes=1))
    room.update(ended_at=None)


def test_what_was_confirmed_before_the_room_was_opened_again_is_recorded_to_the_end_and_confirmed_again(session):
    here, away = seated(session), seated(session)
    was_in(session, here)
    opened_again(session)
    assert drawn_after(session) == {here.pk: (180, "present"), away.pk: (0, "no_show")}
    rows = drawn(session)
    assert queries.stays_of(rows[here.pk]) == [(session.starts_at, session.ends_at)]
    assert {row.confirmed_at for row in rows.values()} == {None}
    taken = queries.taken_back(rows.values())
    assert {one.by for one in taken.values()} == {session.leader}
    assert {one.at for one in taken.values()} == {session.starts_at + timedelta(minutes=151)}
    services.confirm(session=session, by=session.leader)
    assert {row.confirmed_minutes for row in drawn(session).values()} == {180, 0}
    assert queries.taken_back(drawn(session).values()) == {}


def test_a_correction_from_before_the_room_was_opened_again_stays_beside_the_later_record(session):
    patient = seated(session)
    was_in(session, patient, 0, 180)
    row = services.draw_up(session=session, now=session.starts_at + timedelta(minutes=100))[0]
    at = session.starts_at + timedelta(minutes=101)
    services.correct(attendance=row, minutes=60, reason="Slept.", by=session.leader, now=at)
    row = drawn(session)[patient.pk]
    assert (row.minutes, row.confirmed_minutes, row.correction_reason, row.confirmed_at) == (180, 60, "Slept.", at)
    assert row.status == "partial"


def test_a_correction_from_before_the_room_was_opened_again_is_called_by_the_time_the_group_met_in_all(session):
    patient, other = seated(session), seated(session)
    was_in(session, patient, 0, 60)
    was_in(session, other)
    room, start = Room.objects.filter(session=session), session.starts_at
    room.update(ended_at=start + timedelta(minutes=70))
    services.draw_up(session=session, now=start + timedelta(minutes=71))
    row, at = Attendance.objects.get(patient=patient), start + timedelta(minutes=72)
    row = services.correct(attendance=row, minutes=65, reason="By phone.", by=session.leader, now=at)
    assert row.status == "present"
    room.update(ended_at=None)
    services.confirm(session=session, by=session.leader)
    row.refresh_from_db()
    assert (row.confirmed_minutes, row.correction_reason, row.status) == (65, "By phone.", "partial")


def test_a_confirmation_is_taken_back_when_a_late_witness_tells_of_other_minutes(session):
    patient = seated(session)
    was_in(session, patient, 0, 170)
    at = session.ends_at + timedelta(seconds=5)
    services.confirm(session=session, by=session.leader, now=at)
    was_in(session, patient, 170, 180)
    services.draw_up(session=session, now=session.ends_at + timedelta(seconds=40))
    row = Attendance.objects.get()
    assert (row.minutes, row.confirmed_at, row.is_corrected) == (180, None, False)


def test_confirming_stands_for_the_computed_minutes(session):
    patient = seated(session)
    was_in(session, patient, 0, 150)
    (row,) = services.confirm(session=session, by=session.leader)
    assert (row.confirmed_minutes, row.minutes, row.confirmed_by, row.correction_reason) == (
        150,
        150,
        session.leader,
        "",
    )
    assert queries.is_confirmed(session)


def test_a_correction_keeps_what_was_computed_beside_its_reason(session):
    patient, other = seated(session), seated(session)
    was_in(session, patient, 0, 100)
    services.confirm(session=session, corrections={patient.pk: (170, "Phone line only.")}, by=session.leader)
    row = Attendance.objects.get(patient=patient)
    assert (row.minutes, row.confirmed_minutes, row.counted, row.status) == (100, 170, 170, "present")
    assert (row.is_corrected, row.correction_reason, row.stays != []) == (True, "Phone line only.", True)
    assert Attendance.objects.get(patient=other).correction_reason == ""


def test_changed_minutes_need_a_reason(session):
    patient = seated(session)
    was_in(session, patient, 0, 100)
    with pytest.raises(RuleBroken, match="Say why"):
        services.confirm(session=session, corrections={patient.pk: (170, "  ")}, by=session.leader)
    assert not queries.is_confirmed(session)


@pytest.mark.parametrize("minutes", [-1, 171])
def test_nobody_was_there_longer_than_the_session(session, minutes):
    row = drawn_for(session)
    with pytest.raises(RuleBroken, match="Enter a number from 0 to 170"):
        services.correct(attendance=row, minutes=minutes, reason="Why", by=session.leader)


def drawn_for(session) -> Attendance:
    patient = seated(session)
    was_in(session, patient, 0, 100)
    a_break(session, 60)
    return drawn(session)[patient.pk]


def test_what_was_called_off_meanwhile_is_not_corrected(session):
    row = drawn_for(session)
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now(), cancelled_why="Nobody led it")
    with pytest.raises(RuleBroken, match="called off, so there is no attendance"):
        services.correct(attendance=row, minutes=170, reason="By phone.", by=session.leader)
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_correcting_back_to_the_computed_minutes_takes_the_reason_away(session):
    row = drawn_for(session)
    services.correct(attendance=row, minutes=120, reason="Phone line only.", by=session.leader)
    row = services.correct(attendance=row, minutes=row.minutes, reason="", by=session.leader)
    assert (row.is_corrected, row.correction_reason) == (False, "")


@pytest.mark.parametrize(
    ("start", "end", "status", "other", "absence"),
    [(0, 180, "present", 100, ""), (0, 20, "left_early", 165, ""), (40, 180, "partial", 0, "excused")],
)
def test_corrected_back_to_the_computed_minutes_the_status_is_the_computed_one(
    session, start, end, status, other, absence
):
    patient = seated(session)
    was_in(session, patient, start, end)
    row = drawn(session)[patient.pk]
    assert row.status == status
    corrected = services.correct(attendance=row, minutes=other, reason="Why", absence=absence, by=session.leader)
    assert corrected.status != status
    back = services.correct(attendance=corrected, minutes=row.minutes, reason="", by=session.leader)
    assert (back.status, back.correction_reason) == (status, "")


def test_someone_who_was_not_there_can_be_excused_with_a_reason(session):
    patient = seated(session)
    row = drawn(session)[patient.pk]
    with pytest.raises(RuleBroken, match="Say why"):
        services.correct(attendance=row, minutes=0, reason="", absence="excused", by=session.leader)
    row = services.correct(attendance=row, minutes=0, reason="Court date.", absence="excused", by=session.leader)
    assert (row.status, row.correction_reason, row.was_there) == ("excused", "Court date.", False)


def test_no_minutes_by_correction_means_missed(session):
    row = services.correct(attendance=drawn_for(session), minutes=0, reason="It was someone else.", by=session.leader)
    assert row.status == "no_show"


def test_only_confirmed_attendance_is_sealed(session):
    drawn_for(session)
    with pytest.raises(RuleBroken, match="Confirm the attendance first"):
        services.seal(session=session, at=timezone.now())


def test_sealed_attendance_cannot_be_changed_even_by_sql(session):
    row = drawn_for(session)
    services.confirm(session=session, by=session.leader)
    services.seal(session=session, at=timezone.now())
    with pytest.raises(RuleBroken, match="signed, so its attendance is final"), rules_speak():
        connection.cursor().execute("UPDATE attendance_attendance SET minutes = 1 WHERE id = %s", [row.pk])
    with pytest.raises(RuleBroken, match="signed, so its attendance is final"):
        services.correct(attendance=row, minutes=1, reason="Why", by=session.leader)
    assert permissions.confirm(session.leader, session, timezone.now()).reason.startswith("The note of this session")


def test_the_leaders_and_the_director_keep_attendance(session):
    session.co_leader = StaffFactory()
    for staff in (session.leader, session.co_leader, StaffFactory(roles=[Role.DIRECTOR])):
        assert permissions.confirm(staff, session, timezone.now())


def test_others_do_not(session):
    assert permissions.keep(StaffFactory(), session).reason == (
        "Only this session's leader, its co-leader or a clinical director confirms its attendance."
    )


def test_it_is_confirmed_after_the_group_not_during():
    session = SessionFactory()
    assert "still together" in permissions.confirm(session.leader, session, timezone.now()).reason
    Room.objects.create(session=session, server="m", opened_by=session.leader, ended_at=timezone.now())
    assert permissions.confirm(session.leader, session, timezone.now())


def test_marks_are_the_latest_of_each_patient_in_one_query(session, django_assert_num_queries):
    patient, other = seated(session), seated(session)
    seat = patient.seats.get()
    for days in range(1, 12):
        past = SessionFactory(group=session.group, starts_at=session.starts_at - timedelta(days=days))
        AttendanceFactory(session=past, seat=seat, missed=days == 1)
    AttendanceFactory(session=session, seat=other.seats.get(), status="excused")
    off = SessionFactory(group=session.group, starts_at=session.starts_at + timedelta(days=1))
    AttendanceFactory(session=off, seat=seat, missed=True)
    Session.objects.filter(pk=off.pk).update(cancelled_at=off.ends_at, cancelled_why="Nobody led it")
    with django_assert_num_queries(1):
        marks = queries.marks([patient.pk, other.pk], last=9)
    assert [m.kind for m in marks[patient.pk]] == ["present"] * 8 + ["missed"]
    assert [m.kind for m in marks[other.pk]] == ["excused"]
    assert marks[patient.pk][-1].on == (session.starts_at - timedelta(days=1)).astimezone(session.group.zone).date()


def test_the_sheet_knows_what_anyone_could_have_had(session):
    drawn_for(session)
    sheet = queries.sheet(session, timezone.now())
    assert (sheet.of, sheet.there, sheet.to_confirm, sheet.is_sealed) == (170, 1, 1, False)
    assert queries.stays_of(sheet.rows[0]) == [(session.starts_at, session.starts_at + timedelta(minutes=100))]
