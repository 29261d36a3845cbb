"""Which rows tell of a person, in which class of records, and by which way they lead to the person.

A stage that keeps such rows says so once, in its AppConfig.ready(); `tests/consistency/test_retention.py` fails for a
model that leads to a patient and is in no class. From it comes what destroys them (`retention_sql`).
Source: RULE PRIV-34.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from stepdown.people.models import Patient
from stepdown.privacy.domain.retention import OF_PATIENTS, STRANGERS, RecordClass

Model = type[models.Model]
Service = Callable[[QuerySet[Patient]], QuerySet[Any, Any]]
Blocks = Callable[[Iterable[UUID]], dict[UUID, list[str]]]


@dataclass(frozen=True)
class Held:
    """Rows of a model. ways: lookups from the row to the patient, any of which makes it theirs, "" for their own row;
    in a class of strangers to the root of the record (`privacy.strangers`). times: columns of which the first and the
    last say from when to when the rows are."""

    model: Model
    ways: tuple[str, ...]
    times: tuple[str, ...]


_held: dict[RecordClass, dict[Model, Held]] = {each: {} for each in RecordClass}
_kept: dict[Model, str] = {}
_service: list[Service] = []
_blocks: list[Blocks] = []


def provide(
    record_class: RecordClass,
    app: str,
    ways: Mapping[str, str | tuple[str, ...]],
    times: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Rows of these models of an app are of this class. A model is in one class of patients at most, and in one of
    strangers. times: where other columns count than the one that says when a row was written."""
    for name, way in ways.items():
        model = apps.get_model(app, name)
        of_model = times[name] if times and name in times else _written(model)
        _held[record_class][model] = Held(model, (way,) if isinstance(way, str) else way, of_model)


def keep(app: str, name: str, why: str) -> None:
    """Rows of this model lead to a person, and stay when the person's record is destroyed."""
    _kept[apps.get_model(app, name)] = why


def _written(model: Model) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.fields if field.has_default() and field.default is timezone.now)


def class_of(model: Model) -> RecordClass | None:
    """The class of those rows of a model that lead to a patient."""
    return next((each for each in OF_PATIENTS if model in _held[each]), None)


def held(record_class: RecordClass) -> list[Held]:
    """What is of this class, what points at other rows first."""
    mine = dict(sorted((model._meta.label, one) for model, one in _held[record_class].items()))
    before = {
        name: [other for other in mine if other != name and _points(mine[other].model, one.model)]
        for name, one in mine.items()
    }
    return [mine[name] for name in TopologicalSorter(before).static_order()]


def kept() -> dict[Model, str]:
    return dict(_kept)


def waits_for(record_class: RecordClass) -> set[RecordClass]:
    """Classes of the same patient that are destroyed before this one, as their rows point at its rows. A stranger's
    record is of one class."""
    if record_class in STRANGERS:
        return set()
    return {
        of
        for of in OF_PATIENTS
        if of != record_class and any(_points(model, target) for model in _held[of] for target in _held[record_class])
    }


def _points(model: Model, target: Model) -> bool:
    return any(field.related_model is target for field in foreign_keys(model))


def foreign_keys(model: Model) -> Iterator[Any]:
    """Those that the database keeps."""
    return (field for field in model._meta.fields if field.is_relation and getattr(field, "db_constraint", False))


# -- what later stages know


def provide_service(service: Service) -> None:
    """Sets who says when somebody was last served: annotates patients with `last_service_at` (None: was never in care)
    and `is_in_care`. The last one wins."""
    _service[:] = [service]


def with_service(patients: QuerySet[Patient]) -> QuerySet[Any, Any]:
    if _service:
        return _service[0](patients)
    never = models.Value(None, output_field=models.DateTimeField())
    return patients.annotate(last_service_at=never, is_in_care=models.Value(False))


def provide_blocks(blocks: Blocks) -> None:
    """Adds somebody who says what keeps the records of these patients from being destroyed, in sentences."""
    _blocks.append(blocks)


def blocks_of(patients: Iterable[UUID]) -> dict[UUID, list[str]]:
    wanted = list(patients)
    found: dict[UUID, list[str]] = {one: [] for one in wanted}
    for blocks in _blocks:
        for patient, sentences in blocks(wanted).items():
            found[patient] += sentences
    return found
