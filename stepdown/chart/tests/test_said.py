"""What a person told us since the group before stands beside what is written about them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.models import Attendance
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services
from stepdown.chart.queries_said import said_since
from stepdown.measures.models import Administration, CheckIn, WorkItem
from stepdown.measures.tests.factories import AdministrationFactory, finished
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    """Rosa was in the group three days ago and in this one, and told us something before, between and after them."""
    session = session_over()
    rosa = seated(session, first_name="Rosa")
    earlier = session_over(timedelta(days=3), group=session.group)
    for one in (earlier, session):
        was_in(one, rosa)
        services.open_note(session=one, by=session.leader)
    Attendance.objects.filter(session=earlier).update(status=Attendance.Status.PRESENT)
    for at, words in (
        (earlier.starts_at - timedelta(days=1), "Long before."),
        (session.starts_at - timedelta(hours=20), "Sat in the car and did not stop at the store."),
        (session.ends_at + timedelta(minutes=1), "Afterwards."),
    ):
        CheckIn.objects.create(
            patient=rosa,
            at=at,
            craving=6,
            mood="low",
            used_since=False,
            triggers=["work"],
            helped="A walk",
            words=words,
        )
    return session.note.parts.select_related("patient", "note__session", "attendance__seat").get()


def test_only_what_came_since_the_group_before_is_told(part):
    said = said_since(part, part.note.author)
    assert [one.words for one in said.check_ins] == ["Sat in the car and did not stop at the store."]
    assert (said.measures, said.work) == ([], [])


def test_finished_answers_and_their_flags_stand_there(part, django_assert_num_queries):
    asked = finished(AdministrationFactory(patient=part.patient, started_at=timezone.now()), value=2)
    assert asked.finished_at > part.note.session.ends_at
    part.note.session.ends_at = timezone.now()
    leader = part.note.author
    with django_assert_num_queries(6):
        said = said_since(part, leader)
    assert [each.administration for each in said.measures] == [asked]
    assert list(said.work) == list(WorkItem.objects.all())
    page = sign_in(Client(), part.note.author).get(reverse("chart:part", args=[part.pk])).content.decode()
    assert "Sat in the car and did not stop at the store." in page
    assert "Work" in page
    assert "Afterwards." not in page


def test_who_stands_in_for_a_session_sees_no_answers(part):
    assert Administration.objects.count() == 0
    assert said_since(part, StaffFactory()) is None
