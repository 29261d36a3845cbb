"""The treatment plan as plain values: problem, goal, objective, intervention. What is missing before it is signed, what
payers deny, how two versions differ, and what a first draft can take over from what is known.

Source: glossary, "treatment plan": problem -> goal -> objective -> intervention; objectives are SMART, with a measure
and a target date; a goal is in the person's own words. Documentation for auditors: signed plan with measurable goals.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

# The assessment's dimensions and what they are called here.
DIMENSIONS = {
    "d1": "Withdrawal",
    "d2": "Health",
    "d3": "Mood and thinking",
    "d4": "Readiness",
    "d5": "Risk of use",
    "d6": "Home and people",
}


@dataclass(frozen=True)
class Intervention:
    """What is done, how often, by whom. came_from: where it was taken from; empty when somebody wrote it here."""

    what: str = ""
    often: str = ""
    by: str = ""
    came_from: str = ""


@dataclass(frozen=True)
class Objective:
    """key: the same in every version. due: an ISO date or "". measure: how it is seen; target: how much, how often."""

    key: str
    words: str = ""
    measure: str = ""
    target: str = ""
    due: str = ""
    interventions: tuple[Intervention, ...] = ()

    @property
    def due_on(self) -> date | None:
        return date.fromisoformat(self.due) if self.due else None


@dataclass(frozen=True)
class Problem:
    """A need, tied to a dimension ("d1" to "d6") and to diagnoses ("F10.20 Alcohol dependence, uncomplicated").
    words_from, goal_from: where the words were taken from; empty when somebody wrote them here."""

    key: str
    dimension: str = ""
    diagnoses: tuple[str, ...] = ()
    words: str = ""
    words_from: str = ""
    goal: str = ""
    goal_from: str = ""
    objectives: tuple[Objective, ...] = ()


@dataclass(frozen=True)
class Document:
    """hope: what the person wants, in their words. schedule: when and where the program meets."""

    hope: str = ""
    hope_from: str = ""
    schedule: str = ""
    problems: tuple[Problem, ...] = field(default=())

    def numbered(self) -> Iterator[tuple[str, Problem, Objective]]:
        """("1.2", problem, objective) for each objective, in order."""
        for p, problem in enumerate(self.problems, 1):
            for o, objective in enumerate(problem.objectives, 1):
                yield f"{p}.{o}", problem, objective


def as_json(document: Document) -> dict[str, Any]:
    """Plain values; `from_json` gives the same document back."""
    return asdict(document)


def from_json(content: Mapping[str, Any]) -> Document:
    """Of what `as_json` gave, also after it lay in a database; an empty one of {}."""
    return Document(
        content.get("hope", ""),
        content.get("hope_from", ""),
        content.get("schedule", ""),
        tuple(
            Problem(
                **{key: value for key, value in problem.items() if key not in ("objectives", "diagnoses")},
                diagnoses=tuple(problem["diagnoses"]),
                objectives=tuple(
                    Objective(
                        **{key: value for key, value in objective.items() if key != "interventions"},
                        interventions=tuple(Intervention(**each) for each in objective["interventions"]),
                    )
                    for objective in problem["objectives"]
                ),
            )
            for problem in content.get("problems", ())
        ),
    )


def missing(document: Document, *, review: str | None = None) -> list[str]:
    """What stands against signing, a sentence each. review: what was gone through, None for a first version."""
    if not document.problems:
        return ["The plan has no problem yet. Add the first one."]
    found = []
    if review is not None and not review.strip():
        found.append("Say in a sentence what was reviewed.")
    for p, problem in enumerate(document.problems, 1):
        lacks = [
            name
            for name, value in (
                ("a sentence", problem.words),
                ("its dimension", problem.dimension),
                ("a goal in the person’s words", problem.goal),
                ("an objective", problem.objectives),
            )
            if not value
        ]
        if lacks:
            found.append(f"Problem {p} still needs {_listed(lacks)}.")
        for o, objective in enumerate(problem.objectives, 1):
            lacks = [] if objective.words else ["its words"]
            if not any(each.what for each in objective.interventions):
                lacks.append("an intervention")
            if lacks:
                found.append(f"Objective {p}.{o} still needs {_listed(lacks)}.")
    return found


def _listed(words: list[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


@dataclass(frozen=True)
class Change:
    """One difference to the version before. kind: "added", "taken out" or "changed"; where: "Objective 1.2, target"."""

    kind: str
    where: str
    was: str = ""
    now: str = ""


PROBLEM_FIELDS = (("words", "problem"), ("goal", "goal"))
OBJECTIVE_FIELDS = (("words", "words"), ("measure", "how we see it"), ("target", "target"), ("due", "by"))


def changes(old: Document, new: Document) -> list[Change]:
    """How `new` differs from `old`, in the order of the page, taken out last. What was only moved is no difference."""
    found = [] if old.hope == new.hope else [Change("changed", "What the person wants", old.hope, new.hope)]
    if old.schedule != new.schedule:
        found.append(Change("changed", "Schedule", old.schedule, new.schedule))
    old_problems = {problem.key: problem for problem in old.problems}
    old_objectives = {objective.key: objective for _number, _problem, objective in old.numbered()}
    for p, problem in enumerate(new.problems, 1):
        before = old_problems.get(problem.key)
        if before is None:
            found.append(Change("added", f"Problem {p}", now=problem.words))
        else:
            found += _differences(f"Problem {p}", before, problem, PROBLEM_FIELDS)
            dimensions = [DIMENSIONS.get(each.dimension, "") for each in (before, problem)]
            if dimensions[0] != dimensions[1]:
                found.append(Change("changed", f"Problem {p}, dimension", *dimensions))
            if before.diagnoses != problem.diagnoses:
                was, now = "; ".join(before.diagnoses), "; ".join(problem.diagnoses)
                found.append(Change("changed", f"Problem {p}, diagnoses", was, now))
        for o, objective in enumerate(problem.objectives, 1):
            earlier = old_objectives.get(objective.key)
            if earlier is None:
                found.append(Change("added", f"Objective {p}.{o}", now=objective.words))
                continue
            found += _differences(f"Objective {p}.{o}", earlier, objective, OBJECTIVE_FIELDS)
            done = [[_done(each) for each in one.interventions] for one in (earlier, objective)]
            for gone in done[0]:
                if gone not in done[1]:
                    found.append(Change("taken out", f"Objective {p}.{o}, intervention", was=gone))
            for fresh in done[1]:
                if fresh not in done[0]:
                    found.append(Change("added", f"Objective {p}.{o}, intervention", now=fresh))
    return found + list(_taken_out(old, new))


def _taken_out(old: Document, new: Document) -> Iterator[Change]:
    problems = {problem.key for problem in new.problems}
    objectives = {objective.key for _number, _problem, objective in new.numbered()}
    for p, problem in enumerate(old.problems, 1):
        if problem.key not in problems:
            yield Change("taken out", f"Problem {p}", was=problem.words)
    for number, _problem, objective in old.numbered():
        if objective.key not in objectives:
            yield Change("taken out", f"Objective {number}", was=objective.words)


def _differences(where: str, old: Any, new: Any, fields: tuple[tuple[str, str], ...]) -> list[Change]:
    return [
        Change("changed", f"{where}, {called}", getattr(old, name), getattr(new, name))
        for name, called in fields
        if getattr(old, name) != getattr(new, name)
    ]


def _done(intervention: Intervention) -> str:
    return ", ".join(filter(None, (intervention.what, intervention.often, intervention.by)))
