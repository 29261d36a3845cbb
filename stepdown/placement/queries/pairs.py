"""Who is kept apart from whom, who would like to sit together, and what of it each of the staff may know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from stepdown.people.models import Patient, Role, Staff
from stepdown.placement.models import Group, Pair, Seat
from stepdown.placement.queries.visible import patients_visible_to

EMPTY: frozenset[object] = frozenset()


@dataclass(frozen=True)
class Pairs:
    """Of some patients: ids of those each is kept apart from (patients and staff), and would like to sit with."""

    kept_apart: dict[UUID, frozenset[object]]
    kept_together: dict[UUID, frozenset[object]]

    @classmethod
    def of(cls, patients: Iterable[UUID]) -> "Pairs":
        """One query."""
        asked = set(patients)
        found: dict[bool, dict[UUID, set[object]]] = {True: defaultdict(set), False: defaultdict(set)}
        pairs = Pair.objects.filter(Q(one__in=asked) | Q(other__in=asked), ended_at=None)
        for one, other, staff, apart in pairs.values_list("one", "other", "staff", "apart"):
            found[apart][one].add(other or staff)
            if other:
                found[apart][other].add(one)
        return cls(*({who: frozenset(them) for who, them in found[apart].items()} for apart in (True, False)))

    def apart(self, patient: UUID) -> frozenset[object]:
        return self.kept_apart.get(patient, EMPTY)

    def together(self, patient: UUID) -> frozenset[object]:
        return self.kept_together.get(patient, EMPTY)


def pairs_of(patient: Patient) -> QuerySet[Pair]:
    """All of one patient's that stand, kept apart first."""
    pairs = Pair.objects.filter(Q(one=patient) | Q(other=patient), ended_at=None)
    return pairs.select_related("one", "other", "staff", "entered_by").order_by("-apart", "entered_at")


def count_pairs(patient: Patient) -> dict[str, int]:
    """How many are kept apart from them, and would like to sit with them. One query."""
    found = list(pairs_of(patient).order_by().values_list("apart", flat=True))
    return {"apart": sum(found), "together": len(found) - sum(found)}


def knows_why(staff: Staff, pair: Pair) -> bool:
    """Whether they may read what the two are to each other, and why: who entered it, and the director."""
    return pair.entered_by_id == staff.pk or staff.has_role(Role.DIRECTOR)


@dataclass(frozen=True)
class PairLine:
    """One line of a patient's page. who: the other one, or that it is somebody this reader does not see.
    why: empty for whoever may not know. groups: where both sit now, in spite of it."""

    pair: Pair
    who: str
    why: str
    may_end: bool
    groups: list[str]


def pair_lines(patient: Patient, staff: Staff, now: datetime) -> list[PairLine]:
    pairs = list(pairs_of(patient))
    others = {pair.pk: pair.other if pair.one_id == patient.pk else pair.one for pair in pairs if pair.other_id}
    asked = [other.pk for other in others.values() if other]
    seen = set(patients_visible_to(staff).filter(pk__in=asked).values_list("pk", flat=True))
    return [_line(pair, others.get(pair.pk), staff, seen, now) for pair in pairs]


def _line(pair: Pair, other: Patient | None, staff: Staff, seen: set[UUID], now: datetime) -> PairLine:
    if other is None:
        who = pair.staff.name if pair.staff else ""
    else:
        who = other.name if other.pk in seen else "Another patient"
    knows = knows_why(staff, pair)
    why = f"{pair.get_kind_display()}. {pair.reason}".strip() if knows else ""
    groups = shared_groups(pair, now) if pair.apart and (other is None or other.pk in seen) else []
    return PairLine(pair, who, why, knows, groups)


def shared_groups(pair: Pair, now: datetime) -> list[str]:
    """Names of the groups in which both have a standing seat now or later; with staff, those that they lead."""
    seats = Seat.objects.standing().filter(Q(ends_at=None) | Q(ends_at__gt=now))
    seats = seats.filter(Q(accepted_at__isnull=False) | Q(held_until__gt=now))
    groups = Group.objects.filter(pk__in=seats.filter(patient=pair.one_id).values("group"))
    if pair.other_id:
        groups = groups.filter(pk__in=seats.filter(patient=pair.other_id).values("group"))
    else:
        groups = groups.filter(Q(leader=pair.staff_id) | Q(co_leader=pair.staff_id))
    return list(groups.values_list("name", flat=True))


def staff_kept_apart(staff: Iterable[UUID], group: UUID, at: datetime) -> set[UUID]:
    """Ids of those of these staff who are kept apart from someone with a seat in the group then. One query."""
    seats = Seat.objects.standing().at(at).filter(group=group)
    pairs = Pair.objects.filter(apart=True, ended_at=None, staff__in=set(staff), one__in=seats.values("patient"))
    return set(pairs.values_list("staff__pk", flat=True))


def found_by_name(staff: Staff, words: str, *, but: Patient) -> list[Patient]:
    """Patients whom this person may see, by the beginnings of their names; ten at most."""
    parts = words.split()[:4]
    if not parts:
        return []
    found = patients_visible_to(staff).exclude(pk=but.pk)
    for word in parts:
        found = found.filter(
            Q(last_name__istartswith=word) | Q(first_name__istartswith=word) | Q(chosen_name__istartswith=word)
        )
    return list(found.order_by("last_name", "first_name", "id")[:10])
