"""How long someone waited, and who is late."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from stepdown.admissions.domain.waiting import Hours, bar, called_minutes, due_from, median_days, wait

CENTRAL = ZoneInfo("America/Chicago")
HOURS = Hours(time(8), time(20), CENTRAL)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CENTRAL)


def waited(asked, now, best_time="now", next_call_at=None, limit=30):
    return wait(
        asked_at=at(asked), best_time=best_time, next_call_at=next_call_at, now=at(now), hours=HOURS, limit=limit
    )


def test_minutes_run_from_the_request():
    assert waited("2026-03-11T10:00", "2026-03-11T10:22").minutes == 22


def test_late_begins_only_after_the_promised_minutes():
    assert not waited("2026-03-11T10:00", "2026-03-11T10:30").late
    assert waited("2026-03-11T10:00", "2026-03-11T10:31").late


def test_the_night_does_not_count():
    assert waited("2026-03-11T19:50", "2026-03-12T08:15").minutes == 25


def test_a_request_at_night_waits_from_the_morning():
    assert waited("2026-03-11T23:00", "2026-03-12T08:10").minutes == 10


def test_someone_who_asked_for_the_evening_does_not_wait_in_the_morning():
    assert waited("2026-03-11T09:00", "2026-03-11T16:00", best_time="evening").minutes == 0
    assert waited("2026-03-11T09:00", "2026-03-11T17:10", best_time="evening").minutes == 10


def test_a_chosen_time_that_is_over_is_tomorrow():
    assert due_from(at("2026-03-11T13:00"), "morning", None, HOURS) == at("2026-03-12T08:00")


def test_an_agreed_time_comes_before_everything():
    agreed = at("2026-03-11T16:00")
    assert waited("2026-03-11T09:00", "2026-03-11T16:05", "morning", agreed).minutes == 5
    assert waited("2026-03-11T09:00", "2026-03-11T15:00", "now", agreed).minutes == 0


def test_the_day_the_clocks_change_counts_as_it_passed():
    night_shift = Hours(time(0), time(23), CENTRAL)
    start, end = at("2026-03-08T00:00"), at("2026-03-08T04:00")
    assert called_minutes(start, end, night_shift) == 180


def test_days_to_the_first_group_are_counted_as_dates_of_the_center():
    late_evening = (at("2026-03-01T23:30"), at("2026-03-02T18:00"))
    same_day = (at("2026-03-02T09:00"), at("2026-03-02T18:00"))
    assert median_days([late_evening], CENTRAL) == 1
    assert median_days([same_day], CENTRAL) == 0
    assert median_days([late_evening, same_day], CENTRAL) == 0.5


def test_the_median_is_the_one_in_the_middle_and_not_the_mean():
    start = at("2026-03-01T09:00")
    assert median_days([(start, start + timedelta(days=days)) for days in (2, 4, 60)], CENTRAL) == 4


def test_nobody_has_no_median():
    assert median_days([], CENTRAL) is None


MOMENTS = st.integers(0, 500_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_never_negative_and_never_more_than_the_time_that_passed(start, length):
    minutes = called_minutes(start, start + length, HOURS)
    assert 0 <= minutes <= length.total_seconds() / 60


@given(st.integers(0, 10_000), st.integers(1, 600))
def test_the_bar_stays_on_its_ground(minutes, limit):
    drawn = bar(minutes, limit)
    assert 0 <= drawn.within <= drawn.goal
    assert drawn.goal + drawn.over <= 260
    assert (drawn.over > 0) <= (minutes > limit)
