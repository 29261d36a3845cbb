"""A table of colleagues as a spreadsheet saves it (RFC 4180), read row by row."""

import csv
from io import StringIO

MOST = 300  # rows
COLUMNS = ("name", "letters", "email", "roles", "time zone", "phone", "home address", "zip code")
NEEDED = ("name", "email", "roles")
OTHER_NAMES = {
    "e-mail": "email",
    "e-mail address": "email",
    "role": "roles",
    "zone": "time zone",
    "license letters": "letters",
    "mobile": "phone",
    "mobile phone": "phone",
    "street": "home address",
    "zip": "zip code",
}


class Unreadable(ValueError):
    """The table as a whole cannot be read; `str()` says why and what to do."""


def rows_of(text: str) -> list[tuple[int, dict[str, str]]]:
    """(line of the file, {column: cell}) of each row that has something in it. Columns are told by their headings in
    any order; commas, semicolons and tabs part them. Raises Unreadable."""
    lines = [(number, cells) for number, cells in _lines(text) if any(cells)]
    if not lines:
        raise Unreadable("There is no row in it. The first one names the columns: " + ", ".join(COLUMNS) + ".")
    headings = [_heading(cell) for cell in lines[0][1]]
    if missing := [column for column in NEEDED if column not in headings]:
        raise Unreadable(f"The first row has no column “{missing[0]}”. It names the columns: {', '.join(COLUMNS)}.")
    if len(lines) - 1 > MOST:
        raise Unreadable(f"There are {len(lines) - 1} rows. Bring in {MOST} at a time.")
    return [(number, _cells(headings, cells)) for number, cells in lines[1:]]


def several(cell: str) -> list[str]:
    """ "Counselor; clinical director" as its parts, in small letters."""
    parts = cell.replace("/", ";").replace(",", ";").split(";")
    return [part.strip().casefold() for part in parts if part.strip()]


def _lines(text: str) -> list[tuple[int, list[str]]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    table = csv.reader(StringIO(text, newline=""), delimiter=mark)
    try:
        return [(table.line_num, [cell.strip() for cell in cells]) for cells in table]
    except csv.Error:
        raise Unreadable("This is not a table that can be read. Save it as CSV (UTF-8).") from None


def _heading(cell: str) -> str:
    name = cell.strip().casefold().replace("_", " ")
    return OTHER_NAMES.get(name, name)


def _cells(headings: list[str], cells: list[str]) -> dict[str, str]:
    row = dict(zip(headings, cells, strict=False))
    return {column: row.get(column, "") for column in COLUMNS}
