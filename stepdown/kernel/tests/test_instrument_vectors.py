"""Every row of every vector file, every column (INS-05), and what the files have to show between them."""

from itertools import chain

import pytest

from stepdown.kernel.instruments import Definition, Score, all_ids, evaluate, load
from stepdown.kernel.instruments.scoring import entered, filled, told
from stepdown.kernel.tests import vectors


def as_text(values):
    return {name: "NULL" if value is None else str(value) for name, value in values.items()}


@pytest.mark.parametrize("path", vectors.FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_row_is_matched_in_every_column(path):
    rows = vectors.read(path)
    results = [evaluate(row.definition, row.answers, row.context) for row in rows]
    found = [
        (
            row.case,
            as_text(result.scores),
            as_text(result.bands),
            ";".join(sorted([*result.flags, *(f"check:{check}" for check in result.checks)])),
        )
        for row, result in zip(rows, results, strict=True)
    ]
    assert found == [(row.case, row.scores, row.bands, row.flags) for row in rows]


def test_all_that_came_with_the_instruments_is_there():
    given = [path for path in vectors.FILES if path.parent.name == "vectors"]
    assert {path.stem for path in given} == set(all_ids())
    assert sum(len(vectors.read(path)) for path in given) == 207


def ends(score: Score) -> set[str]:
    """What the vectors have to reach: both ends of the range and of every band, or every class or level."""
    if score.kind == "classify":
        return {one.label for one in score.classes}
    if score.kind == "highest_yes":
        return {str(level) for level in range(score.most + 1)}
    values = chain((score.least, score.most), *((band.least, band.most) for band in score.bands))
    return {str(value) for value in values if value % score.factor == 0}


@pytest.mark.parametrize("instrument", all_ids())
def test_the_files_reach_both_ends_of_every_band_and_every_class(instrument):
    rows = vectors.of(instrument)
    for score in load(instrument).scores:
        assert ends(score) <= {row.scores[score.id] for row in rows}, score.id


@pytest.mark.parametrize("instrument", all_ids())
def test_the_files_have_every_flag_and_check_on_and_off(instrument):
    definition = load(instrument)
    rows = [row.flags.split(";") for row in vectors.of(instrument)]
    for name in chain(definition.flag, (f"check:{check}" for check in definition.check)):
        assert {name in row for row in rows} == {True, False}, name


@pytest.mark.parametrize("instrument", all_ids())
def test_the_files_run_every_skip_rule(instrument):
    definition = load(instrument)
    skipped = [
        filled(definition, entered(definition, r.answers), told(definition, r.context)) for r in rows_of(definition)
    ]
    for rule in definition.skip_rules:
        assert any(set(rule.items) == set(one) & set(rule.items) for one in skipped), rule


@pytest.mark.parametrize("instrument", all_ids())
def test_the_files_try_every_limit_of_blanks(instrument):
    definition = load(instrument)
    missing = [evaluate(definition, row.answers, row.context).missing for row in rows_of(definition)]
    for score in definition.scores:
        if score.missing != "ignore" and score.kind != "classify":
            assert set(range(score.max_missing + 2)) <= {one[score.id] for one in missing}, score.id


def rows_of(definition: Definition) -> list[vectors.Vector]:
    return vectors.of(definition.id)
