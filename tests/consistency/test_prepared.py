"""Queries whose SQL is put together once: what they look like never depends on the values they are asked with."""

import inspect

import pytest

from stepdown.config import urls  # noqa: F401  # brings every page, and so every query
from stepdown.kernel.prepared import Prepared, _Ready, every

OURS = [each for each in every if ".tests." not in each.build.__module__]


def types_of(query: Prepared) -> tuple[type, ...]:
    parameters = inspect.signature(query.build).parameters.values()
    return tuple(each.annotation for each in parameters for _ in range(1 + 2 * (each.kind == each.VAR_POSITIONAL)))


@pytest.mark.django_db
@pytest.mark.parametrize("query", OURS, ids=lambda query: f"{query.build.__module__}.{query.build.__name__}")
def test_a_prepared_query_is_the_same_for_all_values(query):
    one, other = (_Ready(query.build, types_of(query)) for _ in range(2))
    assert one._sql == other._sql
    fixed = [[repr(each) for place, each in ready._params if place is None] for ready in (one, other)]
    assert fixed[0] == fixed[1]
    assert [place for place, _ in one._params] == [place for place, _ in other._params]


def test_there_are_prepared_queries():
    assert len(OURS) > 20
