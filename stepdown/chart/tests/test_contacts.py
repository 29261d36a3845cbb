"""Notes of contacts: begun with what is known, never lost, signed once, final; templates that a note keeps."""

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from stepdown.attendance.tests.factories import AttendanceFactory
from stepdown.chart import queries_contacts, services_contacts, services_templates, services_void
from stepdown.chart.domain.digest import digest_of
from stepdown.chart.domain.templates import Heading
from stepdown.chart.models import ContactAddendum, ContactNote, NoteTemplate, NoteVoid
from stepdown.chart.tests.contacts import WORDS, signed_contact, talked, written_contact
from stepdown.chart.tests.note_pages import seen_on, signed_on
from stepdown.chart.tests.plans import in_group
from stepdown.kernel.db import RuleBroken
from stepdown.people.models import Role
from stepdown.people.tests.clients import sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import SeatFactory
from stepdown.timetable.tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    CenterFactory()
    return in_group()


@pytest.fixture
def leader(seat):
    return seat.group.leader


@pytest.fixture
def note(seat, leader):
    return written_contact(seat.patient, leader)


def url_of(note, name="contact"):
    return reverse(f"chart:{name}", args=[note.pk])


def fresh(note):
    return ContactNote.objects.select_related("template").get(pk=note.pk)


# -- begin


def test_a_note_begins_with_the_times_of_the_talk_just_now(seat, leader):
    room = talked(seat, leader)
    note = services_contacts.begin_contact(patient=seat.patient, by=leader)
    assert (note.starts_at, note.ends_at, note.way, note.minutes) == (room.opened_at, room.ended_at, "video", 12)
    assert note.state == seat.patient.state
    assert queries_contacts.talks_without_note(seat.patient, leader, timezone.now()) == []
    with pytest.raises(RuleBroken, match="note of this talk already"):
        services_contacts.begin_contact(patient=seat.patient, side_room=room.pk, by=leader)


def test_a_talk_of_somebody_else_gives_no_times(seat, leader):
    room = talked(seat, leader)
    with pytest.raises(RuleBroken, match="was not yours"):
        services_contacts.begin_contact(patient=seat.patient, side_room=room.pk, by=StaffFactory())


def test_a_blank_draft_is_taken_up_and_one_with_words_is_not(seat, leader):
    first = services_contacts.begin_contact(patient=seat.patient, kind="phone", by=leader)
    assert services_contacts.begin_contact(patient=seat.patient, kind="phone", by=leader) == first
    services_contacts.save_contact(note=first, written={"Data": "Called."}, by=leader)
    assert services_contacts.begin_contact(patient=seat.patient, kind="phone", by=leader) != first


# -- sign


def test_a_signed_note_is_final_also_by_sql(note, leader):
    signed = signed_contact(note)
    assert fresh(signed).digest == digest_of(services_contacts.content_of(fresh(signed)))
    with pytest.raises(RuleBroken, match="Add an addendum instead"):
        services_contacts.save_contact(note=signed, next_step="x", by=leader)
    with pytest.raises(RuleBroken, match="Add an addendum instead"):
        services_contacts.discard_contact(note=signed, by=leader)
    services_contacts.add_to_contact(note=signed, words="It was 51 minutes.", by=leader)
    services_void.void_note(note=signed, reason="Of another day.", by=leader)
    for table, change in ((ContactAddendum, {"words": "x"}), (NoteVoid, {"reason": "x"})):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(**change)


def test_a_note_that_is_not_whole_is_not_signed(seat, leader):
    note = written_contact(seat.patient, leader, next_step="", billable=None)
    with pytest.raises(RuleBroken, match=r"Write the next step\. Say whether it is billable\."):
        signed_contact(note)


def test_a_name_of_the_group_stops_the_signature_until_it_is_said_to_be_somebody_else(seat, leader):
    SeatFactory(group=seat.group, accepted=True, starts_at=seat.starts_at, episode__patient__first_name="Theodora")
    note = written_contact(seat.patient, leader, written=WORDS | {"Data": "Her sister Theodora called."})
    with pytest.raises(RuleBroken, match="This names Theodora"):
        signed_contact(note)
    signed = services_contacts.sign_contact(note=note, attestation="x", names_meant=True, by=leader)
    assert fresh(signed).other_names == ["Theodora"]


