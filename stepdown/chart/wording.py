"""The plan as the patient reads and signs it: a frame in their language around the words of the plan.

The text has the form of the agreements (`privacy.texts`), so that it is laid out, kept and copied as they are.
"""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from stepdown.chart.domain.plan import Objective, Problem
from stepdown.chart.models import PlanVersion
from stepdown.ui import when


def plan_text(version: PlanVersion, language: str) -> str:
    """The whole plan, to be read, signed and kept. language: "en" or "es"; what was written in the plan stays as it is.
    The same version and language give the same text, on every day."""
    with translation.override(language):
        return "\n".join(_lines(version, language))


def _lines(version: PlanVersion, language: str) -> list[str]:
    document = version.document
    zone = ZoneInfo(version.episode.patient.time_zone)
    signed = _day(version.signed_at.astimezone(zone).date(), language) if version.signed_at else ""
    lines = [
        "# " + _("Your plan"),
        _("Version %(number)s. Signed by %(name)s on %(day)s.")
        % {"number": version.number, "name": version.signed_as, "day": signed},
    ]
    if document.hope:
        lines += ["## " + _("What you want"), f"“{_line(document.hope)}”"]
    for number, problem in enumerate(document.problems, 1):
        lines += _problem(number, problem, language)
    if document.schedule:
        lines += ["## " + _("When we meet"), _line(document.schedule)]
    return lines


def _problem(number: int, problem: Problem, language: str) -> list[str]:
    lines = ["## " + _("Part %(number)s") % {"number": number}]
    lines.append(_("Your goal: “%(words)s”") % {"words": _line(problem.goal)})
    lines.append(_("What makes it hard: %(words)s") % {"words": _line(problem.words)})
    if problem.diagnoses:
        lines.append(_("What it is called: %(words)s") % {"words": "; ".join(problem.diagnoses)})
    for n, objective in enumerate(problem.objectives, 1):
        lines += _objective(f"{number}.{n}", objective, language)
    return lines


def _objective(number: str, objective: Objective, language: str) -> list[str]:
    lines = [_("Step %(number)s: %(words)s") % {"number": number, "words": _line(objective.words)}]
    if objective.target:
        lines.append("- " + _("How much: %(words)s") % {"words": _line(objective.target)})
    if objective.due_on:
        lines.append("- " + _("By when: %(day)s") % {"day": _day(objective.due_on, language)})
    if objective.measure:
        lines.append("- " + _("How we see it: %(words)s") % {"words": _line(objective.measure)})
    for each in objective.interventions:
        said = ", ".join(_line(part) for part in (each.what, each.often, each.by) if part)
        lines.append("- " + _("What we do: %(words)s") % {"words": said})
    return lines


def _day(on: date, language: str) -> str:
    """With its year, on whatever day it is read."""
    return when.day(on, date.min, language)


def _line(words: str) -> str:
    return " ".join(words.split())


def statement(language: str) -> str:
    """What signing means, as it stands above the name."""
    with translation.override(language):
        return _(
            "I have read this plan. I helped to make it, and I agree to work on it. "
            "I can ask for a change at any time. I know that my typed name counts like my name on paper."
        )


def read_again() -> str:
    return _("The plan has changed. Read it again, then sign.")


def signed_already() -> str:
    return _("You have signed this plan. Ask for a change if it does not fit any more.")
