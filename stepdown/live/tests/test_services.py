"""Doors, breaks, joins and the inbox in the database, and what the screens read of them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from stepdown.kernel.db import RuleBroken
from stepdown.kernel.spans import Span
from stepdown.live import queries, services
from stepdown.live.domain.stays import Kind
from stepdown.live.models import Admittance, InboxEvent, Join
from stepdown.live.server import store
from stepdown.live.server.holding import HeldLine
from stepdown.live.server.line import Line
from stepdown.live.services import Sighting
from stepdown.live.tests.factories import JoinFactory, RoomFactory, patient_at_door
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.placement.models import Seat
from stepdown.timetable.models import Session
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return SessionFactory()


def see(join, *told, source=InboxEvent.Source.SIGNALING):
    """told: (kind, minutes after the session's start)."""
    start = join.session.starts_at
    services.record(
        Sighting(source=source, emitter="test", kind=kind, at=start + timedelta(minutes=minutes), join=join.pk)
        for kind, minutes in told
    )


def test_letting_in_holds_until_the_person_is_sent_out(session):
    patient = patient_at_door(session)
    services.let_in(session=session, patient=patient, by=session.leader)
    services.let_in(session=session, patient=patient, by=session.leader)
    assert queries.is_admitted(session, patient)
    assert Admittance.objects.count() == 1
    services.send_out(session=session, patient=patient, by=session.leader)
    assert not queries.is_admitted(session, patient)
    services.let_in(session=session, patient=patient, by=session.leader)
    assert queries.admitted(session) == {patient.pk}


def test_who_has_no_seat_is_not_let_in(session):
    with pytest.raises(RuleBroken, match="no seat"):
        services.let_in(session=session, patient=PatientFactory(), by=session.leader)


def test_letting_everyone_in_lets_in_those_who_wait(session):
    waiting, elsewhere = patient_at_door(session), patient_at_door(session)
    services.knock(session=session, patient=waiting)
    assert services.let_in_all(session=session, by=session.leader) == 1
    assert queries.admitted(session) == {waiting.pk}
    assert elsewhere.pk not in queries.admitted(session)
    assert queries.presence(session).waiting == []


def test_one_whose_seat_has_ended_meanwhile_keeps_nobody_else_out(session):
    moved, other = patient_at_door(session), patient_at_door(session)
    for patient in (moved, other):
        services.knock(session=session, patient=patient)
    Seat.objects.filter(patient=moved).update(ends_at=session.starts_at)
    assert services.let_in_all(session=session, by=session.leader) == 1
    assert queries.admitted(session) == {other.pk}


def test_a_patient_knocks_once_and_keeps_their_place(session):
    first, second = patient_at_door(session), patient_at_door(session)
    for patient in (first, second, first):
        services.knock(session=session, patient=patient)
    waiting = queries.presence(session).waiting
    assert [one.patient for one in waiting] == [first, second]
    assert waiting[0].check.address.startswith("1200 Example Street")
    services.stop_knocking(session=session, patient=first)
    assert [one.patient for one in queries.presence(session).waiting] == [second]


@pytest.mark.parametrize(("away", "since"), [((1, 2), 0), ((1, 2.5, 7, 8), 0), ((1, 40), 40), ((1, 40, 41, 42), 40)])
def test_who_lost_their_line_at_the_door_was_there_all_the_while_and_who_left_was_not(session, away, since):
    """In minutes from their first coming: when they went and were back, by turns."""
    patient, came = patient_at_door(session), timezone.now()
    for minute, do in zip((0, *away), (services.knock, services.stop_knocking) * 3, strict=False):
        with time_machine.travel(came + timedelta(minutes=minute), tick=False):
            do(session=session, patient=patient)
    (waiting,) = queries.presence(session).waiting
    assert (waiting.since - came) // timedelta(minutes=1) == since


def test_who_was_let_in_and_sent_out_waits_anew(session):
    patient, came = patient_at_door(session), timezone.now()
    for second, do in enumerate((services.let_in, services.send_out)):
        services.knock(session=session, patient=patient)
        with time_machine.travel(came + timedelta(seconds=20 + second), tick=False):
            do(session=session, patient=patient, by=session.leader)
    with time_machine.travel(came + timedelta(seconds=30), tick=False):
        assert services.knock(session=session, patient=patient).at == came + timedelta(seconds=30)


def test_who_is_let_in_while_they_knock_is_not_left_waiting(session):
    """The live process writes the knock by what it read before they were let in."""
    patient = patient_at_door(session)
    services.let_in(session=session, patient=patient, by=session.leader)
    assert services.knock(session=session, patient=patient) is None
    assert queries.presence(session).waiting == []
    services.send_out(session=session, patient=patient, by=session.leader)
    assert services.knock(session=session, patient=patient) is not None


def test_presence_tells_who_is_in_who_waits_and_whose_chair_is_empty(session):
    coming, waiting, missing = (patient_at_door(session) for _ in range(3))
    see(JoinFactory(session=session, patient=coming), (Kind.ARRIVED, 1))
    see(JoinFactory(session=session, patient=missing), (Kind.ARRIVED, 1), (Kind.LEFT, 2))
    see(JoinFactory(session=session, patient=None, staff=session.leader), (Kind.ARRIVED, 1))
    services.knock(session=session, patient=waiting)
    found = queries.presence(session)
    assert found.patients_in == {coming.pk}
    assert found.staff_in == {session.leader_id}
    assert [one.patient for one in found.waiting] == [waiting]
    assert [seat.patient for seat in found.missing] == [missing]


def test_the_group_hears_called_names_and_first_names_only(session):
    patient = PatientFactory(first_name="Walter", chosen_name="Walt")
    for join in (
        JoinFactory(session=session, patient=patient),
        JoinFactory(session=session, patient=None, staff=session.leader),
    ):
        see(join, (Kind.ARRIVED, 1))
    assert [(person.name, person.role) for person in queries.people_in(session)] == [
        (session.leader.first_name, "leader"),
        ("Walt", "patient"),
    ]


def test_a_room_ended_by_mistake_opens_again(session):
    services.open_room(session=session, by=session.leader)
    services.end_room(session=session, by=session.leader)
    assert queries.is_ended(session)
    room = services.open_room(session=session, by=session.leader)
    assert room.ended_at is None
    assert not queries.is_ended(session)


def test_there_is_one_break_at_a_time_and_none_before_the_room_opens(session):
    with pytest.raises(RuleBroken, match="not open"):
        services.start_break(session=session, by=session.leader)
    RoomFactory(session=session)
    services.start_break(session=session, by=session.leader)
    with pytest.raises(RuleBroken, match="already on a break"):
        services.start_break(session=session, by=session.leader)


def test_a_break_ends_when_told_or_as_planned(session):
    RoomFactory(session=session)
    begin = timezone.now()
    with time_machine.travel(begin, tick=False):
        services.start_break(session=session, by=session.leader, minutes=10)
    with time_machine.travel(begin + timedelta(minutes=4), tick=False):
        assert queries.breaks(session) == [Span(begin, begin + timedelta(minutes=4))]
        assert queries.break_now(session)
    with time_machine.travel(begin + timedelta(minutes=30), tick=False):
        assert queries.breaks(session) == [Span(begin, begin + timedelta(minutes=10))]
        assert queries.break_now(session) is None
        services.start_break(session=session, by=session.leader)
    with time_machine.travel(begin + timedelta(minutes=33), tick=False):
        services.end_break(session=session, by=session.leader)
        assert [found.length for found in queries.breaks(session)] == [timedelta(minutes=10), timedelta(minutes=3)]


def test_ending_the_group_ends_its_break_and_its_waiting(session):
    RoomFactory(session=session)
    services.start_break(session=session, by=session.leader)
    services.knock(session=session, patient=patient_at_door(session))
    services.end_room(session=session, by=session.leader)
    assert queries.break_now(session) is None
    assert queries.presence(session).waiting == []


def test_a_door_check_out_of_bounds_is_a_sentence_and_keeps_nothing(session):
    fields = {"address": "1200 Example Street", "state": "MN", "callback_phone": "555-0142", "alone": True}
    patient = patient_at_door(session)
    before = queries.door_check(session, patient)
    with pytest.raises(RuleBroken, match="0 to 10"):
        services.check_in(session=session, patient=patient, craving=11, **fields)
    assert queries.door_check(session, patient) == before
    latest = services.check_in(session=session, patient=patient, craving=3, **fields)
    assert queries.door_checks(session) == {patient.pk: latest}


def test_stays_come_from_the_inbox(session):
    join = JoinFactory(session=session)
    see(join, (Kind.ARRIVED, 0), (Kind.SEEN, 1), (Kind.SEEN, 3))
    see(join, (Kind.ARRIVED, 0), (Kind.LEFT, 4), source=InboxEvent.Source.MEDIA)
    start = session.starts_at
    assert queries.stays(session) == {join.patient_id: [Span(start, start + timedelta(minutes=4))]}
    earlier = queries.stays(session, start + timedelta(minutes=2))
    assert earlier == {join.patient_id: [Span(start, start + timedelta(minutes=1))]}


def test_stays_of_leaders_are_not_attendance(session):
    see(JoinFactory(session=session, patient=None, staff=StaffFactory()), (Kind.ARRIVED, 0), (Kind.LEFT, 4))
    assert queries.stays(session) == {}


def test_stays_take_two_queries_however_much_was_seen(session, django_assert_num_queries):
    for _ in range(3):
        see(JoinFactory(session=session), (Kind.ARRIVED, 0), *((Kind.SEEN, minute) for minute in range(1, 5)))
    with django_assert_num_queries(2):
        assert len(queries.stays(session)) == 3


def test_the_same_sighting_told_twice_is_kept_once(session):
    join = JoinFactory(session=session)
    see(join, (Kind.ARRIVED, 0), (Kind.ARRIVED, 0))
    see(join, (Kind.ARRIVED, 0))
    assert InboxEvent.objects.count() == 1


def test_a_sighting_of_a_join_nobody_knows_is_left_out(session):
    unknown = JoinFactory.build(session=session)
    see(unknown, (Kind.ARRIVED, 0))
    assert not InboxEvent.objects.exists()


def test_the_inbox_is_only_ever_added_to(session):
    see(JoinFactory(session=session), (Kind.ARRIVED, 0))
    for change in (lambda: InboxEvent.objects.update(kind=Kind.LEFT), lambda: InboxEvent.objects.all().delete()):
        with pytest.raises(DatabaseError, match="inbox"), transaction.atomic():
            change()
    assert InboxEvent.objects.get().kind == Kind.ARRIVED


def test_what_a_crash_left_open_ends_when_it_was_last_seen(session):
    left, lost = JoinFactory(session=session), JoinFactory(session=session)
    see(left, (Kind.ARRIVED, 0), (Kind.LEFT, 2))
    see(lost, (Kind.ARRIVED, 0), (Kind.SEEN, 3))
    services.knock(session=session, patient=patient_at_door(session))
    assert services.close_left_open() == 1
    assert not queries.open_joins().exists()
    assert queries.stays(session)[lost.patient_id][-1].end == session.starts_at + timedelta(minutes=3)
    assert queries.presence(session).waiting == []


def test_whose_line_goes_on_stays_in_the_room_after_a_crash(session):
    kept, lost = JoinFactory(session=session), JoinFactory(session=session)
    for join in (kept, lost):
        see(join, (Kind.ARRIVED, 0), (Kind.SEEN, 3))
    assert services.close_left_open(but=[kept.pk]) == 1
    assert list(queries.open_joins()) == [kept]
    assert services.end_when_last_seen(joins=Join.objects.filter(pk=kept.pk)) == 1
    assert queries.stays(session)[kept.patient_id][-1].end == session.starts_at + timedelta(minutes=3)


def held(join: Join, seen: int, **line: object) -> HeldLine:
    """What the process before knew of a join, so many minutes after the start."""
    return HeldLine(
        server="media-1",
        session=str(join.session_id),
        room=str(join.session_id),
        join=str(join.pk),
        person=str(join.patient_id),
        peer=None,
        line=Line(**line),  # type: ignore[arg-type]  # plain values by name
        arrived=join.session.starts_at,
        seen=join.session.starts_at + timedelta(minutes=seen),
        silenced=[],
        unseen=[],
        sound_only=False,
    )


def test_who_did_not_come_back_after_a_crash_was_there_as_long_as_the_process_before_knew(session):
    there, dead, gone, put_out = (JoinFactory(session=session) for _ in range(4))
    for join in (there, dead, gone, put_out):
        see(join, (Kind.ARRIVED, 0), (Kind.SEEN, 3))
    see(gone, (Kind.LEFT, 4))
    see(put_out, (Kind.SEEN, 11), (Kind.LEFT, 12), source=InboxEvent.Source.MEDIA)
    dead_since = session.starts_at + timedelta(minutes=6)
    store.end_held([held(there, 9), held(dead, 9, dead_since=dead_since), held(gone, 9), held(put_out, 9)])
    stays = queries.stays(session, session.ends_at)
    ends = {join: (stays[join.patient_id][-1].end - session.starts_at) for join in (there, dead, gone, put_out)}
    assert ends == {join: timedelta(minutes=at) for join, at in ((there, 9), (dead, 6), (gone, 4), (put_out, 9))}
    assert not queries.open_joins().exists()


def test_whose_arrival_the_process_before_could_not_write_was_there_all_the_same(session):
    join = JoinFactory(session=session)
    see(join, (Kind.SEEN, 3))
    store.end_held([held(join, 9)])
    assert queries.stays(session, session.ends_at) == {
        join.patient_id: [Span(session.starts_at, session.starts_at + timedelta(minutes=9))]
    }


def test_an_arrival_that_is_told_again_after_a_crash_is_kept_once(session):
    join = JoinFactory(session=session)
    at = session.starts_at
    services.record([Sighting(InboxEvent.Source.SIGNALING, "live", Kind.ARRIVED, at, join=join.pk)])
    store.end_held([held(join, 9)])
    assert InboxEvent.objects.filter(join=join, kind=Kind.ARRIVED).count() == 1


def test_every_change_tells_the_live_process_which_session(session):
    RoomFactory(session=session)
    patient = patient_at_door(session)
    by = session.leader
    for change in (
        lambda: services.open_room(session=session, by=by),
        lambda: services.let_in(session=session, patient=patient, by=by),
        lambda: services.send_out(session=session, patient=patient, by=by),
        lambda: services.start_break(session=session, by=by),
        lambda: services.end_break(session=session, by=by),
        lambda: services.end_room(session=session, by=by),
    ):
        with told_once(session):
            change()


class told_once:  # noqa: N801  # reads as a sentence
    """Within it, `NOTIFY` is asked for with the session's id."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: list[object] = []

    def __enter__(self) -> None:
        self._watching = connection.execute_wrapper(self._watch)
        self._watching.__enter__()

    def _watch(self, execute, sql, params, many, context):
        if "pg_notify" in sql:
            self._asked.append(params)
        return execute(sql, params, many, context)

    def __exit__(self, *error: object) -> None:
        self._watching.__exit__(None, None, None)
        assert [services.CHANNEL, str(self._session.pk)] in self._asked
