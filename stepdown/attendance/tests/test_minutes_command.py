"""`./manage.py minutes FILE` as someone at a terminal meets it."""

import io
import json
import os
import subprocess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

GOOD = {
    "session": ["2026-03-11T18:00:00-05:00", "2026-03-11T21:00:00-05:00"],
    "breaks": [["2026-03-11T19:00:00-05:00", "2026-03-11T19:10:00-05:00"]],
    "stays": [["2026-03-11T23:00:00Z", "2026-03-12T02:00:00+00:00"]],
}


def run(tmp_path, text: str | bytes) -> str:
    file = tmp_path / "lines"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = io.StringIO()
    call_command("minutes", str(file), stdout=out)
    return out.getvalue()


def refusal(tmp_path, text: str | bytes) -> str:
    with pytest.raises(CommandError) as refused:
        run(tmp_path, text)
    assert refused.value.returncode == 2
    return str(refused.value)


def line(**changes) -> str:
    return json.dumps(GOOD | changes)


def test_one_whole_number_a_line(tmp_path):
    assert run(tmp_path, f"{line()}\n{line(breaks=[])}\n{line(stays=[])}\n") == "170\n180\n0\n"


def test_it_runs_as_typed_outside_the_virtual_environment(tmp_path):
    (tmp_path / "lines").write_text(line())
    command = [settings.ROOT / "manage.py", "minutes", "lines"]
    done = subprocess.run(command, cwd=tmp_path, env={"PATH": os.defpath}, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("170\n", "", 0)


def test_an_empty_file_prints_nothing(tmp_path):
    assert run(tmp_path, "") == ""


def test_blank_lines_are_passed_over(tmp_path):
    assert run(tmp_path, f"{line()}\r\n\r\n  \n{line()}") == "170\n170\n"


def test_breaks_may_be_left_out(tmp_path):
    rest = {name: value for name, value in GOOD.items() if name != "breaks"}
    assert run(tmp_path, json.dumps(rest)) == "180\n"


def test_a_mark_at_the_start_of_the_file_does_no_harm(tmp_path):
    assert run(tmp_path, b"\xef\xbb\xbf" + line().encode()) == "170\n"


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("{", "Line 2 is not JSON."),
        ("[" * 100_000, "Line 2 is not JSON."),
        ("[]", 'Line 2 is not an object with "session", "breaks" and "stays".'),
        (json.dumps({"stays": []}), 'Line 2 has no "session".'),
        (json.dumps({"session": GOOD["session"]}), 'Line 2 has no "stays".'),
        (line(stays=None), 'Line 2: "stays" is not a list of [from, to] pairs.'),
        (line(breaks={}), 'Line 2: "breaks" is not a list of [from, to] pairs.'),
        (line(session=["2026-03-11T18:00:00Z"]), 'Line 2: "session" needs [from, to] as two ISO times.'),
        (line(stays=[[1, 2]]), 'Line 2: "stays" needs [from, to] as two ISO times.'),
        (line(stays=[["soon", "later"]]), 'Line 2: "stays" has a time that is not ISO'),
        (line(stays=[["2026-03-11T18:00", "2026-03-11T19:00Z"]]), 'Line 2: "stays" has a time without an offset'),
        (line(stays=[GOOD["session"][::-1]]), 'Line 2: "stays" has a span that ends before it starts.'),
        (line(stays=[["0001-01-01T00:00+14:00"] * 2]), 'Line 2: "stays" has a time outside the calendar.'),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(tmp_path, bad, sentence):
    assert refusal(tmp_path, f"{line()}\n{bad}\n{line()}").startswith(sentence)


def test_bytes_that_are_no_text_are_named(tmp_path):
    assert refusal(tmp_path, line().encode() + b"\n\xff\n") == "Line 2 is not UTF-8 text."


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="nowhere cannot be read: No such file or directory") as refused:
        call_command("minutes", str(tmp_path / "nowhere"))
    assert refused.value.returncode == 2
