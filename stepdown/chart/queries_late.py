"""What is late with others, for directors: notes of contacts that nobody signed, co-signatures that nobody gave."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce

from stepdown.chart.domain.parts import LATE_AFTER
from stepdown.chart.models import ContactNote, NotePart
from stepdown.people.models import Role, Staff
from stepdown.people.supervision import supervisor_of
from stepdown.people.visibility import not_hidden


def drafts_until(ended_by: datetime) -> QuerySet[Any]:
    """Notes of contacts that are not signed, of those that ended (`until`; or else were begun) until then."""
    return (
        ContactNote.objects.filter(signed_at=None)
        .annotate(until=Coalesce("ends_at", "begun_at"))
        .filter(until__lte=ended_by)
    )


def late_drafts_of_others(staff: Staff, now: datetime) -> QuerySet[Any]:
    """For a director, the drafts of others that are late; whose they are and what of, none of their words."""
    late = drafts_until(now - LATE_AFTER).exclude(author=staff)
    late = late.filter(not_hidden(staff)) if staff.has_role(Role.DIRECTOR) else late.none()
    return late.select_related("author", "patient").only(
        "kind", "on", "ends_at", "begun_at", "author__name", "patient__first_name", "patient__last_name",
        "patient__chosen_name",
    ).order_by("until")  # fmt: skip


@dataclass(frozen=True)
class LateCosigns:
    """Notes of one author whose co-signature is late. supervisor: who gives it; due_at: of the longest waiting one."""

    author: Staff
    supervisor: Staff | None
    count: int
    due_at: datetime

    @property
    def said(self) -> str:
        return f"{self.count} {'note' if self.count == 1 else 'notes'} of {self.author.name} to co-sign"

    @property
    def who(self) -> str:
        return f"{self.supervisor.name} co-signs" if self.supervisor else "Nobody is named who co-signs"


def late_cosigns_of_others(staff: Staff, due_by: datetime) -> list[LateCosigns]:
    """For a director, what others have not co-signed that was due until then, the longest waiting first. Three queries,
    and one for each author."""
    if not staff.has_role(Role.DIRECTOR):
        return []
    found: dict[Any, tuple[int, datetime]] = {}
    for kind in (NotePart, ContactNote):
        waiting = kind.objects.awaiting().with_writer().filter(cosign_due_at__lte=due_by)
        for writer, count, due in waiting.order_by().values_list("writer").annotate(Count("pk"), Min("cosign_due_at")):
            before, first = found.get(writer, (0, due))
            found[writer] = before + count, min(first, due)
    rows = [
        LateCosigns(author, supervisor_of(author), *found[author.pk]) for author in Staff.objects.filter(pk__in=found)
    ]
    return sorted((row for row in rows if row.supervisor != staff), key=lambda row: row.due_at)