def test_whoever_was_in_the_group_that_day_is_pointed_out_when_billed(seat, leader):
    note = written_contact(seat.patient, leader, billable=True, why_not="")
    before = len(queries_contacts.ready(note, timezone.now()).warnings)
    AttendanceFactory(seat=seat, session=SessionFactory(group=seat.group, service_date=note.on))
    assert len(queries_contacts.ready(note, timezone.now()).warnings) == before + 1


def test_a_void_needs_its_reason_and_is_said_once(note, leader):
    with pytest.raises(RuleBroken, match="not signed yet"):
        services_void.void_note(note=note, reason="x", by=leader)
    signed = signed_contact(note)
    with pytest.raises(RuleBroken, match="Say why it does not hold"):
        services_void.void_note(note=signed, reason=" ", by=leader)
    services_void.void_note(note=signed, reason="Of another person.", by=leader)
    with pytest.raises(RuleBroken, match="void already"):
        services_void.void_note(note=signed, reason="x", by=leader)


def test_another_kind_keeps_what_is_written(note, leader):
    form = "birp"
    headings = tuple(Heading(name) for name in ("Behavior", "Intervention", "Response", "Plan"))
    services_templates.in_force("family")
    services_templates.save_template(kind="family", form=form, headings=headings, seen=1, by=leader)
    changed = services_contacts.change_kind(note=note, kind="family", by=leader)
    assert changed.written["Plan"] == WORDS["Plan"]
    assert changed.written["Response"] == f"{WORDS['Data']}\n{WORDS['Assessment']}"


# -- who sees


@pytest.mark.parametrize(
    ("who", "draft", "signed"),
    [("author", True, True), ("director", False, True), ("caseload", False, True), ("other", False, False)],
)
def test_drafts_are_their_authors_and_signed_notes_are_seen_as_those_of_groups(seat, note, who, draft, signed):
    if who == "caseload":
        seat.patient.counselor = StaffFactory()
        seat.patient.save()
    role = Role.DIRECTOR if who == "director" else Role.COUNSELOR
    reader = {"author": note.author, "caseload": seat.patient.counselor}.get(who) or StaffFactory(roles=[role])
    assert queries_contacts.contacts_visible_to(reader).filter(pk=note.pk).exists() is draft
    signed_contact(note)
    assert queries_contacts.contacts_visible_to(reader).filter(pk=note.pk).exists() is signed


# -- pages


def boxes(note, **fields):
    said = {
        "on_month": note.on.month,
        "on_day": note.on.day,
        "on_year": note.on.year,
        "begins": "6 pm",
        "ends": "6:50 pm",
    }
    said |= {"way": "phone", "present": ["patient"], "place": "home", "state": "MN", "safety": "none_seen"}
    said |= {f"words_{n}": text for n, text in enumerate(WORDS.values())}
    return said | {"next_step": "Thursday.", "billable": "no", "why_not": "in_day", "why_not_words": ""} | fields


@pytest.mark.parametrize(
    ("begins", "ends", "minutes", "said"),
    [
        ("11:40 pm", "12:15 am", 35, ""),
        ("6 pm", "6:50 pm", 50, ""),
        ("6 pm", "5:50 pm", 1430, "more than eight hours"),
        ("6 pm", "6 pm", 0, "It ends before it starts"),
    ],
)
def test_what_ends_after_midnight_is_of_the_day_it_began(client, note, leader, begins, ends, minutes, said):
    on = note.on - timedelta(days=2)
    sent = boxes(note, begins=begins, ends=ends, on_month=on.month, on_day=on.day, on_year=on.year)
    assert sign_in(client, leader).post(url_of(note), sent).status_code == 302
    assert (fresh(note).on, fresh(note).minutes) == (on, minutes)
    against = " ".join(queries_contacts.ready(fresh(note), timezone.now()).against)
    assert said in against if said else not against


