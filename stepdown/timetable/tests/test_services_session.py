from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from stepdown.admissions.models import Episode, LevelStay
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.attendance.services import draw_up
from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.chart.queries import notes_due
from stepdown.kernel.db import RuleBroken
from stepdown.live.models import Knock, LeaderAway
from stepdown.live.services import Sighting, record
from stepdown.live.services_leading import leader_away
from stepdown.live.tests.factories import JoinFactory, RoomFactory
from stepdown.outreach.models import Message
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement.services import accept_seat, offer_seat
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import queries, services_session
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)  # a Tuesday
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def group():
    """Mondays, Wednesdays and Thursdays at 6 pm in Chicago."""
    group = GroupFactory(opened_on=date(2026, 3, 2), co_leader=StaffFactory())
    extend_timetable(group=group)
    return group


@pytest.fixture
def director():
    return StaffFactory()


def at(day, hour=18, minute=0, month=3):
    return datetime(2026, month, day, hour, minute, tzinfo=CHICAGO)


def session_on(group, day, month=3):
    return group.sessions.get(service_date=date(2026, month, day))


def move(session, starts_at, by, seen=None):
    seen = session.revision if seen is None else seen
    return services_session.move_session(session=session, starts_at=starts_at, seen=seen, by=by)


def cancel(session, by, why="The line is down"):
    return services_session.cancel_session(session=session, why=why, seen=session.revision, by=by)


def back(session, by):
    session.refresh_from_db()
    return services_session.take_back_cancellation(session=session, seen=session.revision, by=by)


def told(kind):
    return Message.objects.filter(kind=kind)


def test_a_session_moves_with_its_length_and_keeps_when_it_was(group, director):
    moved = move(session_on(group, 4), at(6, 17), director)
    moved.refresh_from_db()
    assert (moved.starts_at, moved.ends_at, moved.service_date) == (at(6, 17), at(6, 20), date(2026, 3, 6))
    assert (moved.moved_from, moved.changed_by, moved.revision) == (at(4), director, 1)


def test_a_session_moved_back_was_never_moved(group, director):
    moved = move(session_on(group, 4), at(6), director)
    assert move(moved, at(4), director).moved_from is None


def test_everybody_concerned_is_told_but_not_who_did_it(group):
    seats = [SeatFactory(group=group, accepted=True) for _ in range(2)]
    SeatFactory(group=group)  # held: told when it is accepted
    move(session_on(group, 4), at(6), group.leader)
    message = told("meeting_moved")
    assert {m.patient for m in message if m.patient} == {seat.patient for seat in seats}
    assert {m.staff for m in message if m.staff} == {group.co_leader}
    assert {(m.about, m.was) for m in message} == {(at(6), at(4))}


def test_a_seat_begins_with_its_first_session_also_when_that_is_earlier(group, director):
    seat = SeatFactory(group=group, accepted=True, starts_at=at(9), ends_at=at(9, month=4))
    session = move(session_on(group, 9), at(9, 17), director)
    seat.refresh_from_db()
    assert (seat.starts_at, seat.ends_at) == (at(9, 17), at(9, month=4))
    assert [one.patient for one in queries.roster(session)] == [seat.patient]


def test_one_chair_passes_from_one_person_to_the_next_when_the_session_between_them_is_earlier(director):
    group = GroupFactory(opened_on=date(2026, 3, 2), chairs=1)
    extend_timetable(group=group)
    chair = group.chairs.get()
    leaves = SeatFactory(group=group, chair=chair, accepted=True, starts_at=at(2), ends_at=at(9))
    comes = SeatFactory(group=group, chair=chair, accepted=True, starts_at=at(9))
    session = move(session_on(group, 9), at(9, 17), director)
    leaves.refresh_from_db()
    comes.refresh_from_db()
    assert leaves.ends_at == comes.starts_at == at(9, 17)
    assert [one.patient for one in queries.roster(session)] == [comes.patient]


def test_who_comes_from_another_group_leaves_that_one_when_this_one_begins_earlier(group, director):
    other = GroupFactory()
    before = SeatFactory(group=other, accepted=True, starts_at=at(2), ends_at=at(9))
    after = SeatFactory(group=group, episode=before.episode, accepted=True, starts_at=at(9))
    move(session_on(group, 9), at(9, 17), director)
    before.refresh_from_db()
    after.refresh_from_db()
    assert before.ends_at == after.starts_at == at(9, 17)


