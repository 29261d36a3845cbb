"""Who reads a note and the list of notes, what stands there, and what leads there."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.services import draw_up
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services
from stepdown.chart.models import GroupNote
from stepdown.chart.tests.factories import note_of, part_of, signed
from stepdown.chart.tests.note_pages import part, url_of
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


def test_one_persons_page_holds_nothing_of_anyone_else(client, note):
    note = signed(note)
    rosa, theo = part(note, "Rosa"), part(note, "Theo")
    services.add_addendum(note=note, patient=theo.patient, words="About him alone.", by=note.author)
    page = sign_in(client, note.author).get(url_of("single", rosa)).content.decode()
    assert rosa.words in page
    for other in ("Theo", "Mustermann", "Gus", "Proban", theo.words, "About him alone."):
        assert other not in page


def test_the_patients_counselor_reads_the_part_and_not_the_note(client, note):
    note = signed(note)
    rosa = part(note, "Rosa")
    rosa.patient.counselor = StaffFactory()
    rosa.patient.save()
    sign_in(client, rosa.patient.counselor)
    assert client.get(url_of("single", rosa)).status_code == 200
    assert client.get(url_of("single", part(note, "Theo"))).status_code == 404
    assert client.get(url_of("read", note)).status_code == 404


def test_an_unsigned_part_has_no_page_to_print(client, note):
    assert sign_in(client, note.author).get(url_of("single", part(note, "Rosa"))).status_code == 404


def test_another_counselor_finds_nothing(client, note):
    sign_in(client, StaffFactory())
    for url in (
        url_of("write", note.session),
        url_of("read", note),
        url_of("shared", note),
        url_of("sign", note),
        url_of("part", part(note, "Rosa")),
    ):
        assert client.get(url).status_code == 404


def test_a_director_reads_what_is_written_so_far_and_writes_nothing(client, note):
    sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))
    assert client.get(url_of("write", note.session)).url == url_of("read", note)
    assert "not signed yet" in client.get(url_of("read", note)).content.decode()
    assert client.post(url_of("shared", note), {"topic": "x"}).status_code == 403


def test_before_the_session_there_is_no_note_to_begin(client):
    CenterFactory()
    session = SessionFactory(starts_at=timezone.now() + timedelta(hours=1))
    answer = sign_in(client, session.leader).get(url_of("write", session))
    assert answer.status_code == 403
    assert "The group has not begun." in answer.content.decode()
    assert not GroupNote.objects.exists()


def test_the_list_says_what_is_late_first(client):
    CenterFactory()
    late = note_of(session_over(timedelta(hours=80)))
    fresh = note_of(session_over(timedelta(hours=1), group=late.session.group))
    page = sign_in(client, late.author).get(url_of("notes")).content.decode()
    assert "One note is late" in page
    assert page.index(str(late.session_id)) < page.index(str(fresh.session_id))
    assert "0 of 2" in page


def test_nothing_waiting_says_so(client):
    CenterFactory()
    page = sign_in(client, StaffFactory()).get(url_of("notes")).content.decode()
    assert "No note is waiting" in page


def test_the_part_page_takes_the_same_queries_for_any_number_of_people(client, note, django_assert_max_num_queries):
    sign_in(client, note.author)
    for _ in range(5):
        was_in(note.session, seated(note.session))
    services.open_note(session=note.session, by=note.author)
    with django_assert_max_num_queries(30):
        client.get(url_of("part", part_of(note, part(note, "Rosa").patient)))


def test_every_link_in_a_directors_list_of_notes_opens():
    begun, session = note_of(), session_over()
    was_in(session, seated(session), 0, 170)
    draw_up(session=session)
    client = sign_in(Client(), StaffFactory(roles=[Role.DIRECTOR]))
    main = client.get(reverse("chart:notes")).content.decode().split("<main")[1]
    listed = set(re.findall(r'href="(/staff/sessions/[^"]+)"', main))
    assert listed == {reverse("chart:write", args=[begun.session.pk]), reverse("attendance:sheet", args=[session.pk])}
    assert [client.get(path, follow=True).status_code for path in listed] == [200, 200]


def test_the_sessions_of_a_group_lead_who_may_see_it_to_the_attendance_and_the_note_of_each_that_was():
    note = note_of()
    session = note.session
    sessions = reverse("timetable:sessions", args=[session.group_id])
    record = {reverse(page, args=[session.pk]) for page in ("attendance:sheet", "chart:write", "chart:homework")}
    topic = {reverse("timetable:staff_handout", args=[session.pk])}
    for staff, sees in (
        (session.leader, record),
        (StaffFactory(roles=[Role.DIRECTOR]), record),
        (StaffFactory(roles=[Role.ADMISSIONS]), set()),
    ):
        client = sign_in(Client(), staff)
        found = set(re.findall(r'href="(/staff/sessions/[^"]+)"', client.get(sessions).content.decode()))
        assert found == sees | topic
        assert {client.get(path, follow=True).status_code for path in found} <= {200}
