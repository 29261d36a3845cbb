"""Scores a table of answers: one row a case, one column an item.

Columns: `case_id`, `ctx_*` (context), item ids (a whole number, empty for a blank); `exp_*`, `sev_*`, `flags` and
`note` are left alone. A column of the instrument that is not there counts as blank; one it does not know is refused.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stepdown.kernel.instruments import Definition, NotAllowed, Result, evaluate

LEFT_ALONE = re.compile(r"exp_.*|sev_.*|flags|note")
WHOLE = re.compile(r"-?[0-9]{1,9}")


class BadTable(ValueError):
    """The table cannot be read at all; a sentence that names line and column."""


@dataclass(frozen=True)
class BadRow:
    """Why one row has no result; `str()` is a sentence that names line and column."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}{self.sentence}"


def scored(definition: Definition, lines: Iterable[str]) -> Iterator[str | BadRow]:
    """One JSON line for each row, or why there is none. Raises BadTable when the columns are not the instrument's."""
    rows = _numbered(lines)
    _, header = next(rows, (0, []))
    columns = _columns(definition, [name.strip() for name in header])
    for line, cells in rows:
        yield _row(definition, columns, line, cells)


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, each with the number of the line it begins on."""
    reader = csv.reader(lines, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadTable(f"Line {line} is not a line of a CSV file: {error}.") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _columns(definition: Definition, names: list[str]) -> list[str]:
    known = {"case_id", *definition.item, *(f"ctx_{context.id}" for context in definition.context)}
    if not names:
        raise BadTable("The file is empty. Its first line names the columns, case_id and the items.")
    if "case_id" not in names:
        raise BadTable("Line 1 has no column case_id.")
    for name in names:
        if name not in known and not LEFT_ALONE.fullmatch(name):
            what = f"column {name}" if name else "a column without a name"
            raise BadTable(f"Line 1 has {what}, which {definition.short_name} does not know.")
        if name in known and names.count(name) > 1:
            raise BadTable(f"Line 1 has column {name} twice.")
    return names


def _row(definition: Definition, columns: list[str], line: int, cells: list[str]) -> str | BadRow:
    if len(cells) > len(columns):
        return BadRow(line, f" has {len(cells)} cells for {len(columns)} columns.")
    if lost := [name for name in columns[len(cells) :] if not LEFT_ALONE.fullmatch(name)]:
        return BadRow(line, f" ends before column {lost[0]}.")
    row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if not LEFT_ALONE.fullmatch(name)}
    case = row.pop("case_id")
    if not case:
        return BadRow(line, ", column case_id: every row needs a name.")
    answers: dict[str, int | None] = {}
    context = {}
    for name, cell in row.items():
        if name not in definition.item:
            context[name.removeprefix("ctx_")] = cell
        elif cell and not WHOLE.fullmatch(cell):
            return BadRow(line, f", column {name}: {cell} is not a whole number.")
        else:
            answers[name] = int(cell) if cell else None
    try:
        return printed(case, evaluate(definition, answers, context))
    except NotAllowed as error:
        column = error.name if error.name in answers else f"ctx_{error.name}"
        return BadRow(line, f", column {column}: {error}")


def printed(case: str, result: Result) -> str:
    """One case as a line of JSON; consistency checks stand among the flags as check:<id>, all sorted."""
    flags = sorted([*result.flags, *(f"check:{check}" for check in result.checks)])
    return json.dumps({"case_id": case, "scores": result.scores, "bands": result.bands, "flags": flags})
