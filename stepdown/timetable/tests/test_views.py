from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.models import Group
from stepdown.placement.tests.factories import ProgramFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(client):
    CenterFactory()
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


def html(response):
    return " ".join(response.content.decode().split())


def new_group(**changed):
    on = timezone.localdate() + timedelta(days=7)
    return {
        "program": ProgramFactory().pk,
        "name": "Aspen",
        "days": ["0", "2", "3"],
        "starts_at": "6:00 pm",
        "time_zone": "America/Chicago",
        "leader": StaffFactory().pk,
        "chairs": "8",
        "language": "en",
        "entry": "open",
        "opened_on_month": on.month,
        "opened_on_day": on.day,
        "opened_on_year": on.year,
        "act": "open",
    } | changed


def test_a_group_may_be_meant_for_some_and_closed_after_its_first_session(director):
    asked = new_group(tags=["women", "veterans"], language="es", entry="closed")
    answer = director.post(reverse("timetable:new"), asked, follow=True)
    group = Group.objects.get(name="Aspen")
    first = group.sessions.earliest("starts_at").service_date
    assert (group.tags, group.language, group.entry_until) == (["women", "veterans"], "es", first)
    assert f"For women and veterans. In Spanish. Closed to new people after {first:%B} {first.day}." in html(answer)


def test_a_group_is_open_and_for_everyone_unless_said_otherwise(director):
    director.post(reverse("timetable:new"), new_group())
    group = Group.objects.get(name="Aspen")
    assert (group.tags, group.language, group.entry_until) == ([], "en", None)


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        ("tags", ["tall"], "Choose one of the answers shown."),
        ("language", "", "Choose what is spoken in the group."),
        ("entry", "", "Choose whether people join later."),
        ("time_zone", "Mars/Olympus", "Choose one of the answers shown."),
    ],
)
def test_what_no_group_can_have_is_said_beside_its_field(director, field, given, sentence):
    answer = director.post(reverse("timetable:new"), new_group(**{field: given}))
    assert answer.status_code == 422
    assert sentence in html(answer)
    assert not Group.objects.exists()
