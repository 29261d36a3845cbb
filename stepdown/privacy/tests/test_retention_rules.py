"""How long records are kept, and from when that is counted."""

from datetime import date

import pytest

from stepdown.privacy.domain.retention import (
    DEFAULTS,
    LEAST_YEARS,
    OF_PATIENTS,
    STRANGERS,
    CountsFrom,
    Due,
    Facts,
    RecordClass,
    Rule,
    due,
    due_of_strangers,
    touches,
    years_after,
)

BORN = date(1980, 5, 2)
SERVED = date(2012, 3, 10)
CHART = Rule(7, CountsFrom.LAST_SERVICE, 25, "State law")


def facts(*, born: date = BORN, served: date | None = SERVED, last: date = date(2014, 6, 1)) -> Facts:
    return Facts(born, served, date(2011, 1, 1), last)


def test_years_run_from_the_end_of_the_last_episode():
    assert due(RecordClass.CLINICAL, CHART, facts()) == Due(date(2019, 3, 10), SERVED)


def test_nothing_is_due_while_an_episode_is_open():
    assert due(RecordClass.CLINICAL, CHART, facts(served=None)) is None


def test_years_run_from_the_last_entry_where_that_came_later():
    rule = Rule(6, CountsFrom.LAST_ENTRY, None, "45 CFR 164.528")
    assert due(RecordClass.ACCOUNTING, rule, facts()) == Due(date(2020, 6, 1), date(2014, 6, 1))


def test_an_entry_before_the_last_episode_ended_counts_from_its_end():
    rule = Rule(6, CountsFrom.LAST_ENTRY, None, "45 CFR 164.528")
    assert due(RecordClass.ACCOUNTING, rule, facts(last=date(2011, 2, 1))) == Due(date(2018, 3, 10), SERVED)


def test_records_of_a_minor_are_kept_until_their_age():
    found = due(RecordClass.CLINICAL, CHART, facts(born=date(1996, 3, 11)))
    assert found == Due(date(2021, 3, 11), date(1996, 3, 11), 25)


def test_who_was_18_on_the_last_day_is_no_minor():
    assert due(RecordClass.CLINICAL, CHART, facts(born=date(1994, 3, 10))) == Due(date(2019, 3, 10), SERVED)


def test_years_decide_of_a_minor_when_they_are_over_later():
    rule = Rule(10, CountsFrom.LAST_SERVICE, 25, "Contract")
    assert due(RecordClass.CARE, rule, facts(born=date(1994, 9, 1))) == Due(date(2022, 3, 10), SERVED, None)


@pytest.mark.parametrize("record_class", [RecordClass.ACCOUNTING, RecordClass.HIPAA_DOC])
def test_no_entry_that_federal_law_keeps_is_due_before_six_years(record_class):
    """45 CFR 164.316(b), 164.528; PRIV-34: whatever a center counts from."""
    rule = Rule(6, CountsFrom.LAST_SERVICE, None, "Ours")
    assert due(record_class, rule, facts()) == Due(date(2020, 6, 1), date(2014, 6, 1))


def test_what_comes_with_the_product():
    years = {each: rule.years for each, rule in DEFAULTS.items()}
    assert years == {
        RecordClass.COUNSELING_NOTES: 7,
        RecordClass.CLINICAL: 7,
        RecordClass.CARE: 10,
        RecordClass.ACCOUNTING: 6,
        RecordClass.HIPAA_DOC: 6,
        RecordClass.PERSON: 10,
        RecordClass.INQUIRIES: 7,
        RecordClass.CONCERNS: 7,
        RecordClass.QUESTIONS: 6,
        RecordClass.GUESTS: 10,
    }


def test_strangers_are_kept_from_their_last_entry_whoever_they_are():
    rule = Rule(7, CountsFrom.LAST_ENTRY, None, "Ours")
    assert due_of_strangers(rule, date(2019, 3, 3)) == Due(date(2026, 3, 3), date(2019, 3, 3))


def test_a_class_is_of_patients_or_of_strangers():
    assert set(OF_PATIENTS) | STRANGERS == set(RecordClass)
    assert not STRANGERS & set(OF_PATIENTS)
    assert not STRANGERS & LEAST_YEARS.keys()


def test_where_no_law_sets_the_years_of_strangers_it_is_said_that_they_are_ours():
    assert all(DEFAULTS[each].source.startswith("Our own figure") for each in STRANGERS)


def test_a_leap_day_is_kept_a_day_longer():
    assert years_after(date(2016, 2, 29), 7) == date(2023, 3, 1)
    assert years_after(date(2016, 2, 29), 8) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("begins", "ends", "is_about"),
    [
        (date(2014, 6, 1), None, True),
        (date(2014, 6, 2), None, False),
        (date(2010, 1, 1), date(2011, 1, 1), True),
        (date(2010, 1, 1), date(2010, 12, 31), False),
        (date(2012, 1, 1), date(2012, 1, 2), True),
    ],
)
def test_a_hold_on_a_time_is_about_whoever_has_records_of_it(begins, ends, is_about):
    assert touches(begins, ends, date(2011, 1, 1), date(2014, 6, 1)) is is_about
