"""What payers deny in a plan: pointed out while writing, and never a stop.

Source: documentation for auditors (billing facts, section 7): a signed plan with measurable goals; glossary,
"objective": specific, measurable, achievable, relevant, time-bound, with a target date and a measure.
"""

import re
from dataclasses import dataclass
from datetime import date

from stepdown.chart.domain.plan import Document, Objective

COUNTED = re.compile(
    r"\d|\b(?:no|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|once|twice|daily|weekly|monthly|every|each)\b",
    re.I,
)
ATTENDS = re.compile(
    r"\b(?:attend(?:s|ing)?|com(?:e|es|ing) to|go(?:es|ing)? to|participat(?:e|es|ing) in|tak(?:e|es|ing) part in|"
    r"complet(?:e|es|ing)|join(?:s|ing)?|show(?:s|ing)? up (?:to|for|at))\b",
    re.I,
)
SERVICE = re.compile(r"\b(?:groups?|sessions?|program|iop|meetings?|treatment|aftercare)\b", re.I)
# What may stand around attending without saying that anything changes.
FILLERS = set(
    "a all an and as at be by day days each every for from hours in is it minutes month months of on our patient "  # noqa: SIM905  # reads as words
    "client per planned regularly scheduled she he they the their this three through times to two week weekly weeks "
    "will with evening morning online telehealth video iop intensive outpatient always on-time time consistently "
    "daily".split()
)
ABOUT_THEM = re.compile(r"^\W*(?:the\s+)?(?:patient|client|pt|he|she|they)\b", re.I)


@dataclass(frozen=True)
class Warning:
    """key: of the problem or objective it stands beside."""

    key: str
    sentence: str


def warnings(document: Document, today: date) -> list[Warning]:
    """Everything a payer would ask about, in the order of the page; what is still empty is told elsewhere."""
    found = []
    for p, problem in enumerate(document.problems, 1):
        if ABOUT_THEM.search(problem.goal):
            found.append(
                Warning(problem.key, f"Goal {p} speaks about the person. A goal stands in their own words: “I want …”")
            )
        for o, objective in enumerate(problem.objectives, 1):
            if objective.words:
                found += [Warning(objective.key, sentence) for sentence in _of(f"{p}.{o}", objective, today)]
    seen: dict[str, str] = {}
    for number, _problem, objective in document.numbered():
        said = " ".join(objective.words.casefold().split())
        if said and said in seen:
            found.append(Warning(objective.key, f"Objective {number} says the same as {seen[said]}."))
        seen.setdefault(said, number)
    return found


def _of(number: str, objective: Objective, today: date) -> list[str]:
    found = []
    if attends_only(objective.words):
        found.append(
            f"Objective {number} is about coming to group. Payers deny that alone: say what will be different in the "
            "person’s life."
        )
    if not COUNTED.search(f"{objective.words} {objective.target}"):
        found.append(f"Objective {number} has no number. Payers deny what cannot be counted: say how often.")
    if not objective.measure:
        found.append(f"Objective {number} does not say how you will see it: a check-in, a test, a score.")
    if objective.due_on is None:
        found.append(f"Objective {number} has no date. Say by when.")
    elif objective.due_on < today:
        found.append(f"Objective {number} was to be reached by {objective.due_on:%B %-d}. Choose a date to come.")
    if any(each.what and not each.often for each in objective.interventions):
        found.append(f"Objective {number} has an intervention without how often.")
    return found


def attends_only(words: str) -> bool:
    """Whether an objective says that somebody attends, and nothing else: "Attend group 3 times a week"."""
    if not (ATTENDS.search(words) and SERVICE.search(words)):
        return False
    left = SERVICE.sub(" ", ATTENDS.sub(" ", words.casefold()))
    return all(word in FILLERS or word.isdigit() for word in re.findall(r"[\w-]+", left))
