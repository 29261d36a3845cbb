"""The pages on which a note is written: where writing goes on, what is saved, bad input, two people at one text."""

from datetime import timedelta

import pytest
from django.test import Client

from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services_writing
from stepdown.chart.models import GroupNote
from stepdown.chart.tests.factories import ANSWERS
from stepdown.chart.tests.note_pages import PART, part, url_of
from stepdown.live.models import DoorCheck
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory
from stepdown.timetable.tests.factories import SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_the_leader_begins_the_note_by_opening_it_and_lands_where_writing_goes_on(client):
    CenterFactory()
    session = session_over()
    was_in(session, seated(session))
    sign_in(client, session.leader)
    answer = client.get(url_of("write", session))
    note = GroupNote.objects.get(session=session)
    assert answer.url == url_of("shared", note)
    services_writing.save_shared(note=note, topic="T", interventions=["process"], words="", by=note.author)
    assert client.get(url_of("write", session)).url == url_of("part", note.parts.get())


def test_the_page_shows_everyone_with_minutes_and_one_part_at_a_time(client, note):
    sign_in(client, note.author)
    page = client.get(url_of("part", part(note, "Rosa"))).content.decode()
    for told in ("180 min", "absent", "0 of 2 written", "Left: Rosa, Theo.", "Two people still need their part."):
        assert told in page
    assert "The minutes are not confirmed yet." in page
    assert page.count('aria-current="true"') == 1


def test_saving_a_part_goes_to_the_person_asked_for(client, note):
    sign_in(client, note.author)
    rosa, theo = part(note, "Rosa"), part(note, "Theo")
    answer = client.post(url_of("part", rosa), PART | {"words": "Spoke of work.", "go": str(theo.pk)})
    assert (answer.status_code, answer.url) == (302, url_of("part", theo))
    rosa.refresh_from_db()
    assert {field: getattr(rosa, field) for field in ANSWERS} == ANSWERS
    assert rosa.words == "Spoke of work."


@pytest.mark.parametrize("go", ["", "nowhere", "00000000-0000-0000-0000-000000000000"])
def test_going_nowhere_stays(client, note, go):
    rosa = part(sign_in(client, note.author) and note, "Rosa")
    assert client.post(url_of("part", rosa), {"words": "", "go": go}).url == url_of("part", rosa)


def test_the_shared_part_is_saved_once_for_all(client, note):
    sign_in(client, note.author)
    data = {
        "topic": "Cravings",
        "interventions": ["process", "skill_practice"],
        "words": "Urge surfing.",
        "go": "shared",
    }
    assert client.post(url_of("shared", note), data).url == url_of("shared", note)
    note.refresh_from_db()
    assert (note.topic, note.interventions) == ("Cravings", ["process", "skill_practice"])


def test_a_name_is_refused_beside_the_words_and_what_was_typed_is_kept(client, note):
    sign_in(client, note.author)
    rosa = part(note, "Rosa")
    answer = client.post(url_of("part", rosa), PART | {"words": "Liked what Theo said."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("This names Theo.") == 2, "in the summary and beside the field"
    assert "Liked what Theo said." in page
    assert page.count("checked") == 4
    rosa.refresh_from_db()
    assert (rosa.words, rosa.took_part) == ("", [])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"took_part": "loudly"}, "Choose one of the answers shown."),
        ({"plan": ["x"]}, "Choose one of the answers shown."),
        ({"words": "x" * 4001}, "Use at most 4000 characters."),
        ({"words": "a\x00b"}, "Take out the character that cannot be shown."),
    ],
)
def test_bad_input_to_a_part_is_refused_with_a_sentence(client, note, data, sentence):
    sign_in(client, note.author)
    answer = client.post(url_of("part", part(note, "Rosa")), PART | data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert part(note, "Rosa").took_part == []


def test_saving_while_writing_answers_with_the_time(client, note):
    sign_in(client, note.author)
    answer = client.post(url_of("part", part(note, "Rosa")), {"words": "Half a"}, headers={"X-Autosave": "1"})
    assert part(note, "Rosa").words == "Half a"
    version = part(note, "Rosa").version
    assert answer.json() == {"time": answer.json()["time"], "version": version, "sent": version}


@pytest.mark.parametrize("name", ["part", "shared"])
def test_two_leaders_who_write_the_same_text_both_stand_in_it(client, note, colleague, name):
    page = url_of(name, part(note, "Rosa") if name == "part" else note)
    opened = sign_in(client, note.author).get(page).context["form"]["version"].value()
    mine = {"words": "Mine.", "version": opened, "response": ["practiced"], "interventions": ["process"]}
    assert sign_in(Client(), colleague).post(page, {"words": "Theirs.", "version": opened}).status_code == 302

    told = client.post(page, mine | {"go": "sign"})
    assert told.status_code == 200, "one sees what came of it before going on"
    assert "Jon Rivers wrote here too: “Theirs.” It stands in the text with yours." in told.content.decode()
    assert "Theirs. Mine.</textarea>" in told.content.decode()
    note.refresh_from_db()
    rosa = part(note, "Rosa")
    assert (rosa.words if name == "part" else note.shared_words) == "Theirs. Mine."
    assert (rosa.response, note.interventions) == ((["practiced"], []) if name == "part" else ([], ["process"]))


def test_a_page_that_saves_by_itself_hears_what_stands_now(client, note, colleague):
    rosa = part(note, "Rosa")
    opened = rosa.version
    services_writing.save_part(part=rosa, words="Theirs.", took_part=["quietly"], by=colleague)
    mine = PART | {"words": "Mine.", "version": opened}
    said = sign_in(client, note.author).post(url_of("part", rosa), mine, headers={"X-Autosave": "1"}).json()
    assert said["content"]["words"] == "Theirs. Mine."
    assert said["meanwhile"][0] == "Jon Rivers chose “Quietly” here; yours stands."
    assert said["version"] == part(note, "Rosa").version
    assert said["sent"] != said["version"]


def test_what_one_wrote_oneself_on_two_pages_stands_in_both(client, note):
    rosa = part(note, "Rosa")
    sign_in(client, note.author)
    client.post(url_of("part", rosa), {"words": "On the laptop.", "version": rosa.version})
    told = client.post(url_of("part", rosa), {"words": "On the phone.", "version": rosa.version})
    assert "On another page you wrote here too" in told.content.decode()
    assert part(note, "Rosa").words == "On the laptop. On the phone."


def test_saving_while_writing_says_which_name_stands_in_the_way(client, note):
    sign_in(client, note.author)
    answer = client.post(url_of("part", part(note, "Rosa")), {"words": "And Theo"}, headers={"X-Autosave": "1"})
    assert answer.status_code == 422
    assert answer.json()["sentence"].startswith("This names Theo.")


def test_what_is_known_stands_beside_what_is_written(client, note):
    rosa = part(note, "Rosa")
    session = note.session
    past = SessionFactory(group=session.group, starts_at=session.starts_at - timedelta(days=2), topic=TopicFactory())
    for one, craving in ((past, 7), (session, 4)):
        DoorCheck.objects.create(
            session=one,
            patient=rosa.patient,
            address="x",
            state="MN",
            callback_phone="5550100",
            alone=True,
            craving=craving,
            mood="ok",
            used_since=False,
        )
    page = sign_in(client, note.author).get(url_of("part", rosa)).content.decode()
    assert "Urge over the last groups: 7, 4" in page
    assert f"None since {past.service_date:%A}" in page
    assert "This is the first." in page
