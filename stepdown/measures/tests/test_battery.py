from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepdown.kernel.instruments import all_ids
from stepdown.measures.domain.battery import BATTERY, FOLLOWED_BY, NEVER_BY_ITSELF, Care, Stage, open_today

MONDAY = date(2026, 3, 2)


def care(**more):
    return Care(episode="e", planned_on=MONDAY - timedelta(days=7), **more)


def in_iop(**more):
    return care(began=MONDAY, ends=MONDAY + timedelta(days=91), weeks=13, **more)


def asked(care, on):
    """Instruments by stage."""
    found = {}
    for each in open_today(care, on):
        found.setdefault(each.occasion.stage, []).append(each.instrument)
    return found


def day(n):
    """The n-th day of the program, 0 the first."""
    return MONDAY + timedelta(days=n)


def test_every_instrument_named_is_one_of_the_product():
    named = {name for names in BATTERY.values() for name in names} | set(FOLLOWED_BY.values()) | NEVER_BY_ITSELF
    assert sorted(named - set(all_ids())) == []


def test_what_only_a_clinician_in_the_room_can_do_is_in_no_battery():
    assert not {name for names in BATTERY.values() for name in names} & NEVER_BY_ITSELF


def test_somebody_who_waits_for_a_seat_is_asked_the_intake():
    assert set(asked(care(), MONDAY)) == {Stage.INTAKE}


def test_full_audit_and_dast_are_asked_only_as_positive():
    names = {name for names in BATTERY.values() for name in names}
    assert not names & {"audit", "dast-10"}
    assert {"audit", "dast-10"} <= set(FOLLOWED_BY.values())


def test_in_the_first_week_the_intake_is_enough():
    assert set(asked(in_iop(), day(3))) == {Stage.INTAKE}


def test_from_the_second_week_on_the_week_is_asked_about():
    assert asked(in_iop(), day(7))[Stage.WEEKLY] == ["bam-iop"]


def test_an_occasion_is_the_same_all_through_its_week():
    keys = {
        each.occasion.key for n in range(7, 14) for each in open_today(in_iop(), day(n)) if each.instrument == "bam-iop"
    }
    assert keys == {"weekly:1:e"}


def test_mood_and_worry_are_asked_every_two_weeks():
    later = in_iop(), day(28)
    assert asked(*later)[Stage.TWO_WEEKS] == ["phq-9", "gad-7"]


def test_in_the_middle_the_same_question_is_not_asked_twice():
    found = asked(in_iop(), day(42))
    assert "phq-9" in found[Stage.MIDDLE]
    assert Stage.TWO_WEEKS not in found


def test_before_the_last_session_discharge_asks():
    assert "sip-2r" in asked(in_iop(), day(85))[Stage.DISCHARGE]


def test_urges_are_asked_on_days_with_a_group_only():
    assert asked(in_iop(meets_today=True), day(21))[Stage.SESSION] == ["craving-nrs"]
    assert Stage.SESSION not in asked(in_iop(), day(21))


def test_aftercare_asks_monthly_and_nothing_of_the_weeks():
    assert set(asked(care(began=MONDAY, aftercare=True), day(31))) == {Stage.AFTERCARE}


def test_aftercare_asks_quarterly_too():
    assert Stage.AFTERCARE_QUARTER in asked(care(began=MONDAY, aftercare=True), day(95))


def test_another_episode_has_occasions_of_its_own():
    one, other = (open_today(Care(episode=name, planned_on=MONDAY), MONDAY)[0].occasion.key for name in "ab")
    assert one != other


def keys(care, on, stage):
    return {each.occasion.key for each in open_today(care, on) if each.occasion.stage is stage}


@pytest.mark.parametrize(("n", "stage"), [(8, Stage.WEEKLY), (45, Stage.MIDDLE), (88, Stage.DISCHARGE)])
def test_who_comes_back_to_the_level_is_asked_all_of_it_again(n, stage):
    first, second = keys(in_iop(), day(n), stage), keys(in_iop(again=True), day(n), stage)
    assert len(first) == len(second) == 1
    assert not first & second


def test_who_comes_back_to_iop_has_no_second_intake():
    assert asked(in_iop(again=True), day(3)) == {}


def test_a_prolongation_is_asked_about_at_its_own_end():
    first, second = in_iop(), care(began=MONDAY, ends=MONDAY + timedelta(days=91 + 28), weeks=13)
    assert keys(first, day(88), Stage.DISCHARGE) != keys(second, day(88 + 28), Stage.DISCHARGE)


@pytest.mark.parametrize("days", [-14, -3, 3, 13])
def test_an_end_that_moves_by_some_days_is_asked_about_once(days):
    moved = care(began=MONDAY, ends=MONDAY + timedelta(days=91 + days), weeks=13)
    assert keys(moved, day(88 + days), Stage.DISCHARGE) == keys(in_iop(), day(88), Stage.DISCHARGE)


@given(n=st.integers(0, 200), meets=st.booleans())
def test_nothing_is_asked_twice_on_a_day_nor_before_or_after_its_time(n, meets):
    found = open_today(in_iop(meets_today=meets), day(n))
    names = [each.instrument for each in found]
    assert len(names) == len(set(names))
    assert all(day(n) < each.occasion.lapses_on for each in found)


@pytest.mark.parametrize("began", [None, MONDAY + timedelta(days=30)])
def test_before_the_first_session_there_is_no_week_to_ask_about(began):
    assert set(asked(care(began=began, weeks=13), MONDAY)) == {Stage.INTAKE}
