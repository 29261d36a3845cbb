"""Who was in the room, and when: the fold over what three witnesses saw."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.kernel.spans import Span, merged, total
from stepdown.live.domain.stays import Event, Kind, fold

SIX = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)
END = SIX + timedelta(hours=4)


def at(clock: str) -> datetime:
    """ "18:05" or "18:05:30" that evening."""
    hour, minute, *second = (int(part) for part in clock.split(":"))
    return SIX.replace(hour=hour, minute=minute, second=second[0] if second else 0)


def event(kind: Kind, clock: str, join: str = "phone", person: str = "Walt") -> Event:
    return Event(join=join, person=person, kind=kind, at=at(clock))


def stays(*events: Event, until: datetime = END) -> list[tuple[str, str]]:
    """Walt's stays as clock times."""
    return [(f"{s.start:%H:%M:%S}", f"{s.end:%H:%M:%S}") for s in fold(events, until).get("Walt", [])]


def test_a_stay_lasts_from_arriving_to_leaving():
    assert stays(event(Kind.ARRIVED, "18:02"), event(Kind.LEFT, "20:58")) == [("18:02:00", "20:58:00")]


def test_who_never_arrived_was_not_there():
    assert fold([event(Kind.SEEN, "18:02"), event(Kind.LEFT, "18:30")], END) == {}


def test_the_first_witness_of_arriving_and_the_first_of_leaving_count():
    seen = [
        event(Kind.ARRIVED, "18:02:01"),
        event(Kind.ARRIVED, "18:02"),
        event(Kind.LEFT, "18:30:05"),
        event(Kind.LEFT, "18:30"),
    ]
    assert stays(*seen) == [("18:02:00", "18:30:00")]


def test_without_a_leave_a_stay_ends_when_the_person_was_last_seen():
    seen = [event(Kind.ARRIVED, "18:02"), event(Kind.SEEN, "18:20"), event(Kind.SEEN, "18:10")]
    assert stays(*seen) == [("18:02:00", "18:20:00")]


def test_nothing_after_the_moment_asked_about_counts():
    seen = [event(Kind.ARRIVED, "18:02"), event(Kind.SEEN, "18:20"), event(Kind.LEFT, "18:40")]
    assert stays(*seen, until=at("18:30")) == [("18:02:00", "18:20:00")]


def test_the_death_of_the_media_server_ends_a_stay():
    assert stays(event(Kind.ARRIVED, "18:02"), event(Kind.SERVER_DIED, "18:30")) == [("18:02:00", "18:30:00")]


def test_a_late_word_about_an_old_join_does_not_end_the_new_one():
    seen = [
        event(Kind.ARRIVED, "18:02", join="first"),
        event(Kind.LEFT, "18:30", join="first"),
        event(Kind.ARRIVED, "18:31", join="second"),
        event(Kind.LEFT, "18:32", join="first"),
        event(Kind.LEFT, "19:00", join="second"),
    ]
    assert stays(*seen) == [("18:02:00", "18:30:00"), ("18:31:00", "19:00:00")]


def test_two_devices_of_one_person_count_once():
    seen = [
        event(Kind.ARRIVED, "18:00", join="phone"),
        event(Kind.LEFT, "18:40", join="phone"),
        event(Kind.ARRIVED, "18:30", join="laptop"),
        event(Kind.LEFT, "19:00", join="laptop"),
    ]
    assert stays(*seen) == [("18:00:00", "19:00:00")]


def test_between_lost_and_regained_sound_and_picture_nobody_was_there():
    seen = [
        event(Kind.ARRIVED, "18:00"),
        event(Kind.MEDIA_LOST, "18:10"),
        event(Kind.MEDIA_BACK, "18:15"),
        event(Kind.LEFT, "18:30"),
    ]
    assert stays(*seen) == [("18:00:00", "18:10:00"), ("18:15:00", "18:30:00")]


def test_sound_and_picture_that_never_come_back_end_the_stay():
    seen = [event(Kind.ARRIVED, "18:00"), event(Kind.MEDIA_LOST, "18:10"), event(Kind.LEFT, "18:30")]
    assert stays(*seen) == [("18:00:00", "18:10:00")]


def test_each_person_has_their_own_stays():
    seen = [
        event(Kind.ARRIVED, "18:00"),
        event(Kind.LEFT, "18:30"),
        event(Kind.ARRIVED, "18:10", join="other", person="Lou"),
        event(Kind.LEFT, "18:20", join="other", person="Lou"),
    ]
    assert fold(seen, END) == {"Walt": [Span(at("18:00"), at("18:30"))], "Lou": [Span(at("18:10"), at("18:20"))]}


moments = st.integers(0, 3 * 3600).map(lambda seconds: SIX + timedelta(seconds=seconds))
# A join belongs to one person: the person is read from the join's name.
joins = st.sampled_from(["Walt/1", "Walt/2", "Lou/1", "Lou/2"])
inboxes = st.lists(
    st.builds(
        lambda join, kind, at: Event(join=join, person=join.split("/")[0], kind=kind, at=at),
        joins,
        st.sampled_from(list(Kind)),
        moments,
    ),
    max_size=40,
)


@given(inboxes, st.randoms(use_true_random=False))
def test_the_order_of_the_inbox_does_not_matter(inbox, random):
    shuffled = inbox.copy()
    random.shuffle(shuffled)
    assert fold(shuffled, END) == fold(inbox, END)


@given(inboxes)
def test_being_told_twice_changes_nothing(inbox):
    assert fold(inbox + inbox, END) == fold(inbox, END)


@given(inboxes)
def test_stays_are_sorted_positive_and_apart(inbox):
    for found in fold(inbox, END).values():
        assert all(stay.length > timedelta(0) for stay in found)
        assert all(a.end < b.start for a, b in pairwise(found))


@given(inboxes, moments)
def test_no_stay_begins_before_an_arrival_or_goes_beyond_the_moment_asked_about(inbox, until):
    for person, found in fold(inbox, until).items():
        arrivals = [e.at for e in inbox if e.person == person and e.kind is Kind.ARRIVED]
        assert found[0].start >= min(arrivals)
        assert found[-1].end <= until


@given(inboxes)
def test_devices_count_no_more_together_than_their_times_laid_over_each_other(inbox):
    for person, found in fold(inbox, END).items():
        each = [fold([e for e in inbox if e.join == join], END).get(person, []) for join in {e.join for e in inbox}]
        assert total(found) == total(merged(span for spans in each for span in spans))


@given(inboxes, joins, moments)
def test_one_more_leave_never_lengthens_a_join_that_was_left_already(inbox, join, at):
    person = join.split("/")[0]
    left = [*inbox, Event(join=join, person=person, kind=Kind.LEFT, at=SIX + timedelta(hours=2))]
    twice = [*left, Event(join=join, person=person, kind=Kind.LEFT, at=at)]
    assert total(fold(twice, END).get(person, [])) <= total(fold(left, END).get(person, []))


def test_times_need_a_zone():
    naive = Event(join="a", person="Walt", kind=Kind.ARRIVED, at=datetime(2026, 3, 11, 18, 0))  # noqa: DTZ001  # the mistake under test
    with pytest.raises(TypeError):
        fold([naive], END)
