"""Clinical minutes: stays merged, short gaps closed, clipped, breaks out, rounded down. Source: RULE PROG-02."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stepdown.attendance.domain.minutes import (
    available_minutes,
    clinical_minutes,
    counted_from_stays,
    counted_minutes,
    presence,
    reckon,
)
from stepdown.kernel.spans import Span


def at(clock: str) -> datetime:
    hour, minute, *second = (int(part) for part in clock.split(":"))
    return datetime(2026, 3, 11, hour, minute, *second, tzinfo=UTC)


def spans(*pairs: str) -> list[Span]:
    return [Span(*(at(clock) for clock in pair.split("-"))) for pair in pairs]


def span(pair: str) -> Span:
    return spans(pair)[0]


EVENING = span("18:00-21:00")
TWO_BREAKS = spans("19:00-19:10", "20:00-20:10")


def test_the_whole_session_without_breaks_counts_whole():
    assert clinical_minutes(spans("18:00-21:00"), EVENING) == 180


def test_breaks_do_not_count():
    assert clinical_minutes(spans("18:00-21:00"), EVENING, TWO_BREAKS) == 160


def test_nobody_there_is_zero():
    assert clinical_minutes([], EVENING, TWO_BREAKS) == 0


def test_a_gap_of_less_than_two_minutes_counts_as_present():
    assert clinical_minutes(spans("18:00-19:00", "19:01:59-21:00"), EVENING) == 180


def test_a_gap_of_exactly_two_minutes_is_absence():
    assert clinical_minutes(spans("18:00-19:00", "19:02-21:00"), EVENING) == 178


def test_many_short_gaps_each_count_as_present():
    assert clinical_minutes(spans("18:00-18:30", "18:31-19:00", "19:01-20:00", "20:01:30-21:00"), EVENING) == 180


def test_two_devices_count_once():
    assert clinical_minutes(spans("18:00-20:00", "18:30-21:00"), EVENING) == 180


def test_a_second_device_closes_a_gap_of_the_first():
    assert clinical_minutes(spans("18:00-19:00", "20:00-21:00", "18:59-20:01"), EVENING) == 180


def test_time_before_and_after_the_session_does_not_count():
    assert clinical_minutes(spans("17:40-21:30"), EVENING) == 180


def test_a_stay_wholly_outside_does_not_count():
    assert clinical_minutes(spans("17:00-17:50", "21:05-22:00"), EVENING) == 0


def test_a_gap_across_the_start_is_closed_before_the_session_clips():
    assert clinical_minutes(spans("17:50-17:59:30", "18:01-21:00"), EVENING) == 180


def test_a_gap_across_the_end_is_closed_before_the_session_clips():
    assert clinical_minutes(spans("18:00-20:59", "21:00:30-21:10"), EVENING) == 180


def test_coming_a_minute_late_without_having_been_there_before_is_a_minute_lost():
    assert clinical_minutes(spans("18:01-21:00"), EVENING) == 179


def test_a_short_gap_inside_a_break_is_closed_and_then_leaves_with_the_break():
    assert clinical_minutes(spans("18:00-19:04", "19:05-21:00"), EVENING, TWO_BREAKS) == 160


def test_being_away_during_a_break_costs_nothing():
    assert clinical_minutes(spans("18:00-19:00", "19:10-21:00"), EVENING, TWO_BREAKS) == 160


def test_two_stays_on_either_side_of_a_break_do_not_join_because_of_the_break():
    assert clinical_minutes(spans("18:00-19:00", "19:11-21:00"), EVENING, spans("19:00-19:10")) == 169


def test_overlapping_breaks_are_taken_out_once():
    assert clinical_minutes(spans("18:00-21:00"), EVENING, spans("19:00-19:10", "19:05-19:15")) == 165


def test_a_break_partly_outside_takes_out_only_its_part_inside():
    assert clinical_minutes(spans("18:00-21:00"), EVENING, spans("17:55-18:05", "20:55-21:10")) == 170


def test_a_break_outside_the_session_takes_nothing():
    assert clinical_minutes(spans("18:00-21:00"), EVENING, spans("16:00-17:00", "21:00-22:00")) == 180


def test_a_break_of_the_whole_session_leaves_nothing():
    assert clinical_minutes(spans("18:00-21:00"), EVENING, [EVENING]) == 0


def test_rounding_down_happens_once_at_the_end():
    pieces = spans("18:00-18:10:40", "18:20-18:30:40")
    assert clinical_minutes(pieces, EVENING) == 21


def test_59_seconds_are_no_minute():
    assert clinical_minutes(spans("18:00-18:00:59"), EVENING) == 0


def test_an_empty_stay_by_itself_counts_nothing():
    assert clinical_minutes(spans("18:00-18:00", "19:01-19:01"), EVENING) == 0


def test_a_moment_in_the_room_parts_an_absence_into_two_gaps_like_any_other_stay():
    assert clinical_minutes(spans("18:00-19:00", "19:01-19:01", "19:02-21:00"), EVENING) == 180
    assert clinical_minutes(spans("18:00-19:00", "19:01-19:01:01", "19:02-21:00"), EVENING) == 180
    assert clinical_minutes(spans("18:00-19:00", "19:01-19:01", "19:03-21:00"), EVENING) == 178


def test_an_empty_session_has_no_minutes():
    assert clinical_minutes(spans("17:00-19:00"), span("18:00-18:00")) == 0


def test_a_session_over_a_clock_change_has_its_real_length():
    chicago = ZoneInfo("America/Chicago")
    night = Span(datetime(2026, 3, 8, 0, 0, tzinfo=chicago), datetime(2026, 3, 8, 4, 0, tzinfo=chicago))
    assert clinical_minutes([night], night) == 180


def test_offsets_are_compared_as_moments():
    other = ZoneInfo("America/New_York")
    stay = Span(EVENING.start.astimezone(other), EVENING.end.astimezone(other))
    assert clinical_minutes([stay], EVENING) == 180


def test_a_stay_that_ends_before_it_starts_is_an_error():
    with pytest.raises(ValueError, match="ends before it starts"):
        clinical_minutes([Span(at("19:00"), at("18:00"))], EVENING)


def test_a_session_that_ends_before_it_starts_is_an_error():
    with pytest.raises(ValueError, match="ends before it starts"):
        clinical_minutes([], Span(at("19:00"), at("18:00")))


def test_a_time_without_a_zone_is_an_error():
    naive = datetime(2026, 3, 11, 18)  # noqa: DTZ001  # the mistake under test
    with pytest.raises(ValueError, match="zone"):
        clinical_minutes([Span(naive, naive + timedelta(hours=1))], EVENING)


def test_presence_is_what_the_strip_draws():
    assert presence(spans("17:50-19:00", "19:01-19:30", "19:40-21:30"), EVENING) == spans("18:00-19:30", "19:40-21:00")


def test_available_minutes_are_the_session_less_its_breaks():
    assert available_minutes(EVENING, TWO_BREAKS) == 160


@pytest.mark.parametrize(
    ("stays", "status"),
    [
        ([], "no_show"),
        (["17:00-17:59"], "no_show"),
        (["18:00-18:00:59"], "no_show"),
        (["19:01-19:09"], "no_show"),
        (["18:00-21:00"], "present"),
        (["18:10-21:00"], "present"),
        (["18:10:01-21:00"], "late"),
        (["18:30-21:00"], "late"),
        (["18:30:01-21:00"], "partial"),
        (["18:00-20:50"], "present"),
        (["18:00-20:49:59"], "left_early"),
        (["18:15-20:30"], "left_early"),
        (["18:31-20:30"], "partial"),
        (["18:00-18:30", "19:00-21:00"], "present"),
        (["18:00-18:20", "19:00-21:00"], "partial"),
        (["18:00-18:50", "19:25-21:00"], "present"),
    ],
)
def test_the_status_follows_from_the_stays(stays, status):
    assert reckon(spans(*stays), EVENING, TWO_BREAKS).status == status


@pytest.mark.parametrize(
    ("stays", "waits", "status", "minutes"),
    [
        (["18:40-21:00"], ["18:00-18:40"], "present", 120),
        (["18:40-21:00"], ["18:10-18:40"], "present", 120),
        (["18:40-21:00"], ["18:15-18:40"], "late", 120),
        (["18:40-21:00"], ["18:15-18:30", "18:20-18:40"], "late", 120),
        (["18:40-21:00"], ["18:35-18:40"], "partial", 120),
        (["18:40-20:30"], ["18:00-18:40"], "left_early", 90),
        (["18:00-18:20", "19:00-21:00"], ["18:20-19:00"], "present", 120),
        (["18:00-18:30", "19:20-21:00"], ["18:36-19:20"], "present", 120),
        (["18:00-18:20", "19:05-21:00"], ["18:55-19:05"], "partial", 120),
        (["18:00-20:00"], ["20:06-21:00"], "present", 110),
        (["18:00-20:00"], ["20:06-20:50"], "left_early", 110),
        ([], ["18:00-21:00"], "no_show", 0),
    ],
)
def test_who_waited_at_our_door_was_not_late_or_away_by_that(stays, waits, status, minutes):
    found = reckon(spans(*stays), EVENING, TWO_BREAKS, spans(*waits))
    assert (found.status, found.minutes) == (status, minutes)


@pytest.mark.parametrize(
    ("clinical", "breaks", "counted"), [(160, 20, 175), (165, 15, 180), (170, 10, 180), (180, 0, 180), (0, 20, 0)]
)
def test_payers_count_a_quarter_of_an_hour_of_breaks(clinical, breaks, counted):
    assert counted_minutes(clinical, breaks) == counted


@pytest.mark.parametrize(
    ("stays", "counted"),
    [
        (["18:00-21:00"], 175),
        (["18:15-21:00"], 160),
        (["18:00-19:00", "19:10-20:00", "20:05-21:00"], 165),
        (["18:00-19:05", "19:10-20:45:30"], 160),
        (["19:00-19:10"], 0),
        ([], 0),
    ],
)
def test_a_break_counts_for_who_was_there_in_it(stays, counted):
    assert counted_from_stays(spans(*stays), TWO_BREAKS) == counted


def test_of_long_breaks_a_quarter_of_an_hour_counts():
    assert counted_from_stays(spans("18:00-21:00"), spans("19:00-19:20", "20:00-20:10")) == 165
