"""`./manage.py place FILE`: a plan for the placement problem in a file, as JSON."""

import sys
from math import inf
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stepdown.placement.matching.engine import Progress, solve
from stepdown.placement.matching.problem import BadProblem, read

BYTES_LIMIT = 200 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Reads a placement problem (docs/schemas/placement-problem.json) and prints a plan "
        "(docs/schemas/placement-plan.json). It proposes; people approve. The same seed and effort give the same plan."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="JSON file with the problem")
        parser.add_argument("--seed", type=int, default=0, help="Where to look first; 0 when not said.")
        parser.add_argument("--effort", type=float, default=10.0, help="About so many seconds; 10 when not said.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["effort"] < inf or not 0 <= options["seed"] < 2**31:
            raise bad("Effort is a number of more than 0; the seed is a whole number from 0 to 2147483647.")
        try:
            problem = read(text_of(Path(options["file"])))
        except BadProblem as wrong:
            raise bad(str(wrong)) from wrong
        plan = solve(problem, effort=options["effort"], seed=options["seed"], tell=self._tell)
        self.stdout.write(plan.model_dump_json(indent=1))

    def _tell(self, progress: Progress) -> None:
        if sys.stderr.isatty():
            goals = ", ".join(f"{goal.name} {goal.value}" for goal in progress.goals)
            self.stderr.write(f"{progress.seconds:6.1f} s  {progress.doing}  {goals}")


def text_of(path: Path) -> str:
    """What the file holds. Raises CommandError with a sentence when it cannot be read."""
    try:
        with path.open("rb") as file:  # not by its size: what is no file on a disk has none
            content = file.read(BYTES_LIMIT + 1)
        if len(content) > BYTES_LIMIT:
            raise bad(f"{path} is larger than {BYTES_LIMIT // 1024**2} MB.")
        return content.decode()
    except UnicodeDecodeError as error:
        raise bad(f"{path} is not text in UTF-8.") from error
    except OSError as error:
        raise bad(f"{path} cannot be read: {error.strerror}.") from error


def bad(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=2)
