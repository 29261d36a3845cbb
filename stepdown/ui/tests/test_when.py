from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stepdown.ui import when

CENTRAL = ZoneInfo("America/Chicago")
EVENING = datetime(2026, 3, 11, 23, 0, tzinfo=UTC)  # 6:00 pm Central, daylight time
TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "7:00 pm Eastern"),
        ("America/Chicago", "6:00 pm Central"),
        ("America/Denver", "5:00 pm Mountain"),
        ("America/Phoenix", "4:00 pm Arizona"),
        ("America/Los_Angeles", "4:00 pm Pacific"),
        ("America/Anchorage", "3:00 pm Alaska"),
        ("Pacific/Honolulu", "1:00 pm Hawaii"),
        ("Europe/Berlin", "12:00 am Berlin"),
    ],
)
def test_a_time_is_said_with_the_name_of_the_readers_zone(zone, said):
    assert when.clock(EVENING, ZoneInfo(zone)) == said


def test_the_zones_name_does_not_change_with_the_clocks():
    assert when.zone_name(datetime(2026, 1, 11, 23, 0, tzinfo=UTC), CENTRAL) == "Central"


def test_spanish_says_the_zone_as_an_hour():
    assert when.clock(EVENING, CENTRAL, "es") == "6:00 p.\u00a0m., hora del Centro"
    assert when.clock(EVENING, ZoneInfo("America/Phoenix"), "es-us") == "4:00 p.\u00a0m., hora de Arizona"


def test_noon_and_midnight_are_twelve():
    assert when.clock(datetime(2026, 3, 11, 17, 0, tzinfo=UTC), CENTRAL, named=False) == "12:00 pm"
    assert when.clock(datetime(2026, 3, 11, 5, 0, tzinfo=UTC), CENTRAL, named=False) == "12:00 am"


def test_a_span_names_the_half_of_the_day_once_when_both_ends_share_it():
    hours = timedelta(hours=3)
    assert when.clock_span(EVENING, EVENING + hours, CENTRAL) == "6:00 to 9:00 pm Central"
    assert when.clock_span(EVENING - 7 * timedelta(hours=1), EVENING, CENTRAL) == "11:00 am to 6:00 pm Central"
    assert when.clock_span(EVENING, EVENING + hours, CENTRAL, "es") == "de 6:00 a 9:00 p.\u00a0m., hora del Centro"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "6:00 pm Central"),
        (1, "tomorrow, 6:00 pm Central"),
        (2, "Friday, 6:00 pm Central"),
        (6, "Tuesday, 6:00 pm Central"),
        (7, "March 18, 6:00 pm Central"),
        (-1, "March 10, 6:00 pm Central"),
    ],
)
def test_a_time_carries_its_day_when_it_is_not_today(days, said):
    assert when.when(EVENING + timedelta(days=days), EVENING, CENTRAL) == said


def test_an_appointment_names_today_too():
    assert when.appointment(EVENING, EVENING, CENTRAL) == f"today, {when.clock(EVENING, CENTRAL)}"
    assert when.appointment(EVENING, EVENING, CENTRAL, "es") == f"hoy, {when.clock(EVENING, CENTRAL, 'es')}"
    assert when.appointment(EVENING + timedelta(days=1), EVENING, CENTRAL).startswith("tomorrow, ")


def test_today_is_the_readers_day_and_not_that_of_utc():
    late = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)  # still March 11 in Central
    assert when.when(late, EVENING, CENTRAL) == "10:00 pm Central"


@pytest.mark.parametrize(
    ("seconds", "english", "spanish"),
    [
        (12 * 60, "in 12 minutes", "en 12 minutos"),
        (11 * 60 + 1, "in 12 minutes", "en 12 minutos"),
        (1, "in 1 minute", "en 1 minuto"),
        (0, "now", "ahora"),
        (-59, "now", "ahora"),
        (-60, "1 minute ago", "hace 1 minuto"),
        (3 * 3600, "in 3 hours", "en 3 horas"),
        (-49 * 3600, "2 days ago", "hace 2 días"),
    ],
)
def test_how_far_away_a_moment_is(seconds, english, spanish):
    at = EVENING + timedelta(seconds=seconds)
    assert when.away(at, EVENING) == english
    assert when.away(at, EVENING, "es") == spanish


@pytest.mark.parametrize(
    ("minutes", "said"), [(-5, "0 min"), (40, "40 min"), (200, "3 h"), (1440, "1 day"), (2900, "2 days")]
)
def test_how_late_something_is(minutes, said):
    assert when.late(EVENING - timedelta(minutes=minutes), EVENING) == said


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 min"), (45, "45 min"), (120, "2 h"), (165, "2 h 45 min")])
def test_minutes_are_said_in_hours_and_minutes(minutes, said):
    assert when.minutes_said(minutes) == said


def test_a_date_carries_its_year_only_when_it_is_another_one():
    assert when.day(TODAY, TODAY) == "March 11"
    assert when.day(date(2025, 3, 11), TODAY) == "March 11, 2025"
    assert when.day_short(TODAY, TODAY) == "Mar 11"
    assert when.day(date(2025, 3, 11), TODAY, "es") == "11 de marzo de 2025"
    assert when.day_short(TODAY, TODAY, "es") == "11 mar"
    assert when.day_short(date(2025, 3, 11), TODAY) == "Mar 11, 2025"
    assert when.day_short(date(2025, 3, 11), TODAY, "es") == "11 mar 2025"


def test_the_top_bar_says_day_and_time():
    assert when.now_said(EVENING, CENTRAL) == "Wednesday, March 11, 6:00 pm Central"


def test_numbers_below_ten_are_words():
    assert [when.in_words(n) for n in (0, 1, 10, 11, 10_000)] == ["none", "one", "ten", "11", "10,000"]
    assert when.in_words(2, "es") == "dos"
