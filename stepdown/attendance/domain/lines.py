"""Reads sessions from JSON lines, as `./manage.py minutes` takes them."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from stepdown.attendance.domain.minutes import clinical_minutes
from stepdown.kernel.spans import Span, span


class BadLine(ValueError):
    """A line that cannot be read; `str()` says which and why."""


def minutes_of_lines(lines: Iterable[str]) -> list[int]:
    """Clinical minutes for each line that is not blank.

    A line is {"session": [from, to], "breaks": [[from, to], …], "stays": [[from, to], …]} with ISO times that carry
    offsets; "breaks" may be left out. Raises BadLine for the first line that is anything else.
    """
    return [_minutes(line, number) for number, line in enumerate(lines, start=1) if line.strip()]


def _minutes(line: str, number: int) -> int:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"Line {number} is not JSON.") from error
    if not isinstance(row, dict):
        raise BadLine(f'Line {number} is not an object with "session", "breaks" and "stays".')
    for name in ("session", "stays"):
        if name not in row:
            raise BadLine(f'Line {number} has no "{name}".')
    return clinical_minutes(
        _spans(row["stays"], number, "stays"),
        _span(row["session"], number, "session"),
        _spans(row.get("breaks", []), number, "breaks"),
    )


def _spans(value: Any, number: int, name: str) -> list[Span]:
    if not isinstance(value, list):
        raise BadLine(f'Line {number}: "{name}" is not a list of [from, to] pairs.')
    return [_span(pair, number, name) for pair in value]


def _span(value: Any, number: int, name: str) -> Span:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(end, str) for end in value):
        raise BadLine(f'Line {number}: "{name}" needs [from, to] as two ISO times.')
    try:
        start, end = (datetime.fromisoformat(text) for text in value)
    except ValueError as error:
        raise BadLine(
            f'Line {number}: "{name}" has a time that is not ISO, such as 2026-03-11T18:00:00-05:00.'
        ) from error
    if start.tzinfo is None or end.tzinfo is None:
        raise BadLine(f'Line {number}: "{name}" has a time without an offset, such as -05:00.')
    if end < start:
        raise BadLine(f'Line {number}: "{name}" has a span that ends before it starts.')
    try:
        return span(start, end)
    except OverflowError as error:
        raise BadLine(f'Line {number}: "{name}" has a time outside the calendar.') from error
