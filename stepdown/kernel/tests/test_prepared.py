"""Queries whose SQL is put together once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models import Q, QuerySet
from django.utils import timezone

from stepdown.kernel.prepared import prepared
from stepdown.people.models import Patient
from stepdown.people.tests.factories import PatientFactory, StaffFactory

pytestmark = pytest.mark.django_db


@prepared
def whole(patient: UUID) -> QuerySet[Patient]:
    return Patient.objects.filter(pk=patient).select_related("counselor").prefetch_related("devices")


@prepared
def since(at, state) -> QuerySet[Patient, str]:
    return Patient.objects.filter(created_at__gt=at, state=state).order_by("city").values_list("city", flat=True)


def test_rows_are_read_anew_for_each_value_with_what_belongs_to_them(django_assert_num_queries):
    one, other = PatientFactory(counselor=StaffFactory()), PatientFactory()
    with django_assert_num_queries(4):
        (found,) = whole(one.pk)
        assert (found, found.counselor, list(found.devices.all())) == (one, one.counselor, [])
        assert [row.counselor for row in whole(other.pk)] == [None]
    one.city = "Ada"
    one.save()
    assert whole(one.pk)[0].city == "Ada"
    assert whole(uuid4()) == []


def test_values_stand_where_they_belong():
    before = timezone.now() - timedelta(hours=1)
    for state, city in (("OK", "Norman"), ("OK", "Ada"), ("TX", "Waco")):
        PatientFactory(state=state, city=city)
    assert since(before, "OK") == ["Ada", "Norman"]
    assert since(before, "TX") == ["Waco"]
    assert since(timezone.now() + timedelta(hours=1), "OK") == []


def test_the_sql_is_put_together_once(monkeypatch):
    asked = []

    def build(patient: UUID) -> QuerySet[Patient]:
        asked.append(patient)
        return Patient.objects.filter(pk=patient)

    query = prepared(build)
    for _ in range(3):
        assert query(uuid4()) == []
    assert len(asked) == 1


def test_it_stands_inside_another_query_also_where_that_is_denied():
    kept, other = PatientFactory(state="OK", city="Ada"), PatientFactory(state="TX", city="Waco")
    ids = prepared(lambda state: Patient.objects.filter(state=state).values("pk"))
    assert list(Patient.objects.filter(pk__in=ids.inside("OK"))) == [kept]
    assert list(Patient.objects.filter(~Q(pk__in=ids.inside("OK")))) == [other]
    assert list(Patient.objects.filter(Q(pk__in=ids.inside("OK")) | Q(pk__in=ids.inside("TX"))).order_by("city")) == [
        kept,
        other,
    ]


@pytest.mark.parametrize(
    ("build", "value", "why"),
    [
        (lambda value: Patient.objects.filter(pk=value), None, "takes no NoneType"),
        (lambda value: Patient.objects.filter(Q(state="OK") if value else Q()), "OK", "as it is"),
        (lambda value: Patient.objects.filter(city=value.upper()), "Ada", "as it is"),
    ],
)
def test_a_value_that_would_change_the_query_is_refused(build, value, why):
    with pytest.raises(TypeError, match=why):
        prepared(build)(value)
