from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken
from stepdown.live import services as live
from stepdown.live.models import Room
from stepdown.live.tests.factories import JoinFactory, RoomFactory
from stepdown.outreach.models import Message
from stepdown.people.tests.factories import LicenseFactory, StaffFactory
from stepdown.placement.errors import DoesNotFit
from stepdown.placement.services import offer_seat
from stepdown.placement.services_pairs import pair_up
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable import curriculum, queries, services_closing, services_group, services_session
from stepdown.timetable.domain.regroup import pair
from stepdown.timetable.models import GroupChange, Session
from stepdown.timetable.regrouping import plan_change
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.services_closures import close_center
from stepdown.timetable.services_group import FIELDS
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)  # a Tuesday
CHICAGO = ZoneInfo("America/Chicago")
MONDAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def group():
    """Mondays, Wednesdays and Thursdays at 6 pm in Chicago, 40 sessions ahead."""
    curriculum.load()
    group = GroupFactory(name="Juniper", opened_on=date(2026, 2, 23))
    extend_timetable(group=group)
    return group


@pytest.fixture
def director():
    return StaffFactory()


def at(day, hour=18, month=3):
    return datetime(2026, month, day, hour, tzinfo=CHICAGO)


def session_on(group, day, month=3):
    return group.sessions.get(service_date=date(2026, month, day))


def fields_of(group, **changed):
    return {name: getattr(group, name) for name in FIELDS} | changed


def planned(group, from_on=MONDAY, follow=(), **changed):
    return plan_change(
        group=group, to=GroupChange(group=group, **fields_of(group, **changed)), from_on=from_on, follow=follow
    )


def change(group, by, from_on=MONDAY, **given):
    more = {name: given.pop(name) for name in ("follow", "despite", "chairs") if name in given}
    group.refresh_from_db()
    seen = given.pop("seen", None) or queries.seen_as(group)
    return services_group.change_group(
        group=group, from_on=from_on, seen=seen, by=by, **more, **fields_of(group, **given)
    )


def test_each_meeting_goes_to_the_same_day_or_else_to_one_of_its_week():
    days = [date(2026, 3, n) for n in (9, 11, 12)]
    other = [date(2026, 3, n) for n in (10, 12, 13)]
    found = pair(days, other)
    assert found.kept == [(days[0], other[0]), (days[1], other[2]), (days[2], days[2])]
    assert pair(days[:2], other[:1]).gone == [days[1]]
    assert pair(days[:1], other).new == other[1:]


def test_sessions_to_come_follow_and_what_is_before_stays(group, director):
    before = list(group.sessions.filter(service_date__lt=MONDAY).values())
    ids = set(group.sessions.values_list("pk", flat=True))
    change(group, director, starts_at=time(17))
    after = group.sessions.filter(service_date__gte=MONDAY)
    assert {s.starts_at.astimezone(CHICAGO).time() for s in after} == {time(17)}
    assert {s.ends_at - s.starts_at for s in after} == {timedelta(hours=3)}
    assert list(group.sessions.filter(service_date__lt=MONDAY).values()) == before
    assert set(group.sessions.values_list("pk", flat=True)) == ids


def test_the_groups_own_row_follows_on_the_day_and_the_night_goes_on_as_it_is_then(group, director):
    omar = StaffFactory(name="Omar Leadsome")
    change(group, director, starts_at=time(17), leader=omar)
    group.refresh_from_db()
    assert group.starts_at == time(18)
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        assert services_group.apply_changes() == 0
        assert extend_timetable(group=group) > 0
        last = group.sessions.latest("starts_at")
        assert (last.leader, last.starts_at.astimezone(CHICAGO).hour) == (omar, 17)
    with time_machine.travel(at(9, 0), tick=False):
        assert services_group.apply_changes() == 1
        assert services_group.apply_changes() == 0
    group.refresh_from_db()
    assert (group.starts_at, group.leader) == (time(17), omar)


def test_a_session_that_people_are_in_the_room_of_is_not_moved_with_its_group(group, director):
    session = session_on(group, 4)
    with time_machine.travel(at(4) - timedelta(minutes=10), tick=False):
        RoomFactory(session=session)
        join = JoinFactory(session=session, patient=None, staff=session.leader)
        live.record([live.Sighting("signaling", "live", "arrived", NOW, join=join.pk)])
        for other in ({"starts_at": time(19)}, {"days": [0, 3, 4]}):
            with pytest.raises(RuleBroken) as refusal:
                change(group, director, from_on=date(2026, 3, 4), **other)
            assert str(refusal.value) == (
                "People are in the room of the session of Wednesday, March 4. End the group there first, or wait until "
                "it is over."
            )
        change(group, director, from_on=date(2026, 3, 4), leader=StaffFactory())
        assert Room.objects.filter(session=session, ended_at=None).exists()


