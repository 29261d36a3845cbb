"""A first draft of a plan from what is known already. It takes over, says from where, and makes nothing up: objectives
stay empty, because they are worked out with the person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stepdown.admissions.domain.answers import value_at
from stepdown.admissions.domain.parts import ANCHORS
from stepdown.chart.domain.plan import DIMENSIONS, Document, Intervention, Objective, Problem

NEEDS_WORK = 2  # "needs active work in treatment"
# The part of the interview in which each dimension is rated.
PARTS = {"d1": "withdrawal", "d2": "health", "d3": "mood", "d4": "readiness", "d5": "use", "d6": "home"}
# dimension -> (place in the assessment, the answer that matters, how it is said).
FINDINGS: Mapping[str, tuple[tuple[str, bool, str], ...]] = {
    "d1": (
        ("withdrawal.daily_alcohol_or_sedative", True, "Alcohol or sedatives every day."),
        ("withdrawal.history_seizure_or_dt", True, "A seizure or delirium before, when stopping."),
        ("withdrawal.opioid_dependent_without_moud", True, "Dependent on opioids, without medication for it."),
        ("withdrawal.pregnant", True, "Pregnant."),
    ),
    "d4": (("signs.family_concern", True, "Family or friends are worried."),),
    "d5": (
        ("signs.dui_owi", True, "A DUI or OWI citation."),
        ("signs.increasing_time_money", True, "More and more time or money goes into it."),
        ("history.failed_outpatient", True, "Outpatient care was tried before, and was not enough."),
        ("history.failed_iop", True, "Intensive outpatient care was tried before, and was not enough."),
    ),
    "d6": (
        ("home.safe", False, "Home is not a safe place."),
        ("home.lives_with_people_who_use", True, "Somebody at home drinks heavily or uses drugs."),
        ("home.homeless", True, "No stable place to live."),
    ),
}


@dataclass(frozen=True)
class Known:
    """assessed: "Assessment of March 3", or "" when there is none. answers, said: of the assessment (said by part, in
    the person's words). asked: what they wrote when they asked for a call, asked_on: "March 1". group: of the schedule.
    """

    assessed: str = ""
    answers: Mapping[str, Any] | None = None
    said: Mapping[str, str] | None = None
    asked: str = ""
    asked_on: str = ""
    schedule: str = ""
    group: Intervention | None = None


def drafted(known: Known, new_key: Callable[[], str]) -> Document:
    """A problem for each dimension that needs active work (rated 2 or more), worst first, with what was found and what
    the person said there; an objective with no words yet, under the group they sit in."""
    answers, said = known.answers or {}, known.said or {}
    hope, hope_from = _hope(known, said)
    rated = sorted(
        ((value_at(answers, f"ratings.{name}"), name) for name in DIMENSIONS if _rating(answers, name) >= NEEDS_WORK),
        key=lambda each: (-each[0], each[1]),
    )
    problems = tuple(_problem(known, name, rating, said, new_key) for rating, name in rated)
    return Document(hope, hope_from, known.schedule, problems)


def _rating(answers: Mapping[str, Any], name: str) -> int:
    return value_at(answers, f"ratings.{name}") or 0


def _hope(known: Known, said: Mapping[str, str]) -> tuple[str, str]:
    for part, title in (("readiness", "Readiness"), ("history", "What happened")):
        if said.get(part, "").strip():
            return said[part].strip(), f"{known.assessed}, “{title}”"
    if known.asked.strip():
        return known.asked.strip(), f"Noted when they asked for a call, {known.asked_on}"
    return "", ""


def _problem(known: Known, name: str, rating: int, said: Mapping[str, str], new_key: Callable[[], str]) -> Problem:
    meaning = ANCHORS[rating][2]
    found = [words for path, matters, words in FINDINGS.get(name, ()) if value_at(known.answers or {}, path) is matters]
    goal = said.get(PARTS[name], "").strip()
    source = f"{known.assessed}, “{DIMENSIONS[name]}”"
    return Problem(
        key=new_key(),
        dimension=name,
        words=" ".join([f"{DIMENSIONS[name]}: {meaning}.", *found]),
        words_from=f"{source}, rated {rating} of 4",
        goal=goal,
        goal_from=source if goal else "",
        objectives=(Objective(new_key(), interventions=(known.group,) if known.group else ()),),
    )


def next_version(document: Document, schedule: str) -> Document:
    """What a change begins with: the last version as it is, with the schedule of today and nothing said to come from
    elsewhere any more."""
    problems = tuple(
        replace(
            problem,
            words_from="",
            goal_from="",
            objectives=tuple(
                replace(each, interventions=tuple(replace(one, came_from="") for one in each.interventions))
                for each in problem.objectives
            ),
        )
        for problem in document.problems
    )
    return replace(document, hope_from="", schedule=schedule or document.schedule, problems=problems)
