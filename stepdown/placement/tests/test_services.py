from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from stepdown.admissions.models import Episode, LevelStay
from stepdown.admissions.tests.factories import EpisodeFactory
from stepdown.kernel.db import RuleBroken, rules_speak
from stepdown.outreach.models import Message
from stepdown.people.models import License
from stepdown.people.tests.factories import StaffFactory
from stepdown.placement import queries, services
from stepdown.placement.errors import DoesNotFit, GroupFull
from stepdown.placement.models import Chair, Seat
from stepdown.placement.tests.factories import GroupFactory, ProgramFactory, SeatFactory
from stepdown.timetable.services import extend_timetable
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)  # Tuesday, 9:00 am Central
NEXT_SESSION = datetime(2026, 3, 5, 0, 0, tzinfo=UTC)  # Wednesday, 6:00 pm Central


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def group():
    """Monday, Wednesday and Thursday at 6 pm Central, with sessions for three months."""
    group = GroupFactory(opened_on=date(2026, 3, 2))
    extend_timetable(group=group)
    return group


def offer(group, **kwargs):
    return services.offer_seat(
        episode=kwargs.pop("episode", None) or EpisodeFactory(), group=group, by=group.leader, **kwargs
    )


def test_an_offer_holds_the_lowest_free_chair_for_48_hours_and_tells_the_patient(group):
    SeatFactory(group=group, chair=group.chairs.get(number=1), accepted=True)
    seat = offer(group)
    assert (seat.chair.number, seat.held_until) == (2, NOW + timedelta(hours=48))
    assert seat.accepted_at is None
    message = Message.objects.get(patient=seat.patient)
    assert (message.kind, message.about) == (Message.Kind.SEAT_OFFER, seat.held_until)
    assert seat.patient.links.filter(revoked_at=None).exists()


def test_a_seat_begins_with_the_next_session_and_lasts_the_programs_length_by_the_groups_clock(group):
    seat = offer(group)
    assert seat.starts_at == NEXT_SESSION
    # 13 weeks on at 6 pm, now in daylight saving time
    assert seat.ends_at == datetime(2026, 6, 3, 23, 0, tzinfo=UTC)


def test_a_seat_in_an_open_ended_program_has_no_end():
    group = GroupFactory(program=ProgramFactory(aftercare=True), opened_on=date(2026, 3, 2))
    extend_timetable(group=group)
    assert offer(group).ends_at is None


def test_a_chair_is_given_only_when_it_is_free_for_the_whole_time(group):
    SeatFactory(group=group, chair=group.chairs.get(number=1), starts_at=NEXT_SESSION + timedelta(weeks=10))
    assert offer(group).chair.number == 2
    assert offer(group, ends_at=NEXT_SESSION + timedelta(weeks=10)).chair.number == 1


def test_a_full_group_says_so():
    group = GroupFactory(chairs=1, opened_on=date(2026, 3, 2))
    extend_timetable(group=group)
    offer(group)
    with pytest.raises(GroupFull, match=f"{group.name} has no free chair for the whole time"):
        offer(group)


def test_a_hold_that_ran_out_frees_its_chair_at_the_next_offer():
    group = GroupFactory(chairs=1, opened_on=date(2026, 3, 2))
    extend_timetable(group=group)
    first = offer(group)
    with time_machine.travel(NOW + timedelta(hours=48), tick=False):
        assert offer(group).chair.number == 1
    first.refresh_from_db()
    assert (first.released_why, first.released_at) == (Seat.Release.LAPSED, NOW + timedelta(hours=48))


def test_holds_lapse_by_themselves_and_accepted_seats_never(group):
    held, accepted = offer(group), offer(group)
    services.accept_seat(seat=accepted, by=accepted.patient)
    assert services.lapse_seats(NOW + timedelta(hours=47)) == 0
    assert services.lapse_seats(NOW + timedelta(hours=48)) == 1
    held.refresh_from_db()
    accepted.refresh_from_db()
    assert held.released_why == "lapsed"
    assert accepted.released_at is None


def test_nobody_gets_two_seats_at_a_time(group):
    episode = EpisodeFactory()
    offer(group, episode=episode)
    other = GroupFactory()
    extend_timetable(group=other)
    with pytest.raises(RuleBroken, match="already has a seat in that time"):
        offer(other, episode=episode)


def test_offering_giving_back_and_saying_no_twice_is_doing_it_once(group):
    episode = EpisodeFactory()
    seat = offer(group, episode=episode)
    assert offer(group, episode=episode) == seat
    assert Message.objects.filter(patient=seat.patient).count() == 1
    for release in (services.decline_seat, services.withdraw_seat):
        other = offer(group)
        assert release(seat=other, by=None).released_at == release(seat=other, by=None).released_at


