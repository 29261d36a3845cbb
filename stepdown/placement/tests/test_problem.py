"""A problem is read from JSON or refused with a sentence that names the line or the field; and times across clocks."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stepdown.placement.management.commands import place
from stepdown.placement.matching.plan import Plan
from stepdown.placement.matching.problem import BadProblem, Option, Problem, Window, read
from stepdown.placement.matching.times import NEVER, first_meetings, free_bits, meeting_bits
from stepdown.placement.matching.validator import broken
from stepdown.placement.tests.worlds import world

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"


def as_json(**changes) -> dict:
    return json.loads(world(1, people=3, groups=2, leaders=1, options=1).model_dump_json()) | changes


def changed(path: str, value) -> str:
    """The problem as JSON with one value changed; path: people.0.zone."""
    problem = as_json()
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = problem
    for part in way:
        place = place[part]
    place[last] = value
    return json.dumps(problem)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("people.1.zone", "America/Nowhere", "people[1].zone: there is no time zone of that name"),
        ("people.1.zone", "../../etc/passwd", "people[1].zone: there is no time zone of that name"),
        ("people.0.state", "Oklahoma", "people[0].state:"),
        ("people.0.ready_on", "2026-02-30", "people[0].ready_on:"),
        ("people.0.available", [{"days": [1], "begins": "12:00", "ends": "09:00"}], "ends before it begins"),
        (
            "people.0.available",
            [{"days": [1], "begins": "09:00", "ends": "12:00Z"}],
            "has no offset; write it like 18:00",
        ),
        ("groups.0.starts_at", "18:00:00+05:00", "groups[0].starts_at: a time of the clock has no offset"),
        ("today", "9999-12-31", "today:"),
        ("today", "0001-01-01", "today:"),
        ("people.0.available", [{"days": [7], "begins": "09:00", "ends": "12:00"}], "people[0].available[0].days[0]:"),
        ("people.0.id", "P1", "people: P1 is there 2 times"),
        ("people.0.name", "Marcus", "people[0].name:"),
        ("groups.0.leader", "L9", "groups[0].leader: nobody among the leaders is called L9"),
        ("groups.0.days", [], "groups[0].days:"),
        ("groups.0.days", [0, 0, 2], "groups[0].days: a weekday is there twice"),
        ("groups.0.minutes", 0, "groups[0].minutes:"),
        ("groups.0.sitting", ["P1"], "groups[0].sitting: P1 waits and sits at once"),
        ("groups.0.chairs", [{"free_from": "2026-10-05", "count": 6}] * 2, "a group has at most 10 chairs"),
        ("options.0.leaders", ["L7"], "options[0].leaders: nobody among the leaders is called L7"),
        ("options.0.id", "G1", "groups and options: G1 is there 2 times"),
        ("apart", [["P0", "P8"]], "apart[0]: nobody is called P8"),
        ("together", [["P0", "P0"]], "together[0]: P0 is there twice"),
        ("version", 2, "version:"),
        ("horizon", 0, "horizon:"),
    ],
)
def test_what_makes_no_sense_is_named(path, value, said):
    with pytest.raises(BadProblem) as wrong:
        read(changed(path, value))
    assert said in str(wrong.value)


def test_what_is_no_json_is_told_with_its_line():
    with pytest.raises(BadProblem, match=r"This is no JSON: .* line 2"):
        read('{"version": 1,\n "today": nothing}')


def test_a_million_people_are_refused():
    person = '{"id":"a"}'
    with pytest.raises(BadProblem, match=r"people: 1,000,000 are too many; there can be 20,000\."):
        read('{"version":1,"today":"2026-10-05","people":[' + ",".join([person] * 1_000_000) + "]}")


def test_what_is_read_is_what_was_written():
    problem = world(5, people=9, groups=3, leaders=2, options=2)
    assert read(problem.model_dump_json()) == problem


@pytest.mark.parametrize(("name", "kind"), [("problem", Problem), ("plan", Plan)])
def test_the_schemas_in_the_docs_are_those_of_the_code(name, kind):
    written = json.loads((SCHEMAS / f"placement-{name}.json").read_text())
    assert written == kind.model_json_schema()


def test_the_command_prints_a_plan_that_keeps_the_rules(tmp_path, capsys):
    problem = world(4, people=20, groups=4, leaders=2, options=1, states=2)
    path = tmp_path / "problem.json"
    path.write_text(problem.model_dump_json())
    call_command("place", str(path), effort=1, seed=3)
    plan = Plan.model_validate_json(capsys.readouterr().out)
    assert plan.seed == 3
    assert broken(problem, plan) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "cannot be read"), (b"\xff\xfe", "not text in UTF-8"), (b"{}", "version: Field required")],
)
def test_the_command_says_what_is_wrong_with_the_file(tmp_path, text, said):
    path = tmp_path / "problem.json"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(CommandError, match=said):
        call_command("place", str(path))


def test_the_command_reads_no_more_than_a_file_may_have(monkeypatch):
    monkeypatch.setattr(place, "BYTES_LIMIT", 1024**2)
    with pytest.raises(CommandError, match="/dev/zero is larger than 1 MB"):
        call_command("place", "/dev/zero")


@pytest.mark.parametrize("options", [{"effort": 0}, {"effort": float("nan")}, {"seed": -1}, {"seed": 2**31}])
def test_the_command_says_which_effort_and_seed_it_takes(tmp_path, options):
    with pytest.raises(CommandError, match="Effort is a number of more than 0"):
        call_command("place", str(tmp_path / "problem.json"), **options)


# Times


def option(zone: str, starts_at: time, minutes: int = 180) -> Option:
    return Option.model_validate(
        {
            "id": "O", "program": "iop", "band": "evening", "days": [0, 2], "starts_at": starts_at, "minutes": minutes,
            "zone": zone, "leaders": ["L"], "opens_on": date(2026, 10, 5),
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "begins", "ends", "fits"),
    [
        ("America/Chicago", time(18), time(21), True),
        ("America/Chicago", time(18, 15), time(21), False),
        ("America/Denver", time(17), time(20), True),
        ("America/Denver", time(18), time(21), False),
        ("America/New_York", time(19), time(22), True),
        # Arizona keeps its clocks: 4 pm there until November, 5 pm from then on.
        ("America/Phoenix", time(16), time(19), False),
        ("America/Phoenix", time(16), time(20), True),
    ],
)
def test_a_group_at_six_in_chicago_fits_by_the_clock_of_whoever_comes(zone, begins, ends, fits):
    today = date(2026, 10, 5)
    free = free_bits((Window(days=(0, 2), begins=begins, ends=ends),), zone, today)
    assert (meeting_bits(option("America/Chicago", time(18)), today) & ~free == 0) is fits


def test_a_meeting_past_midnight_where_somebody_is_needs_the_next_day_too():
    today = date(2026, 10, 5)
    late = meeting_bits(option("America/Los_Angeles", time(19)), today)  # until one in the morning in New York
    evening = Window(days=(0, 2), begins=time(22), ends=time(23, 59))
    night = Window(days=(1, 3), begins=time(0), ends=time(1))
    assert late & ~free_bits((evening,), "America/New_York", today)
    assert late & ~free_bits((evening, night), "America/New_York", today) != 0  # a minute is missing before midnight
    assert late & ~free_bits((), "America/New_York", today) == 0


def test_the_first_meeting_is_on_the_day_or_the_next_one_after_it():
    monday = date(2026, 10, 5)
    found = first_meetings((0, 2, 4), monday, opens=3, horizon=6)
    assert found.tolist() == [4, 4, 4, 4, 4, NEVER, NEVER, NEVER]
