"""A note that is late is told of: its writers after a day, the directors after three, each once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.tests.factories import session_over
from stepdown.chart import queries
from stepdown.chart.services_late import tell_of_late_notes
from stepdown.chart.tests.factories import note_of, signed
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    CenterFactory()
    return StaffFactory(roles=[Role.DIRECTOR])


def told() -> list:
    return list(Message.objects.order_by("staff__name").values_list("staff", flat=True))


def test_within_a_day_nobody_is_told(director):
    note_of(session_over(timedelta(hours=23)))
    assert tell_of_late_notes(now=timezone.now()) == 0
    assert told() == []


def test_after_a_day_who_writes_it_is_told_once_and_no_director(director):
    note = note_of(session_over(timedelta(hours=25)))
    for _ in range(2):
        tell_of_late_notes(now=timezone.now())
    assert told() == [note.session.leader_id]
    message = Message.objects.get()
    assert message.kind == Message.Kind.LOOK
    assert message.page == reverse("chart:notes")


def test_a_co_leader_is_told_as_well(director):
    session = session_over(timedelta(hours=25))
    session.co_leader = StaffFactory()
    session.save()
    note_of(session)
    tell_of_late_notes(now=timezone.now())
    assert set(told()) == {session.leader_id, session.co_leader_id}


def test_after_three_days_directors_are_told_once(director):
    note = note_of(session_over(timedelta(hours=25)))
    tell_of_late_notes(now=timezone.now())
    for _ in range(2):
        tell_of_late_notes(now=timezone.now() + timedelta(hours=48))
    assert sorted(told(), key=str) == sorted([note.session.leader_id, director.pk], key=str)


def test_several_notes_are_one_message_to_each(director):
    first = note_of(session_over(timedelta(hours=80)))
    note_of(session_over(timedelta(hours=90), group=first.session.group))
    assert tell_of_late_notes(now=timezone.now()) == 4
    assert sorted(told(), key=str) == sorted([first.session.leader_id, director.pk], key=str)


def test_a_signed_note_is_not_told_of(director):
    signed(note_of(session_over(timedelta(hours=80))))
    assert tell_of_late_notes(now=timezone.now()) == 0


def test_notes_from_before_the_center_kept_them_here_are_not_told_of(director):
    note_of(session_over(timedelta(days=15)))
    assert tell_of_late_notes(now=timezone.now()) == 0


def test_the_list_says_when_directors_were_told(client, director):
    note = note_of(session_over(timedelta(hours=80)))
    tell_of_late_notes(now=timezone.now())
    assert [one.told_at is not None for one in queries.notes_due(note.author)] == [True]
    page = sign_in(client, note.author).get(reverse("chart:notes")).content.decode()
    assert "directors told" in page
