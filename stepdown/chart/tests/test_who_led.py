"""Who led a session writes and signs its note, whoever was to lead it; when they left, a director does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.services import confirm
from stepdown.attendance.tests.factories import session_over
from stepdown.chart import permissions, queries, services
from stepdown.chart.models import ContactNote
from stepdown.chart.tests.contacts import signed_contact, talked, written_contact
from stepdown.chart.tests.factories import note_of, written
from stepdown.chart.tests.note_pages import ready, signed_on, url_of
from stepdown.chart.tests.plans import in_group
from stepdown.live.models import SideRoom
from stepdown.live.tests.factories import JoinFactory
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.privacy.services_restricted import restrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    CenterFactory()
    return StaffFactory(name="Ada Stone", roles=[Role.DIRECTOR])


def led(session, staff):
    """They came into the room as who leads."""
    return JoinFactory(session=session, patient=None, staff=staff)


def left(*people):
    for one in people:
        one.ended_at = timezone.now()
        one.save()


def test_a_director_who_led_begins_the_note_and_signs_it(client, director):
    session = session_over()
    led(session, director)
    note = note_of(session, present=1)
    note.parts.all().delete()
    note.delete()
    sign_in(client, director)
    assert client.get(url_of("write", session), follow=True).status_code == 200
    session.refresh_from_db()
    assert session.note.author == director
    ready(session.note)
    page = client.get(url_of("sign", session.note)).content.decode()
    assert services.ATTESTATION in page
    assert signed_on(client, url_of("sign", session.note)).url == url_of("read", session.note)


def test_a_director_who_led_takes_over_what_the_leader_began(director):
    note = note_of(present=1)
    led(note.session, director)
    assert permissions.write_note(director, note)
    assert permissions.take_over(director, note)


def test_who_was_not_in_the_main_room_as_its_leader_does_not_write(director):
    note = note_of(present=1)
    led(session_over(), director)
    talk = SideRoom.objects.create(session=note.session, kind=SideRoom.Kind.WORD, by=director)
    JoinFactory(session=note.session, patient=None, staff=director, side_room=talk)
    former = StaffFactory()
    led(note.session, former)
    for other in (director, former):
        assert "a director who led it in its room" in permissions.write_note(other, note).reason
        assert not permissions.begin_note(other, note.session, timezone.now())


def test_when_who_led_left_a_director_signs_and_says_that_they_were_not_there(client, director):
    session = session_over(co_leader=StaffFactory())
    note = written(note_of(session, present=1))
    confirm(session=session, by=note.author)
    left(session.leader)
    assert not permissions.take_over(director, note)
    left(session.co_leader)
    sign_in(client, director)
    assert client.post(url_of("take_over", note)).status_code == 302
    page = client.get(url_of("sign", note)).content.decode()
    assert services.WITHOUT_PART in page
    assert services.ATTESTATION not in page
    signed_on(client, url_of("sign", note))
    note.refresh_from_db()
    assert (note.signed_as, note.attestation) == (director.signature, services.WITHOUT_PART)


def test_a_restricted_record_keeps_a_director_out_of_the_note_of_who_left(director):
    note = note_of(present=2)
    left(note.author)
    assert permissions.begin_note(director, note.session, timezone.now())
    officer, rosa = StaffFactory(roles=[Role.PRIVACY]), note.parts.first().patient
    restrict(
        patient=rosa, why="public", words="In the papers.", names=[StaffFactory(roles=[Role.COUNSELOR])], by=officer
    )
    assert not permissions.begin_note(director, note.session, timezone.now())
    assert not permissions.write_note(director, note)


def test_notes_to_sign_open_for_a_director_who_led(director, django_assert_num_queries):
    others, own = session_over(timedelta(hours=2)), session_over()
    for session in (others, own):
        note_of(session, present=1)
    led(own, director)
    with django_assert_num_queries(3):
        due = queries.notes_due(director)
    assert [(one.session, bool(one.may)) for one in due] == [(others, False), (own, True)]


# -- a talk apart from the group


@pytest.fixture
def talk():
    """Of somebody who stood in for the leader, with a person of the group, just now."""
    CenterFactory()
    return talked(in_group(), StaffFactory(name="Ola Guest"))


def test_who_stood_in_writes_of_their_talk_and_sees_nothing_else(client, talk):
    patient, guest = talk.members.get(patient__isnull=False).patient, talk.by
    before = signed_contact(written_contact(patient, StaffFactory(), next_step="Only the team knows."))
    sign_in(client, guest)
    url = reverse("chart:contacts", args=[patient.pk])
    page = client.get(reverse("chart:notes")).content.decode()
    assert "One talk without a note" in page
    assert (url in page, str(talk.pk) in page) == (True, True)
    for refused in (client.get(url), client.post(url, {"kind": "phone"}), client.get(f"{url}?talk={talk.pk}")):
        assert refused.status_code == 404
    begun = client.post(url, {"talk": str(talk.pk)})
    note = ContactNote.objects.get(author=guest)
    assert begun.url == reverse("chart:contact", args=[note.pk])
    assert (note.side_room, note.starts_at, note.ends_at) == (talk, talk.opened_at, talk.ended_at)
    page = client.get(begun.url).content.decode()
    assert (before.next_step in page, url in page) == (False, False)
    assert client.post(url, {"talk": str(talk.pk)}).url == reverse("chart:notes"), "it is begun already"
    thrown = client.post(reverse("chart:contact_act", args=[note.pk]), {"act": "discard"})
    assert thrown.url == reverse("chart:notes")


def test_nobody_else_begins_the_note_of_that_talk(client, talk):
    patient = talk.members.get(patient__isnull=False).patient
    sign_in(client, StaffFactory())
    assert client.post(reverse("chart:contacts", args=[patient.pk]), {"talk": str(talk.pk)}).status_code == 404
    assert "without a note" not in client.get(reverse("chart:notes")).content.decode()


def test_a_talk_with_ones_own_people_stands_on_their_page(client):
    CenterFactory()
    seat = in_group()
    talk = talked(seat, seat.group.leader)
    sign_in(client, seat.group.leader)
    assert "without a note" not in client.get(reverse("chart:notes")).content.decode()
    assert str(talk.pk) in client.get(reverse("chart:contacts", args=[seat.patient.pk])).content.decode()
