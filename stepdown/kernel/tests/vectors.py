"""The vector files: answers with the scores, bands and flags they have to give.

`vectors/` came with the instruments; `vectors_at_edges/` is our own, worked out by hand from the definitions: both ends
of every band, every flag and check on and off, every skip rule, every limit of blanks.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from stepdown.kernel.instruments import Definition, all_ids, load

FOLDERS = [Path(__file__).parent / name for name in ("vectors", "vectors_at_edges")]
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("*.csv"))]


@dataclass(frozen=True)
class Vector:
    """answers, context: what goes in. scores, bands: what comes out, as text, "NULL" for None. flags: with checks."""

    definition: Definition
    case: str
    answers: dict[str, int | None]
    context: dict[str, str]
    scores: dict[str, str]
    bands: dict[str, str]
    flags: str


def read(path: Path) -> list[Vector]:
    definition = load(path.stem)
    with path.open(newline="") as lines:
        return [_vector(definition, row) for row in csv.DictReader(lines)]


def _vector(definition: Definition, row: dict[str, str]) -> Vector:
    def columns(start: str) -> dict[str, str]:
        return {name.removeprefix(start): cell for name, cell in row.items() if name.startswith(start)}

    return Vector(
        definition=definition,
        case=row["case_id"],
        answers={item: int(row[item]) if row[item] else None for item in definition.item},
        context=columns("ctx_"),
        scores=columns("exp_"),
        bands=columns("sev_"),
        flags=row["flags"],
    )


def every() -> list[Vector]:
    return [vector for path in FILES for vector in read(path)]


def of(instrument: str) -> list[Vector]:
    return [vector for path in FILES if path.stem == instrument for vector in read(path)]


assert {path.stem for path in FILES} == set(all_ids())
