"""Plans where people arrive: late ones on the day of counselor and director, the plan on a patient's page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.chart.models import Deadline
from stepdown.chart.services_deadlines import make_first_plan_deadlines, move_deadline
from stepdown.chart.tests.plans import in_group, signed_plan
from stepdown.desk.queries.day import day_of
from stepdown.desk.tests.scenes import day_page
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def late():
    """Someone whose first plan is two days late."""
    CenterFactory()
    seat = in_group(days=9)
    make_first_plan_deadlines(now=timezone.now())
    return seat


def told(staff):
    day = day_of(staff, timezone.now(), timezone.get_current_timezone())
    return [todo.what for todo in day.late], [todo.what for todo in day.coming]


def test_a_late_plan_stands_on_the_day_of_the_leader_and_of_the_director(late):
    what = f"First treatment plan, {late.patient.called}"
    for staff in (late.group.leader, StaffFactory(roles=[Role.DIRECTOR])):
        assert what in told(staff)[0]
    assert told(StaffFactory()) == ([], [])


def test_what_comes_within_a_week_stands_on_the_day_of_who_has_it(late):
    deadline = Deadline.objects.get()
    in_two_days = timezone.now() + timedelta(days=2)
    move_deadline(deadline=deadline, due_at=in_two_days, reason="Ill.", by=late.group.leader)
    what = f"First treatment plan, {late.patient.called}"
    assert what in told(late.group.leader)[1]
    assert told(StaffFactory(roles=[Role.DIRECTOR])) == ([], [])


def test_the_day_leads_to_the_plan(client, late):
    assert reverse("chart:plan", args=[late.patient.pk]) in day_page(client, late.group.leader)


def test_the_page_of_a_patient_tells_of_their_plan(client, late):
    page = sign_in(client, late.group.leader)
    url = reverse("desk:patient", args=[late.patient.pk])
    assert "No signed plan yet." in page.get(url).content.decode()
    signed_plan(late)
    told = page.get(url).content.decode()
    assert "Rides out an urge in 2 ways" in told
    assert reverse("chart:plan", args=[late.patient.pk]) in told