@pytest.mark.parametrize("other", [{"starts_at": time(19)}, {"days": [0, 2]}], ids=["moved", "called off"])
def test_who_waits_at_the_door_of_a_session_learns_that_its_group_changed(group, director, other):
    session = session_on(group, 4 if "starts_at" in other else 5)
    with time_machine.travel(session.starts_at - timedelta(minutes=10), tick=False):
        RoomFactory(session=session)
        knock = live.knock(session=session, patient=SeatFactory(group=group, accepted=True).patient)
        change(group, director, from_on=session.service_date, **other)
        knock.refresh_from_db()
        assert knock.ended_at == session.starts_at - timedelta(minutes=10)
        assert not Room.objects.filter(session=session, ended_at=None).exists()


def test_a_change_from_today_is_there_at_once(group, director):
    change(group, director, from_on=date(2026, 3, 3), name="Aspen", tags=["women"], language="es")
    group.refresh_from_db()
    assert (group.name, group.tags, group.language) == ("Aspen", ["women"], "es")
    assert not Message.objects.exists()


def test_other_days_move_the_sessions_within_their_week_and_topics_follow(group, director):
    made = change(group, director, days=[1, 3, 4])
    week = list(group.sessions.filter(service_date__range=(MONDAY, date(2026, 3, 15))).order_by("starts_at"))
    assert [s.service_date.day for s in week] == [10, 12, 13]
    assert [s.topic.place for s in week] == [1, 2, 3]
    assert made.was["meets"] == "Mon, Wed, Thu, 6:00 to 9:00 pm Central"


def test_a_week_cut_in_two_loses_what_has_no_day_left_and_says_so(group, director):
    plan = planned(group, from_on=date(2026, 3, 11), days=[0, 1, 2])
    assert [s.service_date.day for s in plan.gone] == [12]
    change(group, director, from_on=date(2026, 3, 11), days=[0, 1, 2])
    gone = session_on(group, 12)
    assert (gone.cancelled_at, gone.cancelled_why) == (NOW, "The group meets at other times")


def test_the_clock_stays_across_the_change_of_clocks(group, director):
    change(group, director, from_on=date(2026, 3, 5), starts_at=time(17))
    utc = {s.service_date.day: s.starts_at.astimezone(UTC).hour for s in group.sessions.filter(service_date__month=3)}
    assert (utc[5], utc[9]) == (23, 22)


def test_another_zone_moves_the_sessions_and_the_past_keeps_its_own(group, director):
    change(group, director, from_on=date(2026, 3, 3), time_zone="America/New_York")
    group.refresh_from_db()
    assert session_on(group, 4).starts_at == at(4, 17)
    past = list(queries.past_sessions_of_group(group, NOW))
    assert [zone.key for zone, _ in queries.zones_of(group, past)] == ["America/Chicago"]


def test_what_was_changed_by_hand_stays_unless_it_is_asked_to_follow(group, director):
    moved = services_session.move_session(session=session_on(group, 11), starts_at=at(13, 12), seen=0, by=director)
    off = services_session.cancel_session(session=session_on(group, 16), why="Snow", seen=0, by=director)
    extra = SessionFactory(group=group, starts_at=at(14, 10))
    plan = planned(group, starts_at=time(17))
    assert plan.by_hand == [moved, extra, off]
    change(group, director, starts_at=time(17), follow=[off.pk])
    moved.refresh_from_db()
    off.refresh_from_db()
    extra.refresh_from_db()
    assert (moved.starts_at, extra.starts_at) == (at(13, 12), at(14, 10))
    assert (off.starts_at, off.cancelled_at) == (at(16, 17), None)
    assert group.sessions.filter(service_date__range=(date(2026, 3, 9), date(2026, 3, 15))).count() == 4


def test_a_session_that_stays_and_stands_in_the_way_is_named(group, director):
    services_session.move_session(session=session_on(group, 11), starts_at=at(12, 12), seen=0, by=director)
    plan = planned(group, starts_at=time(14))
    assert plan.clashes[0][0] == "starts_at"
    assert "Thursday, Mar 12" in plan.clashes[0][1]
    with pytest.raises(RuleBroken, match="stands in the way"):
        change(group, director, starts_at=time(14))
    assert not GroupChange.objects.exists()


