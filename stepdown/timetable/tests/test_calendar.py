import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.timetable.domain.calendar import meeting_times, moment, topic_of

CHICAGO = ZoneInfo("America/Chicago")
PHOENIX = ZoneInfo("America/Phoenix")
ZONES = [ZoneInfo(key) for key in ("America/Chicago", "America/New_York", "America/Phoenix", "America/Anchorage")]


def clocks(meetings, zone):
    return {m.starts_at.astimezone(zone).time() for m in meetings}


def test_a_six_pm_group_stays_at_six_pm_when_clocks_go_forward():
    around = meeting_times([4, 0], time(18), 180, CHICAGO, date(2026, 3, 6), date(2026, 3, 9))
    assert [m.starts_at for m in around] == [
        datetime(2026, 3, 7, 0, 0, tzinfo=UTC),
        datetime(2026, 3, 9, 23, 0, tzinfo=UTC),
    ]
    assert clocks(around, CHICAGO) == {time(18)}


def test_a_six_pm_group_stays_at_six_pm_when_clocks_go_back():
    around = meeting_times([4, 0], time(18), 180, CHICAGO, date(2026, 10, 30), date(2026, 11, 2))
    assert [m.starts_at for m in around] == [
        datetime(2026, 10, 30, 23, 0, tzinfo=UTC),
        datetime(2026, 11, 3, 0, 0, tzinfo=UTC),
    ]
    assert clocks(around, CHICAGO) == {time(18)}


def test_the_service_date_is_the_day_in_the_groups_zone():
    [meeting] = meeting_times([0], time(18), 180, CHICAGO, date(2026, 1, 5), date(2026, 1, 5))
    assert meeting.starts_at.date() == date(2026, 1, 6)
    assert meeting.service_date == date(2026, 1, 5)


def test_a_clock_time_skipped_in_spring_meets_after_the_jump():
    assert moment(date(2026, 3, 8), time(2, 30), CHICAGO).astimezone(CHICAGO).time() == time(3, 30)


def test_a_clock_time_that_comes_twice_meets_the_first_time():
    assert moment(date(2026, 11, 1), time(1, 30), CHICAGO) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_a_meeting_across_a_change_of_clocks_lasts_its_minutes():
    [night] = meeting_times([6], time(1), 180, CHICAGO, date(2026, 3, 8), date(2026, 3, 8))
    assert night.ends_at - night.starts_at == timedelta(minutes=180)


def test_no_day_between_gives_no_meeting():
    assert meeting_times([0], time(18), 180, CHICAGO, date(2026, 1, 6), date(2026, 1, 11)) == []
    assert meeting_times([0], time(18), 180, CHICAGO, date(2026, 1, 12), date(2026, 1, 5)) == []


@pytest.mark.parametrize(("days", "minutes"), [([7], 180), ([-1], 180), ([0], 0)])
def test_days_and_lengths_that_cannot_be_are_refused(days, minutes):
    with pytest.raises(ValueError):
        meeting_times(days, time(18), minutes, CHICAGO, date(2026, 1, 5), date(2026, 1, 6))


patterns = st.fixed_dictionaries(
    {
        "days": st.sets(st.integers(0, 6), min_size=1),
        "starts_at": st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        "minutes": st.integers(1, 239),
        "zone": st.sampled_from(ZONES),
        "first": st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    }
)


@given(patterns, st.integers(0, 120))
def test_every_wanted_day_meets_once_in_order_for_its_full_length(pattern, length):
    last = pattern["first"] + timedelta(days=length)
    meetings = meeting_times(**pattern, last=last)
    wanted = [pattern["first"] + timedelta(days=n) for n in range(length + 1)]
    assert [m.service_date for m in meetings] == [on for on in wanted if on.weekday() in pattern["days"]]
    assert all(m.ends_at - m.starts_at == timedelta(minutes=pattern["minutes"]) for m in meetings)
    assert all(a.starts_at < b.starts_at for a, b in itertools.pairwise(meetings))


@given(patterns, st.integers(0, 60), st.integers(1, 60))
def test_making_meetings_in_two_parts_is_making_them_at_once(pattern, first_part, second_part):
    middle = pattern["first"] + timedelta(days=first_part)
    last = middle + timedelta(days=second_part)
    both = meeting_times(**pattern, last=middle) + meeting_times(
        **pattern | {"first": middle + timedelta(days=1)}, last=last
    )
    assert both == meeting_times(**pattern, last=last)


@given(patterns, st.integers(0, 400))
def test_outside_the_small_hours_the_clock_never_moves(pattern, length):
    pattern["starts_at"] = pattern["starts_at"].replace(hour=max(4, pattern["starts_at"].hour))
    meetings = meeting_times(**pattern, last=pattern["first"] + timedelta(days=length))
    assert clocks(meetings, pattern["zone"]) <= {pattern["starts_at"]}


def test_all_groups_work_on_the_same_week_of_the_curriculum():
    assert topic_of(date(2026, 1, 5), [0, 2, 3], 13)[0] == topic_of(date(2026, 1, 9), [1, 3, 4], 13)[0]


def test_topics_go_through_the_week_and_come_round_again():
    assert [topic_of(date(2026, 1, day), [3, 0, 2], 13)[1] for day in (5, 7, 8)] == [1, 2, 3]
    on = date(2026, 1, 5)
    weeks = [topic_of(on + timedelta(weeks=n), [0], 13)[0] for n in range(14)]
    assert sorted(weeks[:13]) == list(range(1, 14))
    assert weeks[13] == weeks[0]
