"""What came in of people who never became patients: who called and was not admitted, who is worried about somebody
nobody knows, who asked about somebody by name, who was a guest of a session.

No row of a person is behind such a record, so its first row, the root, stands for it: its id is what is due, held and
destroyed. A stage that keeps one says so once, in its retention.py, and which rows are of the class
(`retention.provide`, with the ways from them to the root). Source: RULE PRIV-34.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from stepdown.privacy.days import here
from stepdown.privacy.domain.retention import RecordClass
from stepdown.privacy.retention import Model
from stepdown.privacy.wording_retention import stranger_said

FOUND = 20


@dataclass(frozen=True)
class Root:
    """The first row of each record of a class. at: the column that dates it. waits: columns with the values (None or
    True) that say together that it is not done with; none where its years alone decide. names: columns in which it is
    found by a name. known: the key that leads to nobody in a stranger's, to a patient in another one; or to whoever
    else it is, so that it never becomes a patient's."""

    model: Model
    at: str
    waits: Mapping[str, bool | None]
    names: tuple[str, ...]
    known: str

    @property
    def may_lead(self) -> bool:
        """Whether it can turn out to be a patient's."""
        return self.known == "patient"


_roots: dict[RecordClass, Root] = {}


def provide(
    record_class: RecordClass,
    model: str,
    *,
    at: str,
    waits: Mapping[str, bool | None],
    names: tuple[str, ...],
    known: str = "patient",
) -> None:
    _roots[record_class] = Root(apps.get_model(model), at, waits, names, known)


def roots() -> dict[RecordClass, Root]:
    """By their class, in the order of the classes."""
    return {each: _roots[each] for each in RecordClass if each in _roots}


def roots_that_lead() -> list[Root]:
    return [root for root in roots().values() if root.may_lead]


def of_strangers(root: Root) -> QuerySet[Any, Any]:
    """The roots that lead to no patient, and are nobody's whom we know."""
    return root.model._base_manager.filter(**{root.known: None})


def done_with(root: Root) -> QuerySet[Any, Any]:
    """Those of strangers that nobody has to do anything about any more."""
    return of_strangers(root).exclude(**dict(root.waits)) if root.waits else of_strangers(root)


def is_done_with(record_class: RecordClass, root: UUID) -> bool:
    return done_with(_roots[record_class]).filter(pk=root).exists()


def said(ids: Iterable[UUID]) -> dict[UUID, str]:
    """What each record of a stranger is called, without a name; nothing for what is none, or is gone. A query for each
    class."""
    wanted, zone = set(ids), here()
    return {
        pk: stranger_said(each, at.astimezone(zone).date())
        for each, root in roots().items()
        if wanted
        for pk, at in of_strangers(root).filter(pk__in=wanted).values_list("pk", root.at)
    }


@dataclass(frozen=True)
class Found:
    """A record of a stranger that was looked for. named: the names in it, as somebody said them."""

    record_class: RecordClass
    root: UUID
    said: str
    named: list[str]


def found_by_name(words: str) -> list[Found]:
    """Records in which every one of these words is in a name, the newest of each class first; at most FOUND of each."""
    if not words.split():
        return []
    found = [(each, row) for each, root in roots().items() for row in _named(root, words.split())]
    called = said(row["pk"] for _each, row in found)
    return [
        Found(each, row["pk"], called[row["pk"]], [row[name] for name in _roots[each].names if row[name]])
        for each, row in found
    ]


def _named(root: Root, words: list[str]) -> list[dict[str, Any]]:
    wanted = Q()
    for name in root.names:
        of_column = Q()
        for word in words:
            of_column &= Q((f"{name}__icontains", word))
        wanted |= of_column
    return list(of_strangers(root).filter(wanted).order_by(f"-{root.at}").values("pk", *root.names)[:FOUND])


def led_to(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The patient to whom each of these roots has led since; nothing for a stranger's. A query for each class."""
    wanted = list(ids)
    return {
        pk: patient
        for root in roots_that_lead()
        if wanted
        for pk, patient in root.model._base_manager.filter(pk__in=wanted)
        .exclude(patient=None)
        .values_list("pk", "patient")
    }