def test_a_leader_who_leads_elsewhere_forbids_it(group, director):
    omar = StaffFactory(name="Omar Leadsome")
    SessionFactory(leader=omar, starts_at=at(16, 17))
    assert planned(group, leader=omar).clashes == [
        (
            "leader",
            "Omar Leadsome already leads a group at 5:00 pm on Monday. Choose another time or another counselor.",
        )
    ]
    with pytest.raises(RuleBroken, match="Omar Leadsome already leads"):
        change(group, director, leader=omar)
    assert session_on(group, 16).leader == group.leader


def test_people_whom_it_does_not_suit_any_more_are_named_and_it_needs_a_yes(group, director):
    seat = SeatFactory(group=group, accepted=True, episode__days_away=[1], episode__bands=["evening"])
    SeatFactory(group=group, accepted=True)
    omar = StaffFactory(name="Omar Leadsome")
    LicenseFactory(staff=omar, state="MN")
    plan = planned(group, leader=omar, days=[1, 3, 4])
    assert plan.misfits == [f"{seat.patient.name}: Has other duties on Tuesday."]
    with pytest.raises(RuleBroken, match="would not suit everyone"):
        change(group, director, leader=omar, days=[1, 3, 4])
    change(group, director, leader=omar, days=[1, 3, 4], despite=True)


def test_who_is_kept_apart_from_somebody_there_is_not_given_the_group(group, director):
    seat, omar = SeatFactory(group=group, accepted=True), StaffFactory(name="Omar Leadsome")
    LicenseFactory(staff=omar, state="MN")
    pair_up(patient=seat.patient, staff=omar, kind="relatives", reason="Cousins.", by=director)
    said = f"{seat.patient.name}: Someone in this group is to be kept apart from them. Choose another counselor."
    for place in ("leader", "co_leader"):
        assert planned(group, **{place: omar}).clashes == [(place, said)]
        with pytest.raises(RuleBroken, match="to be kept apart"):
            change(group, director, despite=True, **{place: omar})


def test_a_leader_without_a_license_is_said_for_each_person(group):
    seat = SeatFactory(group=group, accepted=True)
    assert planned(group, leader=StaffFactory(name="Omar Leadsome")).misfits == [
        f"{seat.patient.name}: Omar has no license in Minnesota that is valid on March 9."
    ]


def test_seats_keep_their_sessions_also_one_that_ends_behind_the_timetable(director):
    group = GroupFactory(opened_on=date(2026, 3, 2), chairs=1)
    extend_timetable(group=group, until=date(2026, 4, 30))
    chair = group.chairs.get()
    leaves = SeatFactory(group=group, chair=chair, accepted=True, starts_at=at(2), ends_at=at(1, month=6))
    comes = SeatFactory(group=group, chair=chair, accepted=True, starts_at=at(1, month=6))
    change(group, director, starts_at=time(17))
    leaves.refresh_from_db()
    comes.refresh_from_db()
    assert leaves.ends_at == comes.starts_at == at(1, 17, 6)


def test_everyone_concerned_is_told_once(group):
    seat, later = SeatFactory(group=group, accepted=True), SeatFactory(group=group, accepted=True, starts_at=at(12))
    gone = SeatFactory(group=group, accepted=True, ends_at=at(4))
    omar = StaffFactory()
    change(group, by=omar, leader=omar, despite=True)
    told = Message.objects.filter(kind="meetings_changed")
    assert {m.patient for m in told if m.patient} == {seat.patient, later.patient}
    assert gone.patient not in {m.patient for m in told}
    assert [m.staff for m in told if m.staff] == [group.leader]
    assert {m.about for m in told} == {at(9)}


def test_a_second_change_waits_until_the_first_has_come(group, director):
    change(group, director, starts_at=time(17))
    with pytest.raises(RuleBroken, match="planned already"):
        change(group, director, starts_at=time(16))
    assert session_on(group, 9).starts_at == at(9, 17)


def test_a_change_that_is_taken_back_leaves_the_sessions_as_they_were(group, director):
    before = list(group.sessions.order_by("pk").values("pk", "starts_at", "ends_at", "service_date", "leader", "topic"))
    made = change(group, director, days=[1, 3, 4], starts_at=time(17))
    services_group.take_back_change(change=made, by=director)
    after = list(group.sessions.order_by("pk").values("pk", "starts_at", "ends_at", "service_date", "leader", "topic"))
    assert after == before
    with pytest.raises(RuleBroken, match="taken back"):
        services_group.take_back_change(change=made, by=director)


def test_a_session_that_a_change_called_off_takes_place_again_and_seats_begin_with_it(group, director):
    shown = "pk", "starts_at", "ends_at", "service_date", "leader", "topic", "cancelled_at", "cancelled_why"
    before = list(group.sessions.order_by("pk").values(*shown))
    soon = SeatFactory(group=group, accepted=True, starts_at=at(12))
    later = SeatFactory(group=group, accepted=True, starts_at=at(19))
    made = change(group, director, from_on=date(2026, 3, 12), days=[0, 1, 2])
    services_group.take_back_change(change=made, by=director)
    assert list(group.sessions.order_by("pk").values(*shown)) == before
    soon.refresh_from_db()
    later.refresh_from_db()
    assert (soon.starts_at, later.starts_at) == (at(12), at(19))


