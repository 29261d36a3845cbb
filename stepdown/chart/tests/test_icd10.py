"""Codes: which hold on a day, how they are found, which contradict each other."""

from datetime import date

import pytest

from stepdown.chart.domain import icd10
from stepdown.chart.domain.icd10 import clashes, codes_on, find, first_day

TODAY = date(2026, 11, 28)
HEAD = "code,description,billable,substance,severity_family,remission\n"
ROW = '{code},"Alcohol dependence, uncomplicated",Y,alcohol,dependence (DSM-5 moderate/severe),N\n'


def code(name):
    return codes_on(TODAY)[name]


def found(words, **options):
    return [each.code for each in find(words, TODAY, **options)]


def test_the_list_has_all_codes_of_its_file():
    assert len(codes_on(TODAY)) == 458
    assert {each.code[:3] for each in codes_on(TODAY).values()} == {f"F1{n}" for n in range(10)}


def test_before_the_first_list_no_code_holds():
    assert first_day() == date(2026, 4, 1)
    assert codes_on(date(2026, 3, 31)) == {}
    assert "F10.20" in codes_on(date(2026, 4, 1))


def test_a_list_holds_until_the_next_one(tmp_path):
    (tmp_path / "2026-04-01.csv").write_text(HEAD + ROW.format(code="F10.20") + ROW.format(code="F10.77"))
    (tmp_path / "2026-10-01.csv").write_text(HEAD + ROW.format(code="F10.20"))
    assert set(codes_on(date(2026, 9, 30), tmp_path)) == {"F10.20", "F10.77"}
    assert set(codes_on(date(2026, 10, 1), tmp_path)) == {"F10.20"}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("F10.20", "F10.20"),
        ("f1020", "F10.20"),
        ("alcohol dependence", "F10.20"),
        ("dependence alcohol", "F10.20"),
        ("alcohol depend remission", "F10.21"),
        ("opioid use disorder severe", "F11.20"),
        ("alcohol mild", "F10.10"),
    ],
)
def test_a_code_is_found_by_its_beginning_or_by_words(words, first):
    assert found(words)[0] == first


def test_the_beginning_of_a_code_finds_all_of_it():
    assert set(found("F10.1", limit=99)) == {each for each in codes_on(TODAY) if each.startswith("F10.1")}


@pytest.mark.parametrize("words", ["", "   ", "unicorn", "F20", "F10.20 opioid"])
def test_what_fits_nothing_finds_nothing(words):
    assert found(words) == []


def test_a_code_is_said_person_first():
    assert code("F10.10").plainly == "alcohol use disorder, mild"
    assert code("F11.20").plainly == "opioid use disorder, moderate or severe"
    assert code("F12.21").plainly == "cannabis use disorder, moderate or severe, in remission"
    assert code("F15.90").plainly == "stimulant use disorder, severity not specified"


@pytest.mark.parametrize(
    ("new", "old", "says"),
    [
        ("F10.20", "F10.20", "open already"),
        ("F10.20", "F10.10", "only one severity can be true"),
        ("F10.10", "F10.90", "only one severity can be true"),
        ("F10.21", "F10.20", "F10.20 is not in remission and F10.21 is."),
        ("F10.20", "F10.11", "F10.11 is in remission and F10.20 is not."),
        ("F10.24", "F10.20", "F10.20 says uncomplicated, and F10.24 names a complication."),
        ("F10.20", "F10.24", "F10.20 says uncomplicated, and F10.24 names a complication."),
        ("F19.20", "F19.20", "open already"),
    ],
)
def test_what_cannot_both_be_true_is_said(new, old, says):
    clash = clashes(code(new), [code(old)])
    assert [each.code for each in clash] == [old]
    assert says in clash[0].sentence


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("F10.20", "F11.10"),  # two substances
        ("F10.24", "F10.280"),  # two complications
        ("F19.20", "F19.10"),  # two of several substances
    ],
)
def test_what_can_both_be_true_passes(new, old):
    assert clashes(code(new), [code(old)]) == []


def test_every_substance_and_severity_has_its_words():
    assert {each.substance for each in codes_on(TODAY).values()} == set(icd10.SUBSTANCES)
