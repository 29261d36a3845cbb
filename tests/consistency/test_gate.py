"""Whatever is given out as a file says by which law, in the very function that makes it.

The middleware keeps in what does not (`stepdown/privacy/tests/test_sending_views.py`); this finds it before anybody
asks.
Source: RULE PRIV-11; 42 CFR 2.12(c)(3), 2.13, 2.23.
"""

import ast
import re

import pytest

from tests.consistency.files import files, name

MAKES_A_FILE = re.compile(
    r"pdf\.answer\(|\bto_keep\(|FileResponse|StreamingHttpResponse|[\"']Content-Disposition[\"']\s*[\]:]"
)
PASSES = re.compile(r"\bgate\.(inside|own|parents)\(")
ABOUT_NO_PATIENT = {
    "stepdown/people/views/licenses.py document": "a certificate of one of the staff",
    "stepdown/privacy/views/vendors.py agreement_file": "what was signed with a vendor",
    "stepdown/privacy/views/audits.py audit_file": "what was signed before an audit",
    "stepdown/privacy/views/notices.py notice_file": "the notice that everybody may read",
    "stepdown/ui/files.py to_keep": "makes the file for a view, which says by which law",
    "stepdown/ui/pdf.py answer": "makes the file for a page, which says by which law",
}


def makers(source: str) -> dict[str, str]:
    """The functions that make a file, by name, with their source."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    told = {node.name: ast.get_source_segment(source, node) or "" for node in functions}
    return {function: words for function, words in told.items() if MAKES_A_FILE.search(words)}


def found():
    for path in files(".py", within=("stepdown",)):
        if "tests" not in path.parts:
            yield from ((f"{name(path)} {function}", words) for function, words in makers(path.read_text()).items())


def test_every_file_says_by_which_law_it_is_given_out():
    """RULE PRIV-11."""
    assert [
        function for function, words in found() if function not in ABOUT_NO_PATIENT and not PASSES.search(words)
    ] == []


def test_what_is_let_off_is_there():
    assert set(ABOUT_NO_PATIENT) <= {function for function, _words in found()}


@pytest.mark.parametrize(
    "made",
    [
        'pdf.answer(request, "x.html", page)',
        'to_keep(answer, "x")',
        'answer["Content-Disposition"] = "x"',
        "FileResponse(content)",
    ],
)
def test_the_check_itself_sees_a_file(made):
    assert makers(f"def view(request):\n    {made}\n")
