"""`./manage.py advise FILE`."""

import io
import json
import os
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

WORKED = Path(__file__).parent / "data" / "level_of_care_cases.json"


def run(path):
    out = io.StringIO()
    call_command("advise", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def write(tmp_path, content):
    path = tmp_path / "cases.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def test_prints_one_line_per_case_with_every_name():
    lines = run(WORKED)
    assert len(lines) == 30
    assert list(lines[0]) == [
        "id",
        "advice",
        "confidence",
        "rules",
        "missing",
        "alternatives",
        "telehealth_ok",
        "human_review",
        "provisional_advice",
    ]
    assert lines[0]["provisional_advice"] is None


def test_inputs_are_merged_over_the_default_of_the_file(tmp_path):
    path = write(
        tmp_path,
        {"default_input": {"age": 12}, "cases": [{"id": "a"}, {"id": "b", "input": {"age": None}}]},
    )
    assert [line["advice"] for line in run(path)] == ["OUT_OF_SCOPE", "INCOMPLETE"]


def test_a_file_without_a_default_uses_ours(tmp_path):
    path = write(tmp_path, {"cases": [{"id": 1, "input": {"ratings": {"d3": 3}}}]})
    assert run(path)[0]["rules"] == ["M2"]


def test_a_mark_at_the_start_of_the_file_does_no_harm(tmp_path):
    assert len(run(write(tmp_path, b"\xef\xbb\xbf" + b'{"cases": [{"id": 1}]}'))) == 1


def test_names_of_their_own_in_the_default_of_a_file_are_let_be(tmp_path):
    default = {"age": 40, "home": {"pets": 2}, "remarks": {"by": "intake"}}
    path = write(tmp_path, {"default_input": default, "cases": [{"id": 1, "input": {"home": {"pets": 3}}}]})
    assert run(path)[0]["advice"] == "INCOMPLETE"


WITHOUT_DATABASE = {"PATH": os.defpath, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}


@pytest.mark.parametrize("name", ["Añasco", "\ud800"])
def test_any_id_is_printed_whatever_letters_the_terminal_knows(tmp_path, name):
    (tmp_path / "cases.json").write_text(json.dumps({"cases": [{"id": name}]}))
    command = [settings.ROOT / "manage.py", "advise", "cases.json"]
    surroundings = {**WITHOUT_DATABASE, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert (json.loads(done.stdout)["id"], done.stderr, done.returncode) == (name, "", 0)


def test_who_reads_the_first_line_alone_sees_no_error(tmp_path):
    write(tmp_path, {"cases": [{"id": number} for number in range(2000)]})
    command = f"{settings.ROOT / 'manage.py'} advise {tmp_path / 'cases.json'} | head -n 1"
    done = subprocess.run(command, shell=True, env=WITHOUT_DATABASE, capture_output=True, text=True, check=False)
    assert (json.loads(done.stdout)["id"], done.stderr) == (0, "")


def test_answers_nested_too_deeply_are_named(tmp_path):
    deep = '{"home":' * 900 + "1" + "}" * 900
    path = write(tmp_path, f'{{"cases": [{{"id": "x", "input": {deep}}}]}}'.encode())
    with pytest.raises(CommandError, match="nested too deeply"):
        run(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not a text file"),
        (b'{"cases": [' + b"9" * 5000 + b"]}", "a number that is too long to read"),
        (b"[" * 100_000, "nested too deeply"),
        ([], "one object"),
        ({"cases": {}}, "a list named cases"),
        ({"cases": []}, "at least one case"),
        ({"cases": [{}]}, "Case 1 has to be an object with an id."),
        ({"cases": [{"id": "a"}, {"id": ""}]}, "Case 2 has to be an object with an id."),
        ({"cases": [{"id": True}]}, "Case 1 has to be an object with an id."),
        ({"cases": [{"id": "x", "input": []}]}, "Case x: input has to be"),
        ({"default_input": 3, "cases": [{"id": "x"}]}, "default_input has to be"),
        ({"default_input": {"home": 3}, "cases": [{"id": "x"}]}, "Case x: home is 3. It can be an object"),
        ({"cases": [{"id": "x", "input": {"ratings": {"d1": 5}}}]}, "ratings.d1 is 5. It can be a whole number"),
        ({"cases": [{"id": "x", "input": {"home": {"safe": "yes"}}}]}, 'home.safe is "yes". It can be true, false'),
        ({"cases": [{"id": "x", "input": {"ratings": [0, 1]}}]}, "Case x: ratings is [0, 1]. It can be an object"),
        (
            {"cases": [{"id": "x", "input": {"ratings": {"d1": {}}}}]},
            "Case x: ratings.d1 is {}. It can be a whole number",
        ),
        (
            {"cases": [{"id": "x", "input": {"age": {"years": 3}}}]},
            'Case x: age is {"years": 3}. It can be a whole number',
        ),
        ({"cases": [{"id": "x", "input": {"home": {"hoem": None}}}]}, "home.hoem is not an answer the rules know."),
        ({"cases": [{"id": "x", "input": {"home": {"save": True}}}]}, "home.save is not an answer the rules know."),
        ({"cases": [{"id": "x", "input": {"preference": "beach"}}]}, "It can be one of: none, residential"),
    ],
)
def test_a_bad_file_gives_a_sentence_and_exit_code_2(tmp_path, content, sentence):
    with pytest.raises(CommandError) as error:
        run(write(tmp_path, content))
    assert sentence in str(error.value)
    assert error.value.returncode == 2


def test_a_missing_file_gives_a_sentence_and_exit_code_2(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened") as error:
        run(tmp_path / "nowhere.json")
    assert error.value.returncode == 2
