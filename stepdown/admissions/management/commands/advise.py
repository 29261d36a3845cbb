"""`./manage.py advise FILE`: the advice for each case of a file, one JSON line per case."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stepdown.admissions.domain.advice import advise
from stepdown.admissions.domain.answers import default_answers, merged, problems_with


class Command(BaseCommand):
    help = (
        "Prints level-of-care advice for each case of a JSON file: {default_input, cases: [{id, input}]}. "
        "Each input is merged, group by group, over default_input (ours when the file has none). "
        "provisional_advice is null unless advice is INCOMPLETE. Advice is for a clinician to review."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="JSON file with the cases")

    def handle(self, *args: Any, **options: Any) -> None:
        for line in lines(Path(options["file"])):
            self.stdout.write(line)


def lines(path: Path) -> list[str]:
    """One JSON line per case of the file. Raises CommandError (exit code 2) with a sentence when it cannot be read."""
    content = read(path)
    default = content.get("default_input", default_answers())
    cases = content.get("cases")
    if not isinstance(default, dict):
        raise bad("default_input has to be an object with the answers' names.")
    if not isinstance(cases, list) or not cases:
        raise bad("The file needs a list named cases with at least one case.")
    return [line(case, number, default) for number, case in enumerate(cases, start=1)]


def line(case: Any, number: int, default: dict[str, Any]) -> str:
    name = case.get("id") if isinstance(case, dict) else None
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        raise bad(f"Case {number} has to be an object with an id.")
    over = case.get("input", {})
    if not isinstance(over, dict):
        raise bad(f"Case {name}: input has to be an object with the answers' names.")
    try:
        answers = merged(default, over)
        problems = problems_with(answers, known=default)
    except RecursionError as error:
        raise bad(f"Case {name}: input is nested too deeply.") from error
    if problems:
        raise bad(f"Case {name}: {' '.join(problems)}")
    return json.dumps({"id": name, **asdict(advise(answers))})


def read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise bad(f"{path} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise bad(f"{path} is not a text file in UTF-8.") from error
    except json.JSONDecodeError as error:
        raise bad(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except ValueError as error:  # what Python says of a number with thousands of digits
        raise bad(f"{path} has a number that is too long to read.") from error
    except RecursionError as error:
        raise bad(f"{path} is nested too deeply.") from error
    if not isinstance(content, dict):
        raise bad(f"{path} has to hold one object with a list named cases.")
    return content


def bad(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=2)
