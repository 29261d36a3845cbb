"""The boxes of a plan: as many as its draft has problems, objectives and interventions, all on one page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stepdown.chart.domain.plan import DIMENSIONS, Document, Intervention, Objective, Problem
from stepdown.ui.fields import CheckChips, Form

MOST = 12  # problems of a plan, objectives of a problem, interventions of an objective
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
DIMENSION_CHOICES = [("", "Choose one"), *((code, words) for code, words in DIMENSIONS.items())]


def _text(label: str, longest: int, placeholder: str = "") -> forms.CharField:
    attrs = {"placeholder": placeholder} if placeholder else {}
    return forms.CharField(label=label, max_length=longest, required=False, widget=forms.TextInput(attrs=attrs))


def _area(label: str, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def _due() -> forms.DateField:
    near = _("Choose a date of these years.")
    return forms.DateField(
        label="By",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(EARLIEST, near), MaxValueValidator(LATEST, near)],
        error_messages={"invalid": _("Enter a real date.")},
    )


@dataclass(frozen=True)
class ObjectiveBoxes:
    """name: "p0-o1". number: "1.2". of: the objective as it was saved."""

    name: str
    number: str
    of: Objective
    words: BoundField
    measure: BoundField
    target: BoundField
    due: BoundField
    interventions: list[dict[str, Any]]


@dataclass(frozen=True)
class ProblemBoxes:
    name: str
    number: int
    of: Problem
    words: BoundField
    dimension: BoundField
    diagnoses: BoundField | None
    goal: BoundField
    objectives: list[ObjectiveBoxes]


class PlanForm(Form):
    """`saved`: the draft as it lies in the database; what is sent must have its keys, anything else counts as new.
    diagnoses: those that hold, in words. reviewing: whether it takes the place of a version before."""

    seen = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    hope = _area("What they want, in their words", 2)
    review = _area("What was reviewed, and why the plan goes on like this", 2)

    def __init__(
        self, data: Any = None, *, saved: Document, seen: str, diagnoses: list[str], review: str = "", reviewing: bool
    ) -> None:
        super().__init__(data, initial={"seen": seen, "hope": saved.hope, "review": review})
        self.saved, self.holds = saved, diagnoses
        if not reviewing:
            del self.fields["review"]
        self.shown = saved if data is None else _shape_of(data, saved)
        for p, problem in enumerate(self.shown.problems):
            self._add_problem(f"p{p}", problem)
        self.speak()

    def _add_problem(self, name: str, problem: Problem) -> None:
        self._put(f"{name}-words", _area("What makes it hard", 2), problem.words)
        dimension = forms.ChoiceField(label="Dimension", choices=DIMENSION_CHOICES, required=False)
        self._put(f"{name}-dimension", dimension, problem.dimension)
        choices = list(dict.fromkeys([*self.holds, *problem.diagnoses]))
        if choices:
            diagnoses = forms.MultipleChoiceField(
                label="Diagnoses", choices=[(each, each) for each in choices], required=False, widget=CheckChips
            )
            self._put(f"{name}-diagnoses", diagnoses, list(problem.diagnoses))
        self._put(f"{name}-goal", _area("Goal, in their words", 2), problem.goal)
        for o, objective in enumerate(problem.objectives):
            inside = f"{name}-o{o}"
            self._put(f"{inside}-words", _area("What will be different", 2), objective.words)
            self._put(f"{inside}-target", _text("How much, how often", 200, "5 days a week"), objective.target)
            self._put(f"{inside}-measure", _text("How we see it", 200, "check-in at the door"), objective.measure)
            self._put(f"{inside}-due", _due(), objective.due)
            for i, each in enumerate([*objective.interventions, Intervention()]):
                self._put(f"{inside}-i{i}-what", _text("What we do", 200), each.what)
                self._put(f"{inside}-i{i}-often", _text("How often", 120), each.often)
                self._put(f"{inside}-i{i}-by", _text("Who", 120), each.by)

    def _put(self, name: str, field: forms.Field, initial: Any) -> None:
        self.fields[name] = field
        self.initial[name] = initial

    @property
    def problems(self) -> list[ProblemBoxes]:
        return [
            ProblemBoxes(
                name=f"p{p}",
                number=p + 1,
                of=problem,
                words=self[f"p{p}-words"],
                dimension=self[f"p{p}-dimension"],
                diagnoses=self[f"p{p}-diagnoses"] if f"p{p}-diagnoses" in self.fields else None,
                goal=self[f"p{p}-goal"],
                objectives=[
                    self._objective_boxes(f"p{p}-o{o}", f"{p + 1}.{o + 1}", objective)
                    for o, objective in enumerate(problem.objectives)
                ],
            )
            for p, problem in enumerate(self.shown.problems)
        ]

    def _objective_boxes(self, name: str, number: str, objective: Objective) -> ObjectiveBoxes:
        rows = [
            {
                "name": f"{name}-i{i}",
                "of": each,
                "what": self[f"{name}-i{i}-what"],
                "often": self[f"{name}-i{i}-often"],
                "by": self[f"{name}-i{i}-by"],
            }
            for i, each in enumerate([*objective.interventions, Intervention()])
        ]
        boxes = {part: self[f"{name}-{part}"] for part in ("words", "measure", "target", "due")}
        return ObjectiveBoxes(name=name, number=number, of=objective, interventions=rows, **boxes)

    def document(self) -> Document:
        """What the boxes say; where words came from is kept while they are the same."""
        given = self.cleaned_data
        hope = given["hope"].strip()
        return replace(
            self.saved,
            hope=hope,
            hope_from=self.saved.hope_from if hope == self.saved.hope else "",
            problems=tuple(self._problem(f"p{p}", problem) for p, problem in enumerate(self.shown.problems)),
        )

    def _problem(self, name: str, shown: Problem) -> Problem:
        given = self.cleaned_data
        was = next((each for each in self.saved.problems if each.key == shown.key), Problem(""))
        words, goal = given[f"{name}-words"].strip(), given[f"{name}-goal"].strip()
        return Problem(
            key=shown.key,
            dimension=given[f"{name}-dimension"],
            diagnoses=tuple(given.get(f"{name}-diagnoses", ())),
            words=words,
            words_from=was.words_from if words == was.words else "",
            goal=goal,
            goal_from=was.goal_from if goal == was.goal else "",
            objectives=tuple(
                self._objective(f"{name}-o{o}", objective) for o, objective in enumerate(shown.objectives)
            ),
        )

    def _objective(self, name: str, shown: Objective) -> Objective:
        given = self.cleaned_data
        was = [
            each
            for _number, _problem, saved in self.saved.numbered()
            if saved.key == shown.key
            for each in saved.interventions
        ]
        due = given[f"{name}-due"]
        return Objective(
            key=shown.key,
            words=given[f"{name}-words"].strip(),
            measure=given[f"{name}-measure"].strip(),
            target=given[f"{name}-target"].strip(),
            due=due.isoformat() if due else "",
            interventions=tuple(self._interventions(name, len(shown.interventions) + 1, was)),
        )

    def _interventions(self, name: str, count: int, was: list[Intervention]) -> Iterator[Intervention]:
        """Empty rows are left out."""
        for i in range(count):
            what, often, by = (self.cleaned_data[f"{name}-i{i}-{part}"].strip() for part in ("what", "often", "by"))
            same = next((each for each in was if (each.what, each.often, each.by) == (what, often, by)), None)
            if what or often or by:
                yield same or Intervention(what, often, by)

    def now_knows(self, seen: str) -> None:
        """Sent once more, it takes the place of that version."""
        given = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        given["seen"] = seen
        self.data = given


def _shape_of(data: QueryDict, saved: Document) -> Document:
    """As many problems, objectives and interventions as were sent, with the keys of the draft and nobody else's."""
    free = {problem.key for problem in saved.problems} | {each.key for _n, _p, each in saved.numbered()}

    def key(name: str) -> str:
        asked = data.get(f"{name}-key", "")
        if asked not in free:
            return str(uuid4())
        free.discard(asked)
        return str(asked)

    was = {problem.key: problem for problem in saved.problems}
    problems = []
    for p in range(MOST):
        if f"p{p}-key" not in data:
            break
        objectives = []
        for o in range(MOST):
            name = f"p{p}-o{o}"
            if f"{name}-key" not in data:
                break
            rows = sum(f"{name}-i{i}-what" in data for i in range(MOST + 1))
            objectives.append(Objective(key(name), interventions=(Intervention(),) * max(0, rows - 1)))
        own = key(f"p{p}")
        kept = was.get(own, Problem(own))
        problems.append(replace(kept, key=own, objectives=tuple(objectives)))
    return replace(saved, problems=tuple(problems))