def test_the_day_of_admission_follows_the_first_session(group, director):
    episode = EpisodeFactory(status=Episode.Status.PLANNED)
    seat = offer_seat(episode=episode, group=group, starts_at=at(9), by=group.leader)
    accept_seat(seat=seat, by=seat.patient)
    move(session_on(group, 9), at(10), director)
    episode.refresh_from_db()
    assert episode.admitted_on == date(2026, 3, 10)
    assert LevelStay.objects.get(episode=episode).days.lower == date(2026, 3, 10)


def test_a_stay_before_whose_first_day_nobody_knows_ends_with_the_new_day_of_admission(group, director):
    episode = EpisodeFactory(status=Episode.Status.PLANNED)
    stay = LevelStay.objects.create(
        episode=episode, level="PHP", name="Day hospital", here=False, days=(None, date(2026, 3, 9))
    )
    seat = offer_seat(episode=episode, group=group, starts_at=at(9), by=group.leader)
    accept_seat(seat=seat, by=seat.patient)
    move(session_on(group, 9), at(10), director)
    episode.refresh_from_db()
    stay.refresh_from_db()
    assert (episode.admitted_on, stay.days.lower, stay.days.upper) == (date(2026, 3, 10), None, date(2026, 3, 10))


def test_a_called_off_first_session_puts_a_seat_off_and_brought_back_begins_it_again(group, director):
    seat = SeatFactory(group=group, accepted=True, starts_at=at(9))
    joins_anyway = SeatFactory(group=group, accepted=True, starts_at=at(11))
    session = cancel(session_on(group, 9), director)
    seat.refresh_from_db()
    assert seat.starts_at == at(11)
    back(session, director)
    seat.refresh_from_db()
    joins_anyway.refresh_from_db()
    assert (seat.starts_at, joins_anyway.starts_at) == (at(9), at(11))
    assert told("meeting_off").filter(patient=seat.patient).count() == 1
    assert told("meeting_back").filter(patient=seat.patient).count() == 1


def test_a_seat_lasts_until_its_last_session_is_over_when_that_is_put_off(group, director):
    seat = SeatFactory(group=group, accepted=True, ends_at=at(12, 21))
    move(session_on(group, 12), at(13), director)
    seat.refresh_from_db()
    assert seat.ends_at == at(13, 21)
    assert queries.roster(session_on(group, 13)) == [seat]


def test_who_cannot_stay_until_a_last_session_that_is_put_off_is_named(group, director):
    seat = SeatFactory(group=group, accepted=True, ends_at=at(12, 21))
    SeatFactory(aftercare=True, episode=seat.episode, accepted=True, starts_at=at(13, 17))
    other = SeatFactory(group=group, accepted=True, ends_at=at(11, 21))
    session = session_on(group, 12)
    with pytest.raises(RuleBroken, match=f"the last session of {seat.patient.name}, and"):
        move(session, at(13), director)
    with pytest.raises(RuleBroken, match=f"the last session of {other.patient.name}, and"):
        move(session_on(group, 11), at(12, 21, 30), director)
    assert session_on(group, 12) == session
    move(session_on(group, 12), at(13, 13), director)
    seat.refresh_from_db()
    assert seat.ends_at == at(13, 16)


def test_calling_off_needs_a_reason_and_happens_once(group, director):
    session = session_on(group, 4)
    with pytest.raises(RuleBroken, match="Say why"):
        cancel(session, director, why="  ")
    session = cancel(session, director)
    with pytest.raises(RuleBroken, match="called off already"):
        cancel(session, director)
    assert told("meeting_off").filter(staff=group.leader).count() == 1


@pytest.mark.parametrize(
    ("now", "opened", "ended", "said"),
    [
        (at(4, 18, 1), at(4, 17, 50), None, "This session began at 6:00 pm Central."),
        (at(4, 19), at(4, 18, 20), at(4, 18, 40), "This session began at 6:00 pm Central."),
        (at(12, 21), None, None, "This session’s time was over at 9:00 pm Central."),
    ],
    ids=["opened", "over early", "over for a week without anyone"],
)
def test_what_has_met_or_is_over_is_neither_moved_nor_called_off(group, director, now, opened, ended, said):
    session = session_on(group, 4)
    if opened:
        RoomFactory(session=session, opened_at=opened, ended_at=ended)
    with time_machine.travel(now, tick=False):
        for act in (lambda: cancel(session, director), lambda: move(session, at(6), director)):
            with pytest.raises(RuleBroken) as refusal:
                act()
            assert str(refusal.value) == f"{said} It cannot be moved or called off any more."