def test_a_session_that_somebody_called_off_stays_off_when_a_change_is_taken_back(group, director):
    off = services_session.cancel_session(session=session_on(group, 12), why="Snow", seen=0, by=director)
    made = change(group, director, from_on=date(2026, 3, 11), days=[0, 1, 2])
    services_group.take_back_change(change=made, by=director)
    assert session_on(group, 12) == off
    assert session_on(group, 12).cancelled_why == "Snow"


def test_of_two_who_change_a_group_at_once_the_second_looks_again(group, director):
    seen = queries.seen_as(group)
    services_session.cancel_session(session=session_on(group, 11), why="Snow", seen=0, by=director)
    with pytest.raises(RuleBroken, match="Someone else changed this group"):
        change(group, director, starts_at=time(17), seen=seen)


def close(group, on, by):
    group.refresh_from_db()
    return services_closing.close_group(group=group, closed_on=on, seen=queries.seen_as(group), by=by)


def test_a_group_closes_after_its_last_day_and_opens_again(group, director):
    SeatFactory(group=group, accepted=True, ends_at=at(31))
    close(group, date(2026, 3, 31), director)
    assert group.sessions.standing().latest("starts_at").service_date == date(2026, 3, 30)
    assert Message.objects.get().staff == group.leader
    services_closing.reopen_group(group=group, by=director)
    assert group.sessions.standing().latest("starts_at").service_date > date(2026, 5, 1)
    with pytest.raises(RuleBroken, match="is open"):
        services_closing.reopen_group(group=group, by=director)


def test_a_group_that_opens_again_keeps_to_the_closures_made_meanwhile(group, director):
    close(group, date(2026, 3, 31), director)
    day = date(2026, 4, 6)
    closure = close_center(name="Spring break", first_on=day, last_on=day, by=director)
    services_closing.reopen_group(group=group, by=director)
    session = session_on(group, 6, month=4)
    assert (session.cancelled_at, session.cancelled_why, session.closure) == (NOW, "Spring break", closure)
    assert session_on(group, 8, month=4).cancelled_at is None


def test_a_group_past_midnight_closes_on_the_day_on_which_its_last_session_began(director):
    group = GroupFactory(opened_on=date(2026, 2, 23), starts_at=time(22))
    extend_timetable(group=group)
    last = session_on(group, 30)
    assert last.ends_at == at(31, 1)
    seat = SeatFactory(group=group, accepted=True, ends_at=last.ends_at)
    with pytest.raises(RuleBroken, match="have a seat beyond that day"):
        close(group, date(2026, 3, 29), director)
    close(group, date(2026, 3, 30), director)
    assert group.sessions.standing().latest("starts_at") == last
    assert seat.last_on == date(2026, 3, 30)


def test_a_group_does_not_close_before_a_last_session_that_was_moved_to_the_morning(group, director):
    last = session_on(group, 30)
    SeatFactory(group=group, accepted=True, ends_at=last.starts_at)
    Session.objects.filter(pk=last.pk).update(starts_at=at(30, 10), ends_at=at(30, 13))
    with pytest.raises(RuleBroken, match="have a seat beyond that day"):
        close(group, date(2026, 3, 29), director)
    close(group, date(2026, 3, 30), director)


def test_a_group_does_not_close_while_seats_go_beyond_and_says_whose(group, director):
    stays, ends = (
        SeatFactory(group=group, accepted=True),
        SeatFactory(group=group, accepted=True, ends_at=at(20, month=4)),
    )
    with pytest.raises(RuleBroken) as refusal:
        close(group, date(2026, 3, 31), director)
    assert str(refusal.value) == (
        f"These people have a seat beyond that day: {stays.patient.name}, {ends.patient.name} (until April 20). "
        "Move them or end their seats first."
    )
    with pytest.raises(RuleBroken, match="today or a later day"):
        close(group, date(2026, 3, 1), director)


def test_a_seat_is_not_offered_to_whom_a_change_ahead_does_not_suit(group, director):
    change(group, director, days=[1, 3, 4])
    episode = EpisodeFactory(days_away=[1], bands=["evening"])
    with pytest.raises(DoesNotFit) as refusal:
        offer_seat(episode=episode, group=group, by=director)
    assert str(refusal.value) == "The group changes on March 9: Has other duties on Tuesday."