def test_the_database_gives_a_chair_to_one_person_only(group):
    taken = SeatFactory(group=group, accepted=True)
    with pytest.raises(RuleBroken, match="Someone already has that chair in that time"), rules_speak():
        SeatFactory(group=group, chair=taken.chair)


def test_the_database_knows_no_eleventh_chair(group):
    with pytest.raises(RuleBroken, match="A group has at most 10 chairs"), rules_speak():
        Chair.objects.create(group=group, number=11)


def test_a_leader_without_a_license_where_the_patient_sits_blocks_the_offer(group):
    License.objects.filter(staff=group.leader).delete()
    with pytest.raises(DoesNotFit, match="has no license in Minnesota that is valid on March 4"):
        offer(group)
    assert not Seat.objects.exists()


def test_other_duties_on_a_day_of_the_group_block_the_offer(group):
    with pytest.raises(DoesNotFit, match="Has other duties on Wednesday"):
        offer(group, episode=EpisodeFactory(days_away=[2]))


def test_a_group_without_a_session_to_come_cannot_be_offered():
    with pytest.raises(RuleBroken, match="has no session to come"):
        offer(GroupFactory())


def test_accepting_the_first_seat_admits_on_the_day_of_the_first_session(group):
    seat = offer(group)
    before = LevelStay.objects.create(
        episode=seat.episode, level="PHP", name="Partial hospitalization", here=False, days=(date(2026, 2, 1), None)
    )
    services.accept_seat(seat=seat, by=seat.patient)
    episode = Episode.objects.get(pk=seat.episode_id)
    before.refresh_from_db()
    here = LevelStay.objects.get(episode=episode, here=True)
    assert (episode.status, episode.admitted_on) == ("active", date(2026, 3, 4))
    assert before.days.upper == date(2026, 3, 4)
    assert (here.level, here.days.lower, here.days.upper) == ("IOP", date(2026, 3, 4), None)


def test_a_stay_whose_first_day_nobody_knows_ends_where_the_first_session_is(group):
    seat = offer(group)
    before = LevelStay.objects.create(
        episode=seat.episode, level="PHP", name="Day hospital", here=False, days=(None, date(2026, 3, 20))
    )
    services.accept_seat(seat=seat, by=seat.patient)
    before.refresh_from_db()
    assert (before.days.lower, before.days.upper) == (None, date(2026, 3, 4))
    assert Episode.objects.get(pk=seat.episode_id).admitted_on == date(2026, 3, 4)


def test_a_later_seat_changes_no_level(group):
    seat = offer(group, episode=EpisodeFactory(active=True))
    services.accept_seat(seat=seat, by=seat.patient)
    assert not LevelStay.objects.exists()


def test_accepting_twice_is_accepting_once(group):
    seat = offer(group)
    first = services.accept_seat(seat=seat, by=seat.patient)
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        again = services.accept_seat(seat=seat, by=seat.patient)
    assert again.accepted_at == first.accepted_at
    assert LevelStay.objects.count() == 1


def test_who_accepts_after_the_first_session_starts_with_the_next_one(group):
    seat = offer(group)
    with time_machine.travel(NEXT_SESSION + timedelta(hours=4), tick=False):
        seat = services.accept_seat(seat=seat, by=seat.patient)
    assert seat.starts_at == NEXT_SESSION + timedelta(days=1)


def test_who_accepts_where_no_session_is_planned_reads_whom_to_ask(group):
    seat = offer(group)
    group.sessions.filter(starts_at__gt=NEXT_SESSION).delete()
    with (
        time_machine.travel(NEXT_SESSION + timedelta(hours=4), tick=False),
        pytest.raises(RuleBroken, match="no date yet"),
    ):
        services.accept_seat(seat=seat, by=seat.patient)


def test_a_hold_that_ran_out_cannot_be_accepted(group):
    seat = offer(group)
    with (
        time_machine.travel(NOW + timedelta(hours=48), tick=False),
        pytest.raises(RuleBroken, match="The time to accept this place has run out"),
    ):
        services.accept_seat(seat=seat, by=seat.patient)


def test_a_declined_seat_is_free_again_and_stays_declined(group):
    seat = offer(group)
    services.decline_seat(seat=seat, by=seat.patient)
    assert offer(group).chair == seat.chair
    with pytest.raises(RuleBroken, match="You said no to this place"):
        services.accept_seat(seat=seat, by=seat.patient)


def test_an_offer_can_be_taken_back_until_it_is_accepted(group):
    first, second = offer(group), offer(group)
    assert services.withdraw_seat(seat=first, by=group.leader).released_why == "withdrawn"
    services.accept_seat(seat=second, by=second.patient)
    with pytest.raises(RuleBroken, match="already accepted"):
        services.withdraw_seat(seat=second, by=group.leader)


