"""Queries whose SQL is put together once for each process, as that takes Django longer than PostgreSQL takes to answer.

    @prepared
    def safety_plans(patient: UUID) -> QuerySet[SafetyPlan]:
        return SafetyPlan.objects.filter(patient=patient).order_by("-number")

    safety_plans(patient.pk)  # a list, read anew at each call

Why, and what it rests on: docs/adr/0012-the-sql-of-hot-pages-is-put-together-once.md.
"""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, datetime
from functools import partial, update_wrapper
from random import getrandbits
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

P = ParamSpec("P")
R = TypeVar("R")

# A value that stands for those of one type while the SQL is put together: no other in a query is the same.
MARKS: dict[type, Callable[[], Any]] = {
    UUID: uuid4,
    datetime: lambda: datetime.fromtimestamp(getrandbits(31) + getrandbits(19) / 2**20, UTC),
    int: lambda: getrandbits(31),
    str: lambda: uuid4().hex,
}


class Prepared(Generic[P, R]):
    """The rows of the query that `build` gives for these values, as a list.

    build: takes ids, times, numbers and texts, and uses each of them as a value in the query and for nothing else: what
    it looks like does not depend on them. Raises TypeError for a value of another type, such as None, and when one does
    not come into the SQL as it is.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, R]]) -> None:
        self.build = build
        self._ready: dict[tuple[type, ...], _Ready] = {}
        update_wrapper(self, build)
        every.append(self)

    def __call__(self, *values: P.args, **none: P.kwargs) -> list[R]:
        return list(self._ready_for(values).queryset(values))

    def inside(self, *values: P.args, **none: P.kwargs) -> RawSQL:
        """The same query as part of another, behind `__in`."""
        return RawSQL(*self._ready_for(values).sql(values))  # noqa: S611  # what Django made of it itself

    def _ready_for(self, values: Sequence[Any]) -> "_Ready":
        types = tuple(type(value) for value in values)
        if types not in self._ready:
            self._ready[types] = _Ready(self.build, types)
        return self._ready[types]


def prepared(build: Callable[P, QuerySet[Any, R]]) -> Prepared[P, R]:
    return Prepared(build)


every: list[Prepared[Any, Any]] = []


class _Ready:
    """A query for values of these types, with its SQL."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], types: tuple[type, ...]) -> None:
        if unknown := [each.__name__ for each in types if each not in MARKS]:
            raise TypeError(f"A prepared query takes no {unknown[0]}.")
        marks = [MARKS[each]() for each in types]
        self._queryset = build(*marks)
        self._compiler = self._queryset.query.get_compiler(using=self._queryset.db)
        self._sql, params = self._compiler.as_sql()
        self._params = [(marks.index(each) if each in marks else None, each) for each in params]
        if {place for place, _ in self._params} - {None} != set(range(len(marks))):
            raise TypeError("A value does not come into the SQL as it is.")
        self._compiler.connection = None  # that of whoever asks is taken
        self._converters: Any = None

    def sql(self, values: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
        """With the parameters that belong to it."""
        return self._sql, tuple(each if place is None else values[place] for place, each in self._params)

    def queryset(self, values: Sequence[Any]) -> QuerySet[Any, Any]:
        _sql, params = self.sql(values)
        found = self._queryset.all()
        found.query.get_compiler = partial(self._with, params)  # type: ignore[method-assign]  # for this query alone
        return found

    def _with(self, params: tuple[Any, ...], using: str, **_more: Any) -> Any:
        """A compiler that has done its work, and has the columns it found."""
        compiler = copy(self._compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_, **__: (self._sql, params)
        compiler.get_converters = partial(self._converted, compiler)
        return compiler

    def _converted(self, compiler: Any, columns: Any) -> Any:
        """What makes values of the columns, which are the same each time; it takes the connection at each value."""
        if self._converters is None:
            self._converters = type(compiler).get_converters(compiler, columns)
        return self._converters
