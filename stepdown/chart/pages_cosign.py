"""Notes as they are read before a supervisor signs them, put together from queries."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stepdown.chart import pages, pages_contacts
from stepdown.chart import queries_cosign as queries
from stepdown.chart.domain.vocabulary import INTERVENTIONS, said
from stepdown.chart.models import Addendum, NotePart


@dataclass(frozen=True)
class Reading:
    """Notes that are read together, as they stand: `parts` of one session with its shared part, or one contact."""

    bundle: queries.Bundle
    parts: list[pages.Read]
    interventions: str = ""
    shared_addenda: tuple[Addendum, ...] = ()
    told: pages_contacts.Told | None = None
    addenda: tuple[Any, ...] = ()


def readings(bundles: list[queries.Bundle]) -> list[Reading]:
    """One query for all group notes, one for each contact."""
    added: dict[UUID, list[Addendum]] = defaultdict(list)
    notes = [bundle.group_note for bundle in bundles if bundle.group_note]
    for addendum in Addendum.objects.filter(note__in=notes).select_related("by"):
        added[addendum.note_id].append(addendum)
    return [_reading(bundle, added) for bundle in bundles]


def _reading(bundle: queries.Bundle, added: dict[UUID, list[Addendum]]) -> Reading:
    first = bundle.first.note
    if not isinstance(first, NotePart):
        return Reading(bundle, [], told=pages_contacts.told(first), addenda=tuple(queries.addenda_to(first)))
    note, addenda = first.note, added[first.note_id]
    return Reading(
        bundle,
        [pages.read_part(part, note, pages.format_of(note), addenda) for part in bundle.parts],
        ", ".join(said(note.interventions, INTERVENTIONS)),
        tuple(each for each in addenda if each.patient_id is None),
    )
