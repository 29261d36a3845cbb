"""`./manage.py score INSTRUMENT FILE.csv`."""

import io
import json
import os
import subprocess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from stepdown.kernel.tests import vectors

PHQ = "case_id," + ",".join(f"phq9_{n}" for n in range(1, 11))


def run(instrument, path):
    out = io.StringIO()
    call_command("score", instrument, str(path), stdout=out)
    return out.getvalue().splitlines()


def told(instrument, path):
    """What is printed, and the sentence why the exit code is 1."""
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("score", instrument, str(path), stdout=out)
    assert refused.value.returncode == 1
    return [json.loads(line)["case_id"] for line in out.getvalue().splitlines()], str(refused.value)


@pytest.fixture
def table(tmp_path):
    def write(content):
        path = tmp_path / "answers.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def expected(value):
    return None if value == "NULL" else int(value) if value.isdigit() else value


@pytest.mark.parametrize("path", vectors.FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_vector_is_printed_as_it_has_to_be(path):
    assert [json.loads(line) for line in run(path.stem, path)] == [
        {
            "case_id": row.case,
            "scores": {name: expected(value) for name, value in row.scores.items()},
            "bands": {name: None if value == "NULL" else value for name, value in row.bands.items()},
            "flags": [flag for flag in row.flags.split(";") if flag],
        }
        for row in vectors.read(path)
    ]


def test_one_line_is_one_case_with_its_names_in_order(table):
    assert run("who-5", table("case_id,who5_1,who5_2,who5_3,who5_4,who5_5\na,5,5,5,5,5\n")) == [
        '{"case_id": "a", "scores": {"raw": 25, "percent": 100}, "bands": {"percent": "adequate"}, "flags": []}'
    ]


def test_expected_columns_and_notes_are_left_alone(table):
    (line,) = run("audit-c", table("case_id,auditc_1,exp_total,sev_total,exp_x,flags,note\na,0,12,x,y,z;z,\n"))
    assert json.loads(line)["scores"] == {"total": 0}


def test_a_column_that_is_not_there_is_blank(table):
    (line,) = run("phq-9", table("case_id,phq9_9\na,2\n"))
    assert json.loads(line)["flags"] == ["phq9_item9_positive"]


def test_marks_blank_lines_spaces_and_line_ends_of_other_systems_do_no_harm(table):
    lines = run("audit-c", table(b"\xef\xbb\xbfcase_id, ctx_sex ,auditc_1\r\n\r\n a , male , 0 \r\n,,\r\n"))
    assert [json.loads(line)["case_id"] for line in lines] == ["a"]


def test_a_note_may_have_line_ends_and_lines_are_counted_on(table):
    path = table('case_id,auditc_1,note\na,0,"one\ntwo"\nb,9,\n')
    assert told("audit-c", path) == (
        ["a"],
        "Line 4, column auditc_1: auditc_1 takes 0, 1, 2, 3 or 4, and 9 is not among them.",
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("x,4", "Line 2, column phq9_1: phq9_1 takes 0, 1, 2 or 3, and 4 is not among them."),
        ("x,-1", "Line 2, column phq9_1: phq9_1 takes 0, 1, 2 or 3, and -1 is not among them."),
        ("x,1.0", "Line 2, column phq9_1: 1.0 is not a whole number."),
        ("x,NULL", "Line 2, column phq9_1: NULL is not a whole number."),
        ("x,１", "Line 2, column phq9_1: １ is not a whole number."),
        ("x," + "9" * 400, "Line 2, column phq9_1: " + "9" * 400 + " is not a whole number."),
        (",1", "Line 2, column case_id: every row needs a name."),
        ("x", "Line 2 ends before column phq9_1."),
        ("x,1,1,1,1,1,1,1,1,1,1,1", "Line 2 has 12 cells for 11 columns."),
    ],
)
def test_a_bad_row_is_told_by_line_and_column_and_the_others_are_printed(table, row, sentence):
    assert told("phq-9", table(f"{PHQ}\n{row}{pad(row)}\ngood{',1' * 10}\n")) == (["good"], sentence)


def pad(row):
    """The blanks of a row of which only the first two cells matter."""
    return "," * 9 if row.count(",") == 1 else ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty. Its first line names the columns, case_id and the items."),
        ("auditc_1\n1\n", "Line 1 has no column case_id."),
        ("case_id,auditc_4\na,1\n", "Line 1 has column auditc_4, which AUDIT-C does not know."),
        ("case_id,ctx_age\na,1\n", "Line 1 has column ctx_age, which AUDIT-C does not know."),
        ("case_id,\na,\n", "Line 1 has a column without a name, which AUDIT-C does not know."),
        ("case_id,auditc_1,auditc_1\na,1,1\n", "Line 1 has column auditc_1 twice."),
        ('case_id,auditc_1\na,"1"x\n', "Line 2 is not a line of a CSV file: ',' expected after '\"'."),
        ('case_id,auditc_1\na,"1\n', "Line 2 is not a line of a CSV file: unexpected end of data."),
        (b"case_id,auditc_1\na\xff,1\n", "Line 2 is not UTF-8 text."),
    ],
)
def test_a_file_that_is_no_table_of_the_instrument_is_told_in_a_sentence(table, content, sentence):
    assert told("audit-c", table(content)) == ([], sentence)


def test_a_context_that_is_not_allowed_is_told_by_its_column(table):
    sentence = "Line 2, column ctx_sex: sex is one of male, female, unknown, and m is not among them."
    assert told("audit-c", table("case_id,ctx_sex,auditc_1\na,m,1\n")) == ([], sentence)


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert told("phq-9", tmp_path / "none.csv")[1].endswith("none.csv cannot be read: No such file or directory.")


def test_an_unknown_instrument_is_told_with_those_there_are(table):
    assert told("phq-8", table(PHQ))[1].startswith("There is no instrument phq-8. There are: audit, audit-c,")


def test_it_reads_standard_input_without_a_database():
    done = subprocess.run(
        [settings.ROOT / "manage.py", "score", "audit-c", "-"],
        input=b"case_id,auditc_1\nA\xc3\xb1asco,0\nb,7\n",
        env={"PATH": os.defpath, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout)["case_id"] == "Añasco"
    assert b"Line 3, column auditc_1" in done.stderr
    assert done.returncode == 1