def with_one_more(document: Document, where: str) -> tuple[Document, str]:
    """The document with a new, empty problem ("problem") or objective ("p0"), and the name of its boxes; as it is, and
    "", when nothing of that name is there or there are as many as a plan holds."""
    problems = list(document.problems)
    if where == "problem" and len(problems) < MOST:
        problems.append(Problem(str(uuid4()), objectives=(Objective(str(uuid4())),)))
        return replace(document, problems=tuple(problems)), f"p{len(problems) - 1}-words"
    at = next((p for p in range(len(problems)) if where == f"p{p}"), None)
    if at is None or len(problems[at].objectives) >= MOST:
        return document, ""
    objectives = (*problems[at].objectives, Objective(str(uuid4())))
    problems[at] = replace(problems[at], objectives=objectives)
    return replace(document, problems=tuple(problems)), f"p{at}-o{len(objectives) - 1}-words"


def without(document: Document, where: str) -> Document:
    """The document without the problem ("p0") or the objective ("p0-o1") of that name."""
    return replace(
        document,
        problems=tuple(
            replace(
                problem,
                objectives=tuple(each for o, each in enumerate(problem.objectives) if where != f"p{p}-o{o}"),
            )
            for p, problem in enumerate(document.problems)
            if where != f"p{p}"
        ),
    )
