"""The list of notes about one patient: whose notes a reader finds there."""

import pytest

from stepdown.chart.queries import parts_visible_to
from stepdown.chart.queries_chart import latest, reads_all
from stepdown.chart.queries_contacts import contacts_visible_to
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.chart.tests.factories import signed
from stepdown.people.models import Role
from stepdown.people.tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    """Of somebody with a note of the group, by who led it then, and one of a talk with who leads it now."""
    note = signed(present=1)
    seat = note.parts.get().attendance.seat
    seat.group.leader, seat.group.co_leader = StaffFactory(), StaffFactory()
    seat.group.save()
    seat.patient.counselor = StaffFactory()
    seat.patient.save()
    signed_contact(written_contact(seat.patient, seat.group.leader))
    return seat


def reader(who, seat):
    return {
        "directs": lambda: StaffFactory(roles=[Role.DIRECTOR]),
        "has them on the caseload": lambda: seat.patient.counselor,
        "leads": lambda: seat.group.leader,
        "co-leads": lambda: seat.group.co_leader,
        "led": lambda: seat.patient.note_parts.get().note.author,
        "neither": StaffFactory,
    }[who]()


@pytest.mark.parametrize(
    ("who", "count"),
    [("directs", 2), ("has them on the caseload", 2), ("leads", 2), ("co-leads", 2), ("led", 1), ("neither", 0)],
)
def test_what_the_seat_tells_of_a_reader_is_what_looking_tells(seat, who, count):
    staff = reader(who, seat)
    assert reads_all(seat.patient, staff, seat) == (count == 2)
    assert latest(seat.patient, staff, 10, seat)[1] == count
    assert latest(seat.patient, staff, 10)[1] == count
    seen = [parts_visible_to(staff), contacts_visible_to(staff).filter(signed_at__isnull=False)]
    assert sum(rows.filter(patient=seat.patient).count() for rows in seen) == count