def test_a_talk_over_midnight_keeps_its_times_when_its_page_saves_by_itself(client, note, leader):
    zone = ZoneInfo(leader.time_zone)
    began = datetime.combine(note.on - timedelta(days=2), time(23, 50), zone)
    ContactNote.objects.update(on=began.date(), starts_at=began, ends_at=began + timedelta(minutes=25))
    mine = sign_in(client, leader)
    shown = mine.get(url_of(note)).context["form"]
    day = {"on_month": began.month, "on_day": began.day, "on_year": began.year}
    sent = boxes(note, begins=shown["begins"].value(), ends=shown["ends"].value(), **day)
    assert mine.post(url_of(note), sent, headers={"X-Autosave": "1"}).status_code == 200
    assert (fresh(note).starts_at, fresh(note).minutes) == (began, 25)


def test_a_page_that_another_overtook_writes_nothing_over_it(client, note, leader):
    mine, own = sign_in(client, leader), {"X-Autosave": "1"}
    older, newer = ({"version": fresh(note).version, "page": str(uuid4())} for _page in range(2))
    long = mine.post(url_of(note), boxes(note, words_0="A long text.", **newer), headers=own)
    assert long.json()["version"] == fresh(note).version != newer["version"]

    refused = mine.post(url_of(note), boxes(note, words_0="Old.", **older), headers=own)
    assert (refused.status_code, fresh(note).written["Data"]) == (409, "A long text.")
    assert "changed on another page" in refused.json()["sentence"]

    page = mine.post(url_of(note), boxes(note, words_0="Old.", **older))
    assert (page.status_code, fresh(note).written["Data"]) == (422, "A long text.")
    assert "Old.</textarea>" in page.content.decode()
    again = page.context["form"]
    assert mine.post(url_of(note), boxes(note, words_0="Old.", **older | {"version": again["version"].value()})).url
    assert fresh(note).written["Data"] == "Old."


def test_a_page_whose_last_save_was_never_answered_saves_on(client, note, leader):
    mine, page = sign_in(client, leader), {"version": fresh(note).version, "page": str(uuid4())}
    for words in ("Once.", "Once more."):
        answer = mine.post(url_of(note), boxes(note, words_0=words, **page), headers={"X-Autosave": "1"})
        assert answer.status_code == 200
    assert fresh(note).written["Data"] == "Once more."
    services_contacts.change_kind(note=note, kind="family", by=leader)
    late = mine.post(url_of(note), boxes(note, words_0="Late.", **page), headers={"X-Autosave": "1"})
    assert late.status_code == 409, "its headings are others by now"


def test_from_one_tap_to_the_signature(client, seat, leader):
    mine = sign_in(client, leader)
    begun = mine.post(reverse("chart:contacts", args=[seat.patient_id]))
    note = ContactNote.objects.get()
    assert begun.url == url_of(note)
    ContactNote.objects.update(on=note.on - timedelta(days=1))
    note.refresh_from_db()
    saved = mine.post(url_of(note), boxes(note), headers={"X-Autosave": "1"})
    assert "time" in saved.json()
    assert mine.post(url_of(note), boxes(note, go="sign")).url == url_of(note, "sign_contact")
    assert "Told of a hard evening." in mine.get(url_of(note, "sign_contact")).content.decode()
    assert mine.post(url_of(note, "sign_contact"), {}).status_code == 422
    opened = seen_on(mine, url_of(note, "sign_contact"))
    mine.post(url_of(note), boxes(note, words_0="Told of two hard evenings."), headers={"X-Autosave": "1"})
    answer = mine.post(url_of(note, "sign_contact"), {"attest": "on"} | opened)
    assert (answer.status_code, "Told of two hard evenings." in answer.content.decode()) == (422, True)
    mine.post(url_of(note), boxes(note), headers={"X-Autosave": "1"})
    assert signed_on(mine, url_of(note, "sign_contact")).url == url_of(note)
    page = mine.get(url_of(note)).content.decode()
    assert "50 min" in page
    assert "No: part of the group’s day" in page
    assert "Told of a hard evening." in mine.get(reverse("desk:patient", args=[seat.patient_id])).content.decode()


