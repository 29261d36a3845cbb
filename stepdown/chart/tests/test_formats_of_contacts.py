"""In which format notes of other contacts begin: that of the center, but where a director gave a template its own."""

import pytest

from stepdown.chart import services_contacts, services_templates
from stepdown.chart.domain.formats import Format
from stepdown.chart.domain.templates import GROUP, shipped
from stepdown.chart.services import set_format
from stepdown.chart.tests.plans import in_group
from stepdown.people.models import Role
from stepdown.people.tests.factories import CenterFactory, StaffFactory


@pytest.fixture
def seat(db):
    CenterFactory()
    return in_group()


@pytest.fixture
def director():
    return StaffFactory(roles=[Role.DIRECTOR])


def begun(seat):
    return services_contacts.begin_contact(patient=seat.patient, kind="phone", by=seat.group.leader)


def test_a_template_nobody_changed_has_the_format_of_the_center_and_notes_begun_before_keep_theirs(seat, director):
    before = begun(seat)
    set_format(format=Format.SOAP, by=director)
    after = begun(seat)
    before.refresh_from_db()
    assert (before.format, after.format) == (Format.DAP, Format.SOAP)
    assert [each.name for each in after.template.headings] == ["Subjective", "Objective", "Assessment", "Plan"]
    assert services_templates.in_force("phone") == after.template  # asked again, there is no further version


def test_a_template_that_a_director_changed_keeps_its_own_format(seat, director):
    seen = services_templates.in_force("phone").number
    headings = shipped("phone", Format.BIRP)
    own = services_templates.save_template(kind="phone", form="birp", headings=headings, seen=seen, by=director)
    set_format(format=Format.GIRP, by=director)
    assert begun(seat).template == own


def test_the_template_of_the_group_note_stays_as_it_is(seat, director):
    first = services_templates.in_force(GROUP)
    set_format(format=Format.GIRP, by=director)
    assert services_templates.in_force(GROUP) == first