def test_a_session_that_nobody_opened_is_called_off_also_once_it_should_have_begun(group, director):
    session = session_on(group, 4)
    episode = EpisodeFactory(status=Episode.Status.PLANNED)
    seat = offer_seat(episode=episode, group=group, starts_at=at(4), by=group.leader)
    accept_seat(seat=seat, by=seat.patient)
    with time_machine.travel(at(4, 18, 10), tick=False):
        knock = Knock.objects.create(session=session, patient=seat.patient, at=at(4, 17, 55))
        leader_away(session=session, since=at(4, 18))
        session = cancel(session, director, why="Nobody can lead it")
        knock.refresh_from_db()
        assert knock.ended_at == at(4, 18, 10)
        assert not LeaderAway.objects.filter(ended_at=None).exists()
        seat.refresh_from_db()
        assert seat.starts_at == at(5)
        assert Episode.objects.get(pk=seat.episode_id).admitted_on == date(2026, 3, 5)
        assert told("meeting_off").filter(patient=seat.patient).count() == 1

        session = back(session, director)
        seat.refresh_from_db()
        assert (session.cancelled_at, seat.starts_at) == (None, at(4))


def test_a_session_that_never_met_is_called_off_also_after_its_time_and_nobody_is_told(group, director):
    session = session_on(group, 4)
    episode = EpisodeFactory(status=Episode.Status.PLANNED)
    seat = offer_seat(episode=episode, group=group, starts_at=at(4), by=group.leader)
    accept_seat(seat=seat, by=seat.patient)
    with time_machine.travel(at(4, 22), tick=False):
        draw_up(session=session)
    with time_machine.travel(at(6, 9), tick=False):
        assert [due.session for due in notes_due(group.leader)] == [session]
        with pytest.raises(RuleBroken, match="It cannot be moved"):
            move(session, at(7), director)
        session = cancel(session, director, why="Nobody could lead it")
        assert notes_due(group.leader) == []
        assert not Message.objects.filter(kind__startswith="meeting").exists()
        seat.refresh_from_db()
        assert (seat.starts_at, seat.episode.admitted_on) == (at(5), date(2026, 3, 5))
        session = back(session, director)
        seat.refresh_from_db()
        assert (session.cancelled_at, seat.starts_at) == (None, at(4))
        assert [due.session for due in notes_due(group.leader)] == [session]


def test_what_was_held_elsewhere_or_called_off_in_time_stays_so(group, director):
    session, called_off = session_on(group, 4), cancel(session_on(group, 5), director)
    AttendanceFactory(session=session, seat=SeatFactory(group=group, accepted=True))
    with time_machine.travel(at(6, 9), tick=False):
        with pytest.raises(RuleBroken, match="says that somebody was there"):
            cancel(session, director)
        with pytest.raises(RuleBroken, match="It cannot be moved or called off any more"):
            back(called_off, director)


def test_a_session_whose_room_was_opened_after_its_time_is_not_called_off_while_people_are_in(group, director):
    session = session_on(group, 4)
    RoomFactory(session=session, opened_at=at(4, 21, 2))
    with time_machine.travel(at(4, 21, 5), tick=False):
        join = JoinFactory(session=session)
        record([Sighting("signaling", "live", "arrived", at(4, 21, 4), join=join.pk)])
        with pytest.raises(RuleBroken, match="It cannot be moved or called off any more"):
            cancel(session, director)


def test_who_agreed_to_their_seat_only_since_is_not_brought_back_into_a_session(group, director):
    session, episode = session_on(group, 4), EpisodeFactory(status=Episode.Status.PLANNED)
    seat = offer_seat(episode=episode, group=group, starts_at=at(4), by=group.leader)
    with time_machine.travel(at(4, 20), tick=False):
        accept_seat(seat=seat, by=seat.patient)
    with time_machine.travel(at(6, 9), tick=False):
        back(cancel(session, director), director)
    seat.refresh_from_db()
    assert seat.starts_at == at(5)


