"""docs/asvs.md and docs/hipaa.md have every line of what they hold the product against, and name nothing that is not
there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.consistency.files import ROOT

LEVELS_1_AND_2 = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
"""How many there are in each section; those of level 3 stand behind them."""

SECURITY_RULE = [
    "164.308(a)(1)(ii)(A)",
    "164.308(a)(1)(ii)(B)",
    "164.308(a)(1)(ii)(C)",
    "164.308(a)(1)(ii)(D)",
    "164.308(a)(2)",
    "164.308(a)(3)(ii)(A)",
    "164.308(a)(3)(ii)(B)",
    "164.308(a)(3)(ii)(C)",
    "164.308(a)(4)(ii)(A)",
    "164.308(a)(4)(ii)(B)",
    "164.308(a)(4)(ii)(C)",
    "164.308(a)(5)(ii)(A)",
    "164.308(a)(5)(ii)(B)",
    "164.308(a)(5)(ii)(C)",
    "164.308(a)(5)(ii)(D)",
    "164.308(a)(6)(ii)",
    "164.308(a)(7)(ii)(A)",
    "164.308(a)(7)(ii)(B)",
    "164.308(a)(7)(ii)(C)",
    "164.308(a)(7)(ii)(D)",
    "164.308(a)(7)(ii)(E)",
    "164.308(a)(8)",
    "164.308(b)(1)",
    "164.310(a)(1)",
    "164.310(b)",
    "164.310(c)",
    "164.310(d)(2)(i)",
    "164.310(d)(2)(ii)",
    "164.310(d)(2)(iii)",
    "164.310(d)(2)(iv)",
    "164.312(a)(1)",
    "164.312(a)(2)(i)",
    "164.312(a)(2)(ii)",
    "164.312(a)(2)(iii)",
    "164.312(a)(2)(iv)",
    "164.312(b)",
    "164.312(c)(1)",
    "164.312(c)(2)",
    "164.312(d)",
    "164.312(e)(1)",
    "164.312(e)(2)(i)",
    "164.312(e)(2)(ii)",
]
"""Standards and specifications of 45 CFR 164.308, 310 and 312."""

STANDARD = re.compile(r"\| (?P<id>164[^|]*) \|(?P<asks>[^|]*)\| (?P<state>[^|]*) \|(?P<where>[^|]*)\|(?P<held>[^|]*)\|")
ROW = re.compile(r"\| (?P<ids>[\d. to]+) \| (?P<state>[^| ]*) \|(?P<how>[^|]*)\|(?P<held>[^|]*)\|")
ID = re.compile(r"(\d+\.\d+)\.(\d+)")


class Line(NamedTuple):
    id: str
    state: str
    how: str
    held: list[str]


def lines() -> Iterator[Line]:
    for row in ROW.finditer((ROOT / "docs/asvs.md").read_text()):
        (section, first), *rest = ID.findall(row["ids"])
        last = rest[0][1] if rest else first
        for number in range(int(first), int(last) + 1):
            yield Line(f"{section}.{number}", row["state"], row["how"].strip(), named_in(row["held"]))


def named_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


LINES = list(lines())
STANDARDS = [found.groupdict() for found in STANDARD.finditer((ROOT / "docs/hipaa.md").read_text())]
PATHS = [path for row in STANDARDS for path in named_in(row["where"] + row["held"]) if "/" in path]


def test_each_requirement_stands_there_once():
    wanted = [f"{section}.{number + 1}" for section, many in LEVELS_1_AND_2.items() for number in range(many)]
    assert len(wanted) == 253
    assert [line.id for line in LINES] == wanted


def test_each_is_met_or_says_why_not():
    assert [line.id for line in LINES if line.state not in {"met", "n/a", "open"}] == []
    assert [line.id for line in LINES if line.state != "met" and not line.how] == []
    assert [line.id for line in LINES if (line.state == "met") is not bool(line.held)] == []


def test_each_standard_of_the_security_rule_stands_there_once():
    assert [row["id"] for row in STANDARDS] == SECURITY_RULE


def test_each_standard_is_met_or_somebody_elses_or_open():
    assert [row["id"] for row in STANDARDS if row["state"] not in {"met", "center's", "open"}] == []
    assert [row["id"] for row in STANDARDS if not row["where"].strip()] == []
    assert [row["id"] for row in STANDARDS if (row["state"] == "met") is not bool(named_in(row["held"]))] == []


@pytest.mark.parametrize("named", sorted({*(named for line in LINES for named in line.held), *PATHS}))
def test_what_a_line_names_is_there(named):
    path, _, test = named.partition("::")
    found = next((folder / path for folder in (ROOT / "stepdown", ROOT) if (folder / path).exists()), None)
    assert found is not None
    assert not test or f"def {test}(" in found.read_text()
