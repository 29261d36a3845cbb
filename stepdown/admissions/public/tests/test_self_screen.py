import csv

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from stepdown.admissions.domain.self_screen import DANGER, items, screen

ROWS = list(csv.DictReader((settings.ROOT / "stepdown/kernel/tests/vectors/iop-self-screen.csv").open()))


def number(cell):
    return None if cell in ("", "NULL") else int(cell)


@pytest.mark.parametrize("row", ROWS, ids=[row["case_id"] for row in ROWS])
def test_every_vector_is_matched_in_every_column(row):
    result = screen({item: number(row[item]) for item in items()})
    assert result.signs == number(row["exp_signs"])
    assert result.route == row["exp_route"]
    assert result.band == (row["sev_signs"] or None)
    assert ";".join(result.flags) == row["flags"]


def test_nothing_answered_gives_no_count_and_general_information():
    result = screen({})
    assert (result.signs, result.band, result.route, result.yes) == (None, None, "general_information", ())


@given(
    st.dictionaries(st.sampled_from(items()), st.sampled_from([0, 1, None])),
    st.sampled_from(DANGER),
)
def test_danger_outranks_every_other_answer(answers, danger):
    assert screen({**answers, danger: 1}).route == "emergency_help_now"


def test_three_signs_are_several():
    assert screen({"ss_dui": 1, "ss_duties": 1, "ss_tried_stop": 1}).band == "several signs"
