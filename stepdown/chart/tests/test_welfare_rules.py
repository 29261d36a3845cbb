"""What is done when somebody does not come: the ladder, the review, the week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.chart.domain.welfare import (
    LADDER,
    RESULTS,
    Act,
    Came,
    Case,
    Due,
    Level,
    Step,
    first_of,
    in_a_row,
    is_second,
    is_short_week,
    lacks_for_review,
    next_steps,
    rungs,
    same_day,
)

START = datetime(2026, 3, 11, 23, tzinfo=UTC)  # six in the evening, Central
EVENING = datetime(2026, 3, 12, 3, tzinfo=UTC)
CENTRAL = ZoneInfo("America/Chicago")


def after(**time):
    return START + timedelta(**time)


def case(**fields):
    return Case(START, EVENING, **fields)


def step(act, came, **time):
    return Step(Act(act), Came(came), after(**time))


def first(case, *steps):
    return next_steps(case, steps)[0]


def test_a_call_comes_first_fifteen_minutes_after_the_start():
    assert first(case()) == Due(Act.CALL, after(minutes=15))


def test_an_unanswered_call_is_made_again_the_same_day():
    assert first(case(), step("call", "no_answer", minutes=16)) == Due(Act.CALL, EVENING)


def test_who_is_reached_and_safe_leaves_nothing():
    assert next_steps(case(), [step("call", "safe", minutes=16)]) == ()


def test_what_was_said_before_the_group_does_not_count():
    assert first(case(), step("call", "safe", hours=-2)).act == Act.CALL


def test_a_second_absence_leads_to_a_check_within_a_day_and_to_an_individual_session():
    by = after(days=2)
    tried = [step("call", "no_answer", minutes=16), step("call", "left_message", hours=4)]
    second = case(second=True, individual_by=by)
    assert first(second, *tried) == Due(Act.CHECK, after(days=1))
    assert next_steps(second, [*tried, step("check", "safe", hours=9)]) == (Due(Act.INDIVIDUAL, by),)
    assert next_steps(second, [step("call", "safe", hours=1), step("individual", "agreed", hours=1)]) == ()


def test_the_emergency_contact_is_called_only_where_the_patient_agreed():
    assert Act.CONTACT not in [act for act, _at in rungs(case(flagged=True))]
    assert Act.CONTACT in [act for act, _at in rungs(case(flagged=True, may_call_contact=True))]


def test_who_is_at_risk_is_looked_for_within_two_hours():
    flagged = case(flagged=True, may_call_contact=True)
    tried = [step("call", "no_answer", minutes=11), step("call", "no_answer", minutes=20)]
    assert first(flagged, *tried) == Due(Act.CONTACT, after(hours=1))
    assert first(flagged, *tried, step("contact", "no_answer", minutes=40)) == Due(Act.CHECK, after(hours=2))


def test_danger_goes_before_everything_and_is_not_the_end():
    danger = step("call", "danger", minutes=20)
    assert first(case(), danger) == Due(Act.CHECK, danger.at)
    assert next_steps(case(), [danger, step("check", "asked", minutes=21)])[0].act == Act.CALL


def test_danger_after_they_were_safe_or_back_asks_for_a_check_and_for_being_safe_again():
    safe, danger = step("call", "safe", minutes=16), step("write", "danger", hours=30)
    for told in (case(), case(individual_by=after(days=2)), case(came_back_at=after(hours=29))):
        assert first(told, safe, danger) == Due(Act.CHECK, danger.at)
        assert first(told, safe, danger, step("check", "asked", hours=31)).act == Act.CALL
        assert Act.CHECK not in [due.act for due in next_steps(told, [safe, danger, step("call", "safe", hours=31)])]
    assert next_steps(case(came_back_at=after(hours=31)), [safe, danger]) == ()


def test_danger_from_before_a_second_group_they_missed_still_asks_for_a_check():
    danger = step("call", "danger", hours=-40)
    assert first(case(), danger) == Due(Act.CHECK, danger.at)
    assert first(case(), danger, step("call", "safe", hours=-39)).act == Act.CALL


def test_a_case_conference_stands_also_once_they_are_safe():
    by = after(days=2)
    asked = case(conference_by=by)
    assert next_steps(asked, [step("call", "safe", hours=1)]) == (Due(Act.CONFERENCE, by),)
    assert next_steps(case(), [step("call", "safe", hours=1), step("conference", "held", days=1)]) == ()


def test_a_case_conference_that_is_called_for_again_stands_also_where_one_was_held_since_the_group():
    again = case(conference_by=after(days=3))
    held = [step("call", "safe", hours=1), step("conference", "held", days=1)]
    assert next_steps(again, held) == (Due(Act.CONFERENCE, after(days=3)),)


def test_a_late_case_conference_waits_for_what_leads_to_knowing_that_they_are_safe():
    asked = case(conference_by=after(hours=-9), individual_by=after(days=2))
    tried = [step("call", "no_answer", minutes=15), step("call", "no_answer", hours=2)]

    def acts(at, *steps):
        return first_of(next_steps(asked, steps), at).act

    assert acts(after(minutes=10)) == Act.CALL
    assert acts(after(hours=3), *tried) == Act.CONFERENCE
    assert acts(after(days=1, hours=1), *tried) == Act.WRITE
    assert acts(after(days=1, hours=1), *tried, step("write", "sent", days=1)) == Act.CONFERENCE
    assert acts(after(hours=3), *tried, step("write", "danger", hours=3)) == Act.CHECK
    assert acts(after(hours=3), step("call", "safe", hours=2)) == Act.CONFERENCE


def test_whoever_came_to_a_later_group_is_no_longer_looked_for():
    assert next_steps(case(came_back_at=after(days=2)), []) == ()


LONG = [
    step("call", "no_answer", minutes=15),
    step("call", "no_answer", hours=3),
    step("write", "sent", days=2),
    step("call", "no_answer", days=7),
    step("letter", "sent", days=10),
]


def test_after_two_weeks_without_contact_a_review_and_then_nothing():
    quiet = case(last_contact_at=after(days=-2))
    assert first(quiet, *LONG) == Due(Act.REVIEW, after(days=12))
    assert next_steps(quiet, [*LONG, step("review", "held", days=14)]) == ()


@pytest.mark.parametrize(
    ("steps", "lacks"),
    [
        ([], Act.CALL),
        (LONG[:2], Act.WRITE),
        (LONG[1:3], Act.CALL),
        (LONG[:3], Act.LETTER),
        (LONG[:3] + LONG[4:], None),
    ],
)
def test_before_the_review_the_log_holds_three_tries_by_two_ways_and_a_letter(steps, lacks):
    assert lacks_for_review(steps) == lacks


steps_made = st.lists(
    st.builds(
        lambda act, hours, which: Step(act, RESULTS[act][which % len(RESULTS[act])], after(hours=hours)),
        st.sampled_from(Act),
        st.integers(0, 400),
        st.integers(0, 9),
    ),
    max_size=12,
)
cases = st.builds(
    lambda flagged, second, allowed, contact: case(
        flagged=flagged,
        second=second,
        individual_by=after(days=2) if second else None,
        may_call_contact=allowed,
        last_contact_at=after(days=-contact) if contact else None,
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 30),
)


@given(cases, steps_made)
def test_nobody_is_forgotten(one, steps):
    """Until somebody knew that they are safe, or the team reviewed it, something stands."""
    known = any(each.came == Came.SAFE or each.act == Act.REVIEW for each in steps)
    assert known or next_steps(one, steps)


@given(cases, steps_made, st.randoms())
def test_the_order_in_which_steps_are_read_does_not_matter(one, steps, random):
    mixed = list({each.at: each for each in steps}.values())
    before = next_steps(one, mixed)
    random.shuffle(mixed)
    assert next_steps(one, mixed) == before


@given(cases, steps_made)
def test_a_review_never_stands_without_the_log_behind_it(one, steps):
    if any(due.act == Act.REVIEW for due in next_steps(one, steps)):
        done = [each.act for each in steps]
        assert Act.LETTER in done
        assert Act.WRITE in done
        assert done.count(Act.CALL) + done.count(Act.WRITE) >= 3


@given(cases)
def test_doing_each_step_that_stands_comes_to_an_end(one):
    steps = []
    for hour in range(1, 30):
        due = next_steps(one, steps)
        if not due:
            break
        came = next(came for came in RESULTS[due[0].act] if came not in (Came.SAFE, Came.DANGER))
        steps.append(Step(due[0].act, came, after(hours=hour)))
    assert next_steps(one, steps) == ()


@given(cases)
def test_no_rung_is_due_before_the_one_above_it(one):
    times = [at for _act, at in rungs(one)]
    assert times == sorted(times)


@pytest.mark.parametrize("act", [Act.CHECK, Act.WRITE, Act.LETTER])
def test_who_is_at_risk_is_looked_for_no_later_than_anyone_else(act):
    def when(**fields):
        return next((at for one, at in rungs(case(**fields)) if one == act), None)

    flagged, second, ordinary = when(flagged=True), when(second=True), when()
    assert flagged <= second
    assert ordinary is None or second <= ordinary


def test_every_level_has_a_ladder_that_begins_with_a_call():
    assert {level: LADDER[level][0][0] for level in Level} == dict.fromkeys(Level, Act.CALL)


def test_the_same_day_is_that_of_the_patient_and_ends_at_nine():
    noon = datetime(2026, 3, 11, 17, tzinfo=UTC)
    nine = datetime(2026, 3, 11, 21, tzinfo=CENTRAL)
    assert same_day(noon - timedelta(hours=3), noon, CENTRAL) == nine
    assert same_day(START, after(hours=2), CENTRAL) == nine
    assert same_day(START, after(hours=3), CENTRAL) == EVENING


@pytest.mark.parametrize("hours", [3, 4])
def test_a_group_that_ends_at_midnight_or_later_is_followed_by_a_call_an_hour_after_it(hours):
    """From six to nine, Pacific, for somebody in New York."""
    starts_at = datetime(2026, 3, 11, 18, tzinfo=ZoneInfo("America/Los_Angeles"))
    ends_at = starts_at + timedelta(hours=hours)
    assert same_day(starts_at, ends_at, ZoneInfo("America/New_York")) == ends_at + timedelta(hours=1)


def test_the_second_within_a_week():
    assert is_second([after(days=-7)], START, CENTRAL)
    assert not is_second([after(days=-8), START], START, CENTRAL)


@pytest.mark.parametrize("day", [date(2026, 3, 4), date(2026, 10, 28)])
def test_the_week_of_a_second_is_seven_days_over_a_change_of_clocks(day):
    missed, again = (datetime.combine(on, time(18), CENTRAL).astimezone(UTC) for on in (day, day + timedelta(days=7)))
    assert is_second([missed], again, CENTRAL)


def test_in_a_row_passes_over_the_excused():
    assert in_a_row([False, None, False, False, True, False]) == 3
    assert in_a_row([True, False]) == 0


@pytest.mark.parametrize(
    ("minutes", "planned", "is_short"),
    [(360, 540, False), (355, 540, False), (345, 540, True), (0, 540, True), (180, 360, False), (0, 90, False)],
)
def test_a_short_week_is_under_six_hours_of_more(minutes, planned, is_short):
    assert is_short_week(minutes, planned) is is_short
