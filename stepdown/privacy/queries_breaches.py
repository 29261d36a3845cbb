"""What may have been a breach: the list, whom one concerns, and what is still to be done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from stepdown.people.models import Staff
from stepdown.privacy.days import today
from stepdown.privacy.domain import breach as rules
from stepdown.privacy.models import Affected, SuspectedBreach
from stepdown.privacy.models.breaches import TOLD_ON
from stepdown.ui.navigation import Waiting


@dataclass(frozen=True)
class Todo:
    """One duty; done_on: the day it was done."""

    duty: rules.Duty
    done_on: date | None

    def is_late(self, on: date) -> bool:
        return self.done_on is None and self.duty.by < on


@dataclass(frozen=True)
class Standing:
    """One incident as it stands: how many it concerns, what is to be done and by when."""

    breach: SuspectedBreach
    people: int
    todo: list[Todo]

    @property
    def is_open(self) -> bool:
        """Not concluded, or a breach of which somebody is still to be told."""
        if not self.breach.conclusion:
            return True
        is_breach = self.breach.conclusion == SuspectedBreach.Conclusion.BREACH
        return is_breach and (not self.people or any(one.done_on is None for one in self.todo))

    @property
    def next_by(self) -> date:
        """The next last day; while nothing is concluded, that on which those concerned would have to know."""
        due = [one.duty.by for one in self.todo if one.done_on is None]
        return min(due, default=rules.last_day(self.breach.discovered_on))


def breaches() -> QuerySet[SuspectedBreach]:
    """For privacy officers."""
    return SuspectedBreach.objects.select_related("recorded_by", "concluded_by").order_by("-discovered_on")


def affected(breach: SuspectedBreach) -> QuerySet[Affected]:
    """Whom it concerns, those left out last."""
    rows = Affected.objects.filter(breach=breach).select_related("patient", "added_by")
    return rows.order_by("left_out_why", "patient__last_name", "patient__first_name")


def standing(breach: SuspectedBreach) -> Standing:
    """One query."""
    return _standing(breach, _by_state([breach]).get(breach.pk, {}))


def standings() -> list[Standing]:
    """Open ones first, the first due first. Two queries."""
    rows = list(breaches())
    counts = _by_state(rows)
    found = [_standing(row, counts.get(row.pk, {})) for row in rows]
    return sorted(found, key=lambda one: (not one.is_open, one.next_by if one.is_open else date.max))


def waits_for(_staff: Staff) -> Waiting:
    """Two queries."""
    waiting = [one for one in standings() if one.is_open]
    on = today() if waiting else date.min
    return Waiting(len(waiting), sum(one.next_by < on for one in waiting))


def _by_state(rows: list[SuspectedBreach]) -> dict[object, dict[str, int]]:
    """Of each, people by state. One query."""
    counted = Affected.objects.filter(breach__in=rows, left_out_why="").values_list("breach", "patient__state")
    found: dict[object, dict[str, int]] = {}
    for breach, state, people in counted.annotate(n=Count("pk")).order_by():
        found.setdefault(breach, {})[state] = people
    return found


def _standing(breach: SuspectedBreach, counts: dict[str, int]) -> Standing:
    duties = []
    if breach.conclusion == SuspectedBreach.Conclusion.BREACH:
        duties = rules.duties(breach.discovered_on, counts)
    todo = [Todo(duty, getattr(breach, TOLD_ON[duty.whom])) for duty in duties]
    return Standing(breach, sum(counts.values()), todo)