def test_one_bad_field_loses_nothing_of_the_others(client, note, leader):
    mine = sign_in(client, leader)
    answer = mine.post(url_of(note), boxes(note, begins="late", words_0="New words."))
    assert answer.status_code == 422
    assert "Enter a time, for example 6:00 pm." in answer.content.decode()
    assert 'value="late"' in answer.content.decode()
    assert fresh(note).written["Data"] == "New words."
    told = mine.post(url_of(note), boxes(note, begins="late"), headers={"X-Autosave": "1"})
    assert (told.status_code, told.json()["sentence"]) == (422, "Enter a time, for example 6:00 pm.")


def test_only_its_author_writes_a_draft(client, note):
    assert sign_in(client, StaffFactory(roles=[Role.DIRECTOR])).get(url_of(note)).status_code == 404


def test_drafts_stand_with_the_notes_to_sign_and_are_counted(client, note, leader):
    page = sign_in(client, leader).get(reverse("chart:notes")).content.decode()
    assert "Other notes you began" in page
    assert url_of(note) in page
    client.post(url_of(note, "contact_act"), {"act": "discard"})
    assert not ContactNote.objects.exists()


def test_addendum_and_void_from_the_page(client, note, leader):
    mine, signed = sign_in(client, leader), signed_contact(note)
    assert mine.post(url_of(signed, "contact_act"), {"act": "add", "words": ""}).status_code == 422
    mine.post(url_of(signed, "contact_act"), {"act": "add", "words": "It was her brother."})
    assert mine.post(url_of(signed, "void_note"), {"reason": ""}).status_code == 422
    mine.post(url_of(signed, "void_note"), {"reason": "Of another day."})
    page = mine.get(url_of(signed)).content.decode()
    assert "It was her brother." in page
    assert "This note does not hold." in page


# -- templates


def sent(template, **fields):
    said = {"seen": template.number}
    for n, heading in enumerate(template.headings):
        said |= {f"help_{n}": heading.help, f"phrases_{n}": "\n".join(heading.phrases)}
    return said | fields


def template_url(kind="individual"):
    return reverse("chart:note_template", args=[kind])


@pytest.fixture
def director(client):
    CenterFactory()
    return sign_in(client, StaffFactory(roles=[Role.DIRECTOR]))


def test_a_note_keeps_the_version_it_was_begun_with(director, note):
    first = note.template
    director.post(template_url(), sent(first, help_0="Ask about sleep.", phrases_0="Slept … hours.\n\nDreamt."))
    newest = services_templates.in_force("individual")
    assert (newest.number, newest.headings[0]) == (
        2,
        Heading("Data", "Ask about sleep.", ("Slept … hours.", "Dreamt.")),
    )
    assert fresh(note).template == first
    with pytest.raises(DatabaseError), transaction.atomic():
        NoteTemplate.objects.update(number=9)


def test_a_preview_keeps_nothing_and_nothing_new_makes_no_version(director):
    first = services_templates.in_force("individual")
    answer = director.post(template_url(), sent(first, help_0="Ask about sleep.", preview="yes"))
    assert "Ask about sleep." in answer.content.decode()
    director.post(template_url(), sent(first))
    assert services_templates.in_force("individual") == first


def test_who_saves_second_looks_first(director):
    first = services_templates.in_force("individual")
    director.post(template_url(), sent(first, help_0="Ask about sleep."))
    answer = director.post(template_url(), sent(first, help_0="Ask about food."))
    assert answer.status_code == 422
    assert "saved version 2 meanwhile" in answer.content.decode()
    assert "Ask about food." in answer.content.decode()


def test_too_many_phrases_are_told_beside_their_field(director):
    first = services_templates.in_force("individual")
    answer = director.post(template_url(), sent(first, phrases_0="\n".join("abcdefghi")))
    assert answer.status_code == 422
    assert "At most 8 phrases fit here." in answer.content.decode()


def test_another_format_begins_with_its_own_headings(director):
    page = director.get(template_url() + "?format=soap").content.decode()
    assert "Help under “Subjective”" in page
    template = services_templates.in_force("individual")
    fields = {f"help_{n}": "x" for n in range(4)} | {f"phrases_{n}": "" for n in range(4)}
    director.post(template_url() + "?format=soap", {"seen": template.number} | fields)
    assert services_templates.in_force("individual").format == "soap"
    assert director.get(template_url("nothing")).status_code == 404