def test_a_seat_ends_at_the_moment_said_and_remembers_who_and_why(group):
    seat = offer(group)
    services.accept_seat(seat=seat, by=seat.patient)
    at = NEXT_SESSION + timedelta(weeks=4)
    seat = services.end_seat(seat=seat, at=at, reason=Seat.End.STEPPED_DOWN, note="Goals reached", by=group.leader)
    assert (seat.ends_at, seat.end_reason, seat.end_note, seat.ended_by) == (
        at,
        "stepped_down",
        "Goals reached",
        group.leader,
    )


def test_a_seat_that_had_not_begun_then_never_does(group):
    seat = offer(group)
    services.accept_seat(seat=seat, by=seat.patient)
    services.end_seat(seat=seat, at=NOW, reason=Seat.End.DISCHARGED, by=group.leader)
    assert not Seat.objects.at(NEXT_SESSION).exists()
    assert offer(group).chair == seat.chair


def test_a_held_seat_cannot_end(group):
    with pytest.raises(RuleBroken, match="not accepted yet"):
        services.end_seat(seat=offer(group), at=NOW, reason=Seat.End.DISCHARGED, by=group.leader)


def test_a_move_goes_on_in_the_other_group_until_the_same_day_with_its_reason(group):
    other = GroupFactory(days=[1, 3], starts_at=time(9), opened_on=date(2026, 3, 2), band="evening")
    extend_timetable(group=other)
    seat = offer(group)
    services.accept_seat(seat=seat, by=seat.patient)
    with time_machine.travel(NOW + timedelta(weeks=2), tick=False):
        moved = services.move_seat(seat=seat, group=other, reason="New shift at work", by=group.leader)
    seat.refresh_from_db()
    assert (seat.end_reason, seat.end_note, seat.ends_at) == ("moved", "New shift at work", moved.starts_at)
    assert moved.ends_at == datetime(2026, 6, 3, 23, 0, tzinfo=UTC)
    assert moved.accepted_at is not None


def test_a_move_needs_a_reason(group):
    seat = SeatFactory(group=group, accepted=True)
    with pytest.raises(RuleBroken, match="Say why this person changes groups"):
        services.move_seat(seat=seat, group=GroupFactory(), reason="  ", by=group.leader)


def test_a_refused_move_leaves_the_seat_as_it_was(group):
    full = GroupFactory(chairs=1)
    SessionFactory(group=full, starts_at=NOW + timedelta(days=1))
    SeatFactory(group=full, accepted=True)
    seat = SeatFactory(group=group, accepted=True)
    with pytest.raises(GroupFull):
        services.move_seat(seat=seat, group=full, reason="New shift at work", by=group.leader)
    seat.refresh_from_db()
    assert (seat.ends_at, seat.end_reason) == (None, "")


def test_nobody_moves_to_a_group_that_meets_only_after_their_time_has_ended(group):
    other = GroupFactory()
    SessionFactory(group=other, starts_at=NOW + timedelta(days=9))
    seat = SeatFactory(group=group, accepted=True, ends_at=NOW + timedelta(days=2))
    with pytest.raises(RuleBroken, match="Their time ends before they could come"):
        services.move_seat(seat=seat, group=other, reason="New shift at work", by=group.leader)
    seat.refresh_from_db()
    assert (seat.ends_at, seat.end_reason) == (NOW + timedelta(days=2), "")


def test_joining_a_group_changes_no_row_but_the_seat(group):
    sessions = list(group.sessions.values())
    seat = offer(group)
    services.accept_seat(seat=seat, by=seat.patient)
    assert list(group.sessions.values()) == sessions


def test_a_program_cannot_have_more_than_ten_seats():
    program = ProgramFactory()
    with pytest.raises(RuleBroken, match="at most 10 chairs"):
        services.change_program(program=program, seats_limit=11, by=StaffFactory())


def test_a_group_name_is_given_once(group):
    with pytest.raises(RuleBroken, match="already a group of that name"):
        services.create_group(
            program=group.program,
            name=group.name,
            band="morning",
            days=[1],
            starts_at=time(9),
            time_zone="America/Chicago",
            leader=group.leader,
            opened_on=date(2026, 3, 2),
            by=group.leader,
        )


def test_an_accepted_seat_that_ends_before_it_begins_is_taken_back_and_counts_nowhere(group):
    seat = offer(group)
    services.accept_seat(seat=seat, by=seat.patient)
    seat = services.end_seat(seat=seat, at=NOW, reason=Seat.End.DISCHARGED, note="Moved away.", by=group.leader)
    assert (seat.released_why, seat.end_note) == ("withdrawn", "Moved away.")
    assert not Seat.objects.standing().exists()
    assert seat.chair in queries.chairs_free(group, NOW, None)
