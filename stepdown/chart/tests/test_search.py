"""The search in notes: what is found, for whom, and how it is shown."""

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.chart import services, services_contacts, services_writing
from stepdown.chart.models import NotePart
from stepdown.chart.queries_search import search
from stepdown.chart.tests.contacts import WORDS, signed_contact, written_contact
from stepdown.chart.tests.factories import note_of, signed
from stepdown.chart.tests.plans import in_group
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def note():
    """A signed note of two people, with an addendum to one of them."""
    CenterFactory()
    found = signed(present=2)
    first = found.parts.order_by("pk").first()
    words = "Called back about sleeping & eating <3 times."
    services.add_addendum(note=found, patient=first.patient, words=words, by=found.author)
    return found


def told(words, staff, patient=None):
    return [str(each.marked) for each in search(words, staff, patient).found]


def test_words_are_found_in_whatever_form_in_the_part_the_shared_part_and_what_was_added(note):
    assert len(told("surf", note.author)) == 2
    assert told("surf", note.author)[0] == "Practiced urge <mark>surfing</mark>."
    assert told("sleep", note.author) == ["Called back about <mark>sleeping</mark> &amp; eating &lt;3 times."]
    one = NotePart.objects.filter(note=note, words__startswith="One").get()
    assert told("one hard", note.author) == ["<mark>One</mark> thing was <mark>hard</mark>: the hour <mark>one</mark>."]
    assert [each.url for each in search("one hard", note.author).found] == [reverse("chart:single", args=[one.pk])]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("thing hour", 2),
        ('"thing was hard"', 2),
        ('"hard thing"', 0),
        ("one or two", 2),
        ("thing -two", 1),
        ("the", 0),
        ("'); drop table", 0),
        ("!!! & | <->", 0),
    ],
)
def test_words_are_looked_for_as_in_a_search_engine(note, words, count):
    assert len(told(words, note.author)) == count


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("six", "&lt;<mark>six</mark> beers&gt; with mother/father"),
        ("father", "mother/<mark>father</mark> or &lt;alone&gt;"),
        ("mother/father", "<mark>mother</mark>/<mark>father</mark>"),
        ('"mother/father or <alone"', "<mark>mother</mark>/<mark>father</mark> or &lt;<mark>alone</mark>&gt;"),
        ("work", "1 / 2 of them at &lt;home/<mark>work</mark>&gt;"),
    ],
)
def test_words_in_angle_brackets_and_beside_a_slash_are_found_and_shown_as_they_were_written(note, words, marked):
    said = "Up to <six beers> with mother/father or <alone>, 1 / 2 of them at <home/work>"
    services.add_addendum(note=note, patient=None, words=said, by=note.author)
    seat = in_group()
    signed_contact(written_contact(seat.patient, seat.group.leader, written=WORDS | {"Data": said}))
    for reader in (note.author, seat.group.leader):
        assert marked in told(words, reader)[0]


def test_nothing_is_found_that_one_may_not_read_or_that_is_not_signed(note):
    part = note.parts.first()
    assert told("hard", StaffFactory(roles=[Role.COUNSELOR])) == []
    assert len(told("hard", StaffFactory(roles=[Role.DIRECTOR]))) == 2
    assert len(told("hard", note.author, part.patient)) == 1
    open_note = note_of(present=1)
    services_writing.save_part(part=open_note.parts.get(), words="A hard week.", by=open_note.author)
    assert told("week", open_note.author) == []


def test_contacts_outside_the_group_are_found_by_what_is_written_and_added(note):
    seat = in_group()
    author = seat.group.leader
    draft = written_contact(seat.patient, author)
    assert told("evening", author) == []
    call = signed_contact(draft)
    services_contacts.add_to_contact(note=call, words="The bus was late.", by=author)
    assert told("evening", author) == ["Told of a hard <mark>evening</mark>."]
    assert told("bus", author) == ["The <mark>bus</mark> was late."]
    assert told("assessment", author) == []
    assert told("evening", note.author) == []


def test_the_page_of_a_patient_lists_all_notes_and_searches_them_by_post(client, note):
    part = note.parts.select_related("patient").first()
    url = reverse("chart:patient_notes", args=[part.patient_id])
    page = sign_in(client, note.author).get(url).content.decode()
    assert part.words in page
    assert "1 to 1 of 1." in page
    answer = client.post(url, {"words": "hard"})
    assert "<mark>hard</mark>" in answer.content.decode()
    assert "One note with “hard”" in answer.content.decode()
    assert client.post(url, {"words": " "}).status_code == 422
    assert "hard" not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
    assert sign_in(Client(), StaffFactory()).get(url).status_code == 404


def test_the_search_over_everyone_names_whose_note_it_is(client, note):
    page = sign_in(client, note.author).post(reverse("chart:search"), {"words": "hard"}).content.decode()
    for part in note.parts.select_related("patient"):
        assert part.patient.name in page
