"""Nothing about a patient reaches a health plan but through `gate.ask`, which keeps in what the patient pays for.

What sends, tells, or speaks to a payer has to ask there, with the days of service that it is about; this finds what
does not, by the ways on which something can leave: a disclosure that is written down, what there is to give out, a
message to a payer in the words of X12, and a service of somebody else.
Source: RULE PRIV-29; 45 CFR 164.522(a)(1)(vi).
"""

import ast
import re

import pytest

from stepdown.kernel import outside
from tests.consistency.files import files, name

DISCLOSES = re.compile(r"\bDisclosure(?:\.objects)?\.?(?:create|bulk_create)?\(")
GIVES_OUT = re.compile(r"\b(?:sources\.items_of|reports\.given_out|reports\.items_of)\(")
PAST_THEM = re.compile(
    r"privacy\.(?:sources|reports) import [^\n]*\b(?:items_of|given_out)\b|domain\.gate import [^\n]*\bdecide\b"
)
SPEAKS_TO_A_PAYER = re.compile(r"\bx12\b|clearinghouse|[\"'_](?:270|276|278|837)[ip]?(?:[\"'_]|\b)", re.I)
ASKS_THE_GATE = re.compile(r"\bgate\.ask\(|\bask_gate\(")
ASKS_OF_DAYS = re.compile(r"\bgate\.ask\([^)]*\bdays=", re.S)

BEHIND_THE_GATE = {
    "stepdown/privacy/services_minors.py shown_to": "a parent signs what a minor signs, 42 CFR 2.14; no plan is told",
    "stepdown/privacy/services_sending.py _written_down": "what `release` sends, after it has asked",
    "stepdown/privacy/services_supporters.py _disclosed": "what `look` shows, of consents for which `_holding` asks",
    "stepdown/privacy/services_supporters.py look": "of consents for which `_holding` asks",
    "stepdown/privacy/services_exceptions.py _written_down": "what an emergency needs or a law requires",
    "stepdown/privacy/services_audits.py _disclosed": "what `look` shows, less what a payer is not told",
    "stepdown/privacy/services_audits.py _shown": "takes out what a payer is not told",
    "stepdown/privacy/reports.py given_out": "gives it to those who ask",
    "stepdown/privacy/gate.py _told": "is the gate, which looks at what would be sent",
}
"""Functions that disclose something or take it out of the record, and do not ask the gate themselves, each with why."""

NO_PAYER = {
    "directory": "who of the staff signs in",
    "mail": "to patients, staff and supporters",
    "media": "sound and pictures of a room",
    "relay": "sound and pictures of a room",
    "standby": "a room at another service",
    "text": "to patients, staff and supporters",
}
"""Services of others that the product knows, each with whom it speaks to. Who adds a clearinghouse or a plan makes it
ask `gate.ask` with the days of service before each use."""


def functions(source: str) -> dict[str, str]:
    """Functions and methods by name, with their source but without their docstring."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {node.name: _without_words(node) for node in nodes}


def _without_words(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return f"def {node.name}({ast.unparse(node.args)}):\n" + "\n".join(ast.unparse(line) for line in body)


def code():
    return [path for path in files(".py", within=("stepdown",)) if not {"tests", "migrations"} & set(path.parts)]


FUNCTIONS = {
    f"{name(path)} {called}": words for path in code() for called, words in functions(path.read_text()).items()
}


def ways_out(functions_by_name: dict[str, str]) -> list[str]:
    """Functions that disclose or take out what there is to give out, and do not ask the gate."""
    return [
        called
        for called, words in functions_by_name.items()
        if (DISCLOSES.search(words) or GIVES_OUT.search(words)) and not ASKS_THE_GATE.search(words)
    ]


def test_whatever_is_disclosed_has_asked_the_gate():
    """RULE PRIV-29."""
    assert sorted(set(ways_out(FUNCTIONS)) - BEHIND_THE_GATE.keys()) == []


def test_what_is_let_off_is_there():
    assert sorted(BEHIND_THE_GATE.keys() - FUNCTIONS.keys()) == []


def test_nobody_decides_or_takes_out_by_another_name():
    """RULE PRIV-29: the rules are asked by `gate.ask` alone, so that none of them can be left out."""
    users = [name(path) for path in code() if PAST_THEM.search(path.read_text())]
    assert users == ["stepdown/privacy/gate.py"]


def test_whatever_speaks_to_a_payer_asks_of_its_days():
    """RULE PRIV-29: no 270, 276, 278 or 837 goes round the gate."""
    speaks = {called for called, words in FUNCTIONS.items() if SPEAKS_TO_A_PAYER.search(words)}
    assert sorted(called for called in speaks if not ASKS_OF_DAYS.search(FUNCTIONS[called])) == []


def test_no_service_of_others_is_a_payer():
    assert {service.key for service in outside.services()} == NO_PAYER.keys()


@pytest.mark.parametrize(
    "made",
    [
        "def send(claim):\n    return post(x12(claim))",
        "def ask_270(patient):\n    return line.send(patient)",
        "def send(claim):\n    return line.send('837P', claim)",
        "def send(claim):\n    gate.ask(patient=1)\n    return line.send('278', claim)",
    ],
)
def test_the_check_itself_sees_what_speaks_to_a_payer(made):
    (words,) = functions(made).values()
    assert SPEAKS_TO_A_PAYER.search(words)
    assert not ASKS_OF_DAYS.search(words)


@pytest.mark.parametrize(
    "made",
    ["Disclosure.objects.create(patient=1)", "Disclosure(patient=1)", "sources.items_of(patient, classes)"],
)
def test_the_check_itself_sees_a_way_out(made):
    assert ways_out(functions(f"def send():\n    {made}")) == ["send"]


def test_the_check_itself_sees_who_asks():
    made = "def send(claim):\n    gate.ask(patient=1, days=claim.days)\n    return line.send('837P', claim)"
    (words,) = functions(made).values()
    assert ASKS_OF_DAYS.search(words)
    assert ways_out({"send": words + "Disclosure.objects.create()"}) == []
