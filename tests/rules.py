"""Which rules of privacy have a test that names them: in its docstring, or in a comment within it, as "PRIV-30".

`python -m tests.rules` counts them; `make test` says so. The rules stand in `privacy_rules.csv`, a line each.
"""

import ast
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.consistency.files import ROOT, name

RULES = Path(__file__).with_name("privacy_rules.csv")
FOLDERS = ("stepdown", "tests", "demo", "bench")
NAMED = re.compile(r"\bPRIV-(\d\d)\b")

NOT_BUILT: dict[str, str] = {}
"""Rules without a test, each with what is missing."""

IN_PART: dict[str, str] = {}
"""Rules whose test proves what there is, each with what is missing."""


def rules() -> dict[str, str]:
    """Each rule in one sentence, by its id."""
    with RULES.open(encoding="utf-8", newline="") as table:
        return {row["rule"]: row["in_short"] for row in csv.DictReader(table)}


def named() -> dict[str, list[str]]:
    """The tests that name a rule, as "file::test", by its id."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("test_*.py"))):
        source = path.read_text(encoding="utf-8")
        if not NAMED.search(source):
            continue
        lines = source.splitlines()
        for test in _tests(ast.parse(source)):
            for number in sorted(set(NAMED.findall("\n".join(lines[test.lineno - 1 : test.end_lineno])))):
                found[f"PRIV-{number}"].append(f"{name(path)}::{test.name}")
    return found


def _tests(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in module.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


if __name__ == "__main__":
    known = rules()
    print(f"Privacy rules: {len(known.keys() & named().keys())} of {len(known)} have a test")
