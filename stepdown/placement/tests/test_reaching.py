"""Who reaches somebody of whom a note says how that is safe, and what the page about their seat says of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from stepdown.admissions.tests.factories import AssessmentFactory, EpisodeFactory
from stepdown.outreach import tasks
from stepdown.outreach.models import Message
from stepdown.outreach.safe_way import who_reaches
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, PatientFactory, StaffFactory
from stepdown.placement import services
from stepdown.placement.tests.factories import GroupFactory, SeatFactory
from stepdown.timetable.services import extend_timetable

pytestmark = pytest.mark.django_db
NOTE = "Never text. My husband reads my phone."
NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)  # Tuesday, 9:00 am Central


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kit():
    return StaffFactory(roles=[Role.ADMISSIONS])


@pytest.fixture
def group():
    group = GroupFactory(opened_on=date(2026, 3, 2))
    extend_timetable(group=group)
    return group


def test_who_leads_their_group_reaches_them_before_who_has_them_on_the_caseload(group):
    seat = SeatFactory(group=group, accepted=True, patient=PatientFactory(counselor=StaffFactory()))
    assert who_reaches(seat.patient) == [group.leader]


def test_nobody_who_left_or_does_not_see_the_record_reaches_them(group, kit):
    director = StaffFactory(roles=[Role.DIRECTOR])
    gone = StaffFactory(roles=[Role.ADMISSIONS], ended_at=timezone.now() - timedelta(days=1))
    blind = StaffFactory()
    for by in (gone, blind):
        assert who_reaches(SeatFactory(offered_by=by).patient) == [director]
    assert who_reaches(SeatFactory(offered_by=kit).patient) == [kit]


@pytest.mark.parametrize("by_staff", [True, False])
def test_an_offer_is_told_to_who_made_it_or_to_who_keeps_the_inquiry(group, kit, by_staff):
    assessment = AssessmentFactory(decided=True, inquiry__assigned_to=kit)
    patient = PatientFactory(safe_contact_note=NOTE)
    episode = EpisodeFactory(patient=patient, assessment=assessment)
    by = StaffFactory(roles=[Role.ADMISSIONS]) if by_staff else None
    seat = services.offer_seat(episode=episode, group=group, by=by)
    offer = Message.objects.get(patient=seat.patient)
    tasks.deliver(message_id=str(offer.pk))
    offer.refresh_from_db()
    assert (offer.sent_at, offer.failure) == (None, "A note says how it is safe to reach them.")
    assert Message.objects.get(kind="look").staff == (by or kit)


def test_the_page_of_an_offer_shows_the_note_and_says_that_no_message_goes_out(client, group, kit):
    CenterFactory()
    episode = EpisodeFactory(patient=PatientFactory(safe_contact_note=NOTE))
    page = reverse("placement:offer", args=[episode.pk])
    sign_in(client, kit)
    assert NOTE in client.get(page).content.decode()
    told = client.post(page, {"group": str(group.pk)}, follow=True).content.decode()
    assert "No message goes out" in told
