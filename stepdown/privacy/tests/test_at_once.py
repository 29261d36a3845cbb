"""Many who look at the same moment."""

import pytest

from stepdown.kernel.tests.at_once import all_at_once
from stepdown.people.tests.factories import PatientFactory, StaffFactory
from stepdown.privacy import services_looks
from stepdown.privacy.models import Act, Look, Purpose


@pytest.mark.django_db(transaction=True)
def test_looks_of_one_moment_stand_in_one_chain():
    staff, patient = StaffFactory(), PatientFactory()

    def look():
        services_looks.keep(
            staff=staff, own=None, act=Act.READ, page="desk:day", about="{}", purpose=Purpose.TREATMENT,
            place=None, status=200, patients=[patient.pk],
        )  # fmt: skip

    assert all_at_once([look] * 20) == [None] * 20
    assert list(Look.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 21))
    assert services_looks.verify().broken_at is None
