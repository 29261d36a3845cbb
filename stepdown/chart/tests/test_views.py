"""The pages of a note: the right person, the wrong one, the wrong moment, bad input."""

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.services import confirm, draw_up
from stepdown.attendance.tests.factories import seated, session_over, was_in
from stepdown.chart import services, services_writing
from stepdown.chart.models import Addendum, GroupNote
from stepdown.chart.tests.factories import ANSWERS, note_of, part_of, signed, written
from stepdown.live.models import DoorCheck
from stepdown.people.models import Role
from stepdown.people.tests.clients import one_time_code, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.timetable.tests.factories import SessionFactory, TopicFactory

pytestmark = pytest.mark.django_db
PART = {"took_part": "openly", "response": ["practiced"], "safety": "none_seen", "plan": ["go_on"]}


@pytest.fixture
def note():
    """Rosa and Theo were there, Gus was not."""
    CenterFactory()
    session = session_over()
    for first_name, last_name, there in (("Rosa", "Specimenova", 1), ("Theo", "Mustermann", 1), ("Gus", "Proban", 0)):
        patient = seated(session, first_name=first_name, last_name=last_name)
        if there:
            was_in(session, patient)
    return services.open_note(session=session, by=session.leader)


def part(note, first_name):
    return note.parts.select_related("patient", "note__session").get(patient__first_name=first_name)


def url_of(name, *args):
    return reverse(f"chart:{name}", args=[arg.pk for arg in args])


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


@pytest.fixture
def colleague(note):
    """The co-leader, who has the page of Rosa or of the shared part open as well."""
    note.session.co_leader = StaffFactory(name="Jon Rivers")
    note.session.save()
    return note.session.co_leader


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


def test_two_versions_of_a_sentence_stand_in_the_way_of_the_signature(client, note, colleague):
    ready(note)
    rosa = part(note, "Rosa")
    opened = rosa.version
    services_writing.save_part(part=rosa, words="Came late.", by=colleague, **ANSWERS)
    told = sign_in(client, note.author).post(url_of("part", rosa), PART | {"words": "Came on time.", "version": opened})
    assert "Both of you wrote here. Jon Rivers wrote: “Came late.”" in told.content.decode()
    assert client.get(url_of("sign", note)).url == url_of("write", note.session)
    tidied = {"words": "Came late.", "version": part(note, "Rosa").version}
    assert client.post(url_of("part", rosa), PART | tidied).status_code == 302
    assert client.get(url_of("sign", note)).status_code == 200


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
    assert "None since last time" in page
    assert "This is the first." in page


def ready(note):
    """Everything written and confirmed, nothing signed."""
    written(note)
    confirm(session=note.session, by=note.author)
    return note


def test_signing_asks_for_the_attestation_then_locks(client, note):
    ready(note)
    sign_in(client, note.author)
    page = client.get(url_of("sign", note)).content.decode()
    assert services.ATTESTATION in page
    assert "Missed" in page
    answer = client.post(url_of("sign", note))
    assert answer.status_code == 422
    assert "Read the statement and tick it" in answer.content.decode()
    assert client.post(url_of("sign", note), {"attest": "on"}).url == url_of("read", note)
    note.refresh_from_db()
    assert note.signed_at
    assert client.get(url_of("write", note.session)).url == url_of("read", note)


def test_a_note_with_someone_left_leads_back_to_it_with_the_reason(client, note):
    sign_in(client, note.author)
    answer = client.get(url_of("sign", note), follow=True)
    assert answer.redirect_chain[-1][0] == url_of("shared", note)
    assert "Two people still need their part." in answer.content.decode()


def test_an_old_sign_in_is_proved_again_before_signing(client, note):
    ready(note)
    sign_in(client, note.author)
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [record | {"at": record["at"] - 600} for record in records]
    session.save()
    assert 'name="code"' in client.get(url_of("sign", note)).content.decode()
    for code, sentence in (("", "Enter the code that your app shows."), ("000000", "This code does not fit.")):
        answer = client.post(url_of("sign", note), {"attest": "on", "code": code})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    cache.clear()
    answer = client.post(url_of("sign", note), {"attest": "on", "code": one_time_code(at=time.time() + 30)})
    assert answer.url == url_of("read", note)


def test_who_has_no_codes_proves_on_the_page_for_it(client, note, monkeypatch):
    ready(note)
    sign_in(client, note.author)
    monkeypatch.setattr("stepdown.chart.views.notes.proved_lately", lambda request: False)
    monkeypatch.setattr("stepdown.chart.views.notes.gives_codes", lambda request: False)
    for ask in (client.get, client.post):
        answer = ask(url_of("sign", note), {"attest": "on"})
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_reauthenticate"))


def test_only_the_author_signs(client):
    CenterFactory()
    session = session_over(co_leader=StaffFactory())
    note = ready(note_of(session))
    sign_in(client, session.co_leader)
    answer = client.post(url_of("sign", note), {"attest": "on"})
    assert answer.status_code == 403
    assert "Only its author signs a note." in answer.content.decode()
    assert client.post(url_of("take_over", note)).status_code == 302
    assert client.post(url_of("sign", note), {"attest": "on"}).url == url_of("read", note)


def test_a_signed_note_is_read_and_not_written(client):
    CenterFactory()
    note = signed(present=1)
    sign_in(client, note.author)
    answer = client.post(url_of("part", note.parts.get()), PART | {"words": "More."})
    assert answer.status_code == 403
    assert "This note is signed. Add an addendum instead." in answer.content.decode()
    assert note.digest in client.get(url_of("read", note)).content.decode()


def test_an_addendum_is_signed_onto_one_part(client, note):
    note = signed(note)
    sign_in(client, note.author)
    data = {"about": str(part(note, "Rosa").patient_id), "words": "Called back at nine."}
    assert client.post(url_of("add", note), data).url == url_of("read", note)
    addendum = Addendum.objects.get()
    assert addendum.patient.first_name == "Rosa"
    assert "Called back at nine." in client.get(url_of("read", note)).content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"words": ""}, "Write what to add."),
        ({"words": "Theo called."}, "This names Theo."),
        ({"about": "nobody"}, "Choose one of the answers shown."),
    ],
)
def test_an_addendum_that_cannot_be_says_why(client, note, data, sentence):
    note = signed(note)
    sign_in(client, note.author)
    answer = client.post(url_of("add", note), {"about": "", "words": "More."} | data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Addendum.objects.exists()


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
    with django_assert_max_num_queries(29):
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
