"""What several tests of the chart begin with."""

import pytest

from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services
from stepdown.people.tests.factories import CenterFactory, StaffFactory


@pytest.fixture
def note():
    """Rosa and Theo were there, Gus was not."""
    CenterFactory()
    session = session_over()
    for first_name, last_name, there in (("Rosa", "Specimenova", 1), ("Theo", "Mustermann", 1), ("Gus", "Proban", 0)):
        patient = seated(session, first_name=first_name, last_name=last_name)
        if there:
            was_in(session, patient)
    return services.open_note(session=session, by=session.leader)


@pytest.fixture
def colleague(note):
    """The co-leader, who has the page of Rosa or of the shared part open as well."""
    note.session.co_leader = StaffFactory(name="Jon Rivers")
    note.session.save()
    return note.session.co_leader