def test_a_session_that_nobody_opened_is_put_off_also_once_it_should_have_begun(group, director):
    session = session_on(group, 4)
    with time_machine.travel(at(4, 18, 10), tick=False):
        session = move(session, at(4, 18, 45), director)
    assert (session.starts_at, session.ends_at) == (at(4, 18, 45), at(4, 21, 45))


@pytest.mark.parametrize(
    ("starts_at", "sentence"),
    [
        (at(3, 8), "This time is past."),
        (at(4), "at that time already"),
        (at(5, 16), "meets 6:00 to 9:00 pm that day already. Choose another time."),
        (at(20, month=8), "within the next three months"),
    ],
)
def test_a_time_that_cannot_be_is_said(group, director, starts_at, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        move(session_on(group, 4), starts_at, director)
    assert session_on(group, 4).starts_at == at(4)
    assert not Message.objects.exists()


@pytest.mark.parametrize("leads", ["leader", "co_leader"])
def test_a_leader_who_is_taken_is_named(group, director, leads):
    person = getattr(group, leads)
    SessionFactory(leader=person, starts_at=at(6, 17))
    with pytest.raises(RuleBroken) as refusal:
        move(session_on(group, 4), at(6), director)
    assert str(refusal.value).startswith(f"{person.name} already leads a group at 5:00 pm on Friday.")


def test_of_two_who_change_a_session_at_once_the_second_looks_again(group, director):
    session = session_on(group, 4)
    move(session_on(group, 4), at(6), director)
    with pytest.raises(RuleBroken, match="This session was changed meanwhile"):
        cancel(session, director)


def test_a_session_is_made_up_for_once(group, director):
    seat = SeatFactory(group=group, accepted=True)
    session = cancel(session_on(group, 4), director)
    with pytest.raises(RuleBroken, match="takes place"):
        services_session.make_up(session=session_on(group, 5), starts_at=at(6), by=director)
    instead = services_session.make_up(session=session, starts_at=at(6), by=director)
    assert (instead.makes_up_for, instead.leader, instead.topic) == (session, session.leader, session.topic)
    assert [one.patient for one in queries.roster(instead)] == [seat.patient]
    assert told("meeting_added").filter(patient=seat.patient, about=at(6)).count() == 1
    with pytest.raises(RuleBroken, match="already"):
        services_session.make_up(session=session, starts_at=at(7), by=director)
    with pytest.raises(RuleBroken, match="Call that one off first"):
        back(session, director)
    cancel(instead, director)
    back(session, director)


def test_the_night_makes_nothing_twice_and_leaves_no_gap_after_a_move(group, director):
    last = group.sessions.standing().latest("starts_at")
    move(last, last.starts_at - timedelta(days=1), director)
    called_off = cancel(session_on(group, 4), director)
    services_session.make_up(session=called_off, starts_at=at(6), by=director)
    assert extend_timetable(group=group) == 0
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert extend_timetable(group=group) == 3


def test_a_moved_session_keeps_its_clock_across_both_changes_of_clocks():
    zone = ZoneInfo("America/Chicago")
    with time_machine.travel(datetime(2026, 3, 5, tzinfo=UTC), tick=False):
        group = GroupFactory(opened_on=date(2026, 3, 2))
        extend_timetable(group=group)
        spring = move(session_on(group, 5), at(10), group.leader)
    assert spring.starts_at.astimezone(zone).hour == 18
    assert spring.starts_at.astimezone(UTC).hour == 23  # daylight time from March 8
    with time_machine.travel(datetime(2026, 10, 28, tzinfo=UTC), tick=False):
        group = GroupFactory(opened_on=date(2026, 10, 26))
        extend_timetable(group=group)
        autumn = move(session_on(group, 29, 10), at(3, month=11), group.leader)
    assert autumn.starts_at.astimezone(UTC) == datetime(2026, 11, 4, 0, tzinfo=UTC)
    assert autumn.ends_at - autumn.starts_at == timedelta(hours=3)


def test_a_closed_group_stays_open_until_its_first_session_that_was_put_off(group, director):
    group.entry_until = date(2026, 3, 4)
    group.save()
    move(session_on(group, 4), at(6), director)
    group.refresh_from_db()
    assert group.entry_until == date(2026, 3, 6)
