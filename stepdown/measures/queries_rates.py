"""How much of what is asked is answered, as a measure of its own; cells of fewer than eleven people are hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from stepdown.kernel.instruments import all_ids, load
from stepdown.measures.domain.aggregate import Answers, Rate, rates
from stepdown.measures.models import Administration
from stepdown.measures.permissions import self_rated
from stepdown.measures.queries import patients_scored_for
from stepdown.people.models import Role, Staff

SINCE = timedelta(days=90)


@dataclass(frozen=True)
class ResponseRates:
    """by: instrument -> its rate, None where it is hidden; one that nobody was asked is left out. whole: of all."""

    by: Mapping[str, Rate | None]
    whole: Rate | None
    since: date


def response_rates(staff: Staff, today: date) -> ResponseRates:
    """Of what came due in the last 90 days, or was answered before it did: a director's, of everyone; a counselor's, of
    their own patients. Questions that a clinician asks do not count. One query."""
    since = today - SINCE
    told = Q(finished_at__isnull=False) | Q(lapsed_at__isnull=False) | Q(due_on__lt=today)
    asked = [name for name in all_ids() if self_rated(load(name))]
    rows = Administration.objects.filter(told, due_on__gte=since, instrument__in=asked)
    if not staff.has_role(Role.DIRECTOR):
        rows = rows.filter(patient__in=patients_scored_for(staff).values("pk"))
    answered = Count("pk", filter=Q(finished_at__isnull=False))
    people: dict[str, list[Answers]] = {}
    counted = rows.order_by().values_list("instrument", "patient").annotate(asked=Count("pk"), answered=answered)
    for instrument, _patient, count, done in counted:
        people.setdefault(instrument, []).append(Answers(done, count))
    by, whole = rates(people)
    return ResponseRates(by, whole, since)
