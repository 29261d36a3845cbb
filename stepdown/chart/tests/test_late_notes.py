"""A note or a co-signature that is late is told of, each once, to who is to give it and then to directors."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.tests.factories import session_over
from stepdown.chart import queries, services_contacts, services_void
from stepdown.chart.models import ContactNote, LateNote
from stepdown.chart.services_cosign import cosign
from stepdown.chart.services_late import tell_of_late_notes
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.chart.tests.cosigning import supervised
from stepdown.chart.tests.factories import note_of, signed
from stepdown.chart.tests.plans import in_group
from stepdown.outreach.models import Message
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory

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


# -- notes of other contacts


@pytest.fixture
def draft(director):
    """The note of a contact that ended an hour ago, written and not signed."""
    leader = StaffFactory(name="Ines Leads")
    return written_contact(in_group(leader).patient, leader)


def later(**hours):
    return timezone.now() + timedelta(**hours)


def test_a_draft_of_a_contact_is_told_of_after_a_day_and_to_directors_after_three_each_once(draft, director):
    tell_of_late_notes(now=later(hours=22))
    assert told() == []
    for _ in range(2):
        tell_of_late_notes(now=later(hours=24))
    assert told() == [draft.author_id]
    for _ in range(2):
        tell_of_late_notes(now=later(hours=72))
    assert sorted(told(), key=str) == sorted([draft.author_id, director.pk], key=str)


def test_a_contact_that_is_signed_is_not_told_of(draft):
    signed_contact(draft)
    assert tell_of_late_notes(now=later(hours=80)) == 0


def test_a_draft_that_was_told_of_can_be_thrown_away_and_what_was_told_goes_with_it(draft):
    tell_of_late_notes(now=later(hours=80))
    services_contacts.discard_contact(note=draft, by=draft.author)
    assert not ContactNote.objects.exists()
    assert not LateNote.objects.exists()


def test_what_was_told_of_a_session_stays(director):
    note_of(session_over(timedelta(hours=25)))
    tell_of_late_notes(now=timezone.now())
    for change in (lambda: LateNote.objects.all().delete(), lambda: LateNote.objects.update(told="directors")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_draft_stands_on_its_authors_day_and_when_late_on_a_directors_without_its_words(client, draft, director):
    day = reverse("desk:day")
    said = f"Sign the note, individual session with {draft.patient.called}"
    assert said in sign_in(client, draft.author).get(day).content.decode()
    assert draft.patient.called not in _todo(sign_in(Client(), director).get(day))
    ContactNote.objects.filter(pk=draft.pk).update(
        starts_at=later(hours=-75), ends_at=later(hours=-74), begun_at=later(hours=-74)
    )
    page = _todo(sign_in(Client(), director).get(day))
    assert f"Note of individual session with {draft.patient.called}" in page
    assert "Ines signs it" in page
    notes = sign_in(Client(), director).get(reverse("chart:notes")).content.decode()
    assert "Ines Leads began its note and has not signed it" in notes
    assert "Told of a hard evening." not in notes
    assert sign_in(Client(), director).get(reverse("chart:contact", args=[draft.pk])).status_code == 404


def _todo(answer):
    return answer.content.decode().split('id="h-late"')[1]


# -- co-signatures


@pytest.fixture
def waiting(director):
    """A note of two people by somebody whose notes Ruth co-signs."""
    author = supervised(StaffFactory(name="Ruth Hill"), name="Jon Rivers")
    return signed(note_of(session_over(group=GroupFactory(leader=author)), present=2))


def supervisor_of(note):
    return note.author.supervisions.get().supervisor


def test_a_supervisor_is_told_two_days_before_and_when_it_is_due_and_directors_three_days_later(waiting, director):
    ruth = supervisor_of(waiting).pk
    so_far = []
    for days, more in ((4.9, []), (5, [ruth]), (6.9, []), (7.01, [ruth]), (9.9, []), (10.01, [director.pk])):
        so_far += more
        for _ in range(2):
            tell_of_late_notes(now=later(days=days))
        assert sorted(told(), key=str) == sorted(so_far, key=str), days


def test_what_is_co_signed_or_void_is_not_told_of(waiting):
    one, other = waiting.parts.select_related("note__author", "note__session__group")
    cosign(notes=[one.pk], statement="x", by=supervisor_of(waiting))
    services_void.void_note(note=other, reason="Of another person.", by=waiting.author)
    assert tell_of_late_notes(now=later(days=20)) == 0


def test_the_contact_of_an_associate_is_told_of_like_a_part(director):
    author = supervised()
    signed_contact(written_contact(in_group(author).patient, author))
    tell_of_late_notes(now=later(days=5))
    assert told() == [author.supervisions.get().supervisor_id]


def test_a_late_co_signature_stands_on_the_days_of_supervisor_and_director(client, waiting, director):
    ruth = supervisor_of(waiting)
    with time_machine.travel(later(days=10, hours=1)):
        day = reverse("desk:day")
        assert "Co-sign 2 notes of Jon Rivers" in _todo(sign_in(client, ruth).get(day))
        assert "2 notes of Jon Rivers to co-sign" in _todo(sign_in(Client(), director).get(day))
        page = sign_in(Client(), director).get(reverse("chart:notes")).content.decode()
        assert "2 notes of Jon Rivers to co-sign" in page
        assert "Ruth Hill co-signs" in page
        page = sign_in(Client(), ruth).get(reverse("chart:cosigning")).content.decode()
        assert "Two co-signatures are late" in page
