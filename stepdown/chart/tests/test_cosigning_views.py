"""The pages of co-signing: the list, the text that is signed, the question, and what everybody else reads."""

import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stepdown.attendance.tests.factories import session_over
from stepdown.chart import services, services_cosign
from stepdown.chart.models import CoSignature, SentBack
from stepdown.chart.tests.contacts import signed_contact, written_contact
from stepdown.chart.tests.cosigning import supervised
from stepdown.chart.tests.factories import note_of, signed
from stepdown.chart.tests.note_pages import ready, seen_on, signed_on
from stepdown.chart.tests.plans import in_group
from stepdown.people.models import Role
from stepdown.people.tests.clients import one_time_code, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory
from stepdown.placement.tests.factories import GroupFactory
from stepdown.ui import pdf

pytestmark = pytest.mark.django_db
LIST, SIGN = "chart:cosigning", "chart:cosign"


@pytest.fixture
def supervisor():
    CenterFactory()
    return StaffFactory(name="Ruth Hill", letters="LPC-S")


@pytest.fixture
def author(supervisor):
    return supervised(supervisor, name="Jon Rivers")


@pytest.fixture
def note(author):
    return signed(note_of(session_over(group=GroupFactory(leader=author)), present=2))


@pytest.fixture
def desk(client, supervisor, note):
    return sign_in(client, supervisor)


def ids(note):
    return [str(pk) for pk in note.parts.order_by("pk").values_list("pk", flat=True)]


def test_the_list_leads_to_what_waits_word_for_word_and_the_signature_under_it(desk, note):
    page = desk.get(reverse(LIST)).content.decode()
    assert "Two notes to co-sign" in page
    assert all(pk in page for pk in ids(note))
    page = desk.get(reverse(SIGN), {"note": ids(note)}).content.decode()
    for part in note.parts.all():
        assert part.words in page
    assert note.shared_words in page
    assert services_cosign.STATEMENT in page
    answer = desk.post(reverse(SIGN), {"note": ids(note)})
    assert (answer.status_code, "Read the statement and tick it" in answer.content.decode()) == (422, True)
    assert signed_on(desk, reverse(SIGN), *ids(note)).url == reverse(LIST)
    assert CoSignature.objects.count() == 2
    assert "No note waits for your co-signature" in desk.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("sent", [[], ["x"], ["00000000-0000-0000-0000-000000000000"]])
def test_without_a_note_that_waits_the_signature_leads_back_to_the_list(desk, sent):
    assert desk.get(reverse(SIGN), {"note": sent}).url == reverse(LIST)
    assert desk.post(reverse(SIGN), {"note": sent, "attest": "on"}).url == reverse(LIST)


def test_when_one_of_them_waits_no_more_the_others_are_shown_again_before_they_are_signed(desk, note, supervisor):
    one, other = ids(note)
    services_cosign.cosign(notes=[one], statement="x", by=supervisor)
    answer = desk.post(reverse(SIGN), {"note": [one, other], "attest": "on"})
    assert answer.status_code == 422
    assert services_cosign.CHANGED in answer.content.decode()
    assert f'value="{other}"' in answer.content.decode()
    assert CoSignature.objects.count() == 1
    left = {"note": [other], "attest": "on", "seen": answer.context["form"]["seen"].value()}
    assert desk.post(reverse(SIGN), left).url == reverse(LIST)


def test_what_was_added_after_the_page_was_opened_is_shown_before_it_is_co_signed(desk, note, author):
    """RULE PRIV-43."""
    sent = {"note": ids(note), "attest": "on"} | seen_on(desk, reverse(SIGN), *ids(note))
    patient = note.parts.first().patient
    services.add_addendum(note=note, patient=patient, words="Sober 9 days, not 90.", by=author)
    answer = desk.post(reverse(SIGN), sent)
    assert (answer.status_code, "Sober 9 days, not 90." in answer.content.decode()) == (422, True)
    assert "changed after the page was opened" in answer.content.decode()
    assert not CoSignature.objects.exists()
    assert desk.post(reverse(SIGN), sent | {"seen": answer.context["form"]["seen"].value()}).url == reverse(LIST)


def test_an_old_sign_in_is_proved_again_by_a_code(desk, note):
    session = desk.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [record | {"at": record["at"] - 600} for record in records]
    session.save()
    cache.clear()
    asked = {"note": ids(note), "attest": "on"}
    assert desk.post(reverse(SIGN), asked).status_code == 422
    assert not CoSignature.objects.exists()
    asked |= seen_on(desk, reverse(SIGN), *ids(note))
    code = one_time_code(at=time.time() + 30)
    assert desk.post(reverse(SIGN), asked | {"code": code}).url == reverse(LIST)


def test_who_has_no_codes_comes_back_to_what_they_chose(desk, note, monkeypatch):
    monkeypatch.setattr("stepdown.people.proving.proved_lately", lambda request: False)
    monkeypatch.setattr("stepdown.people.proving.gives_codes", lambda request: False)
    url = desk.get(reverse(SIGN), {"note": ids(note)}).url
    assert url.startswith(reverse("account_reauthenticate"))
    assert all(pk in url for pk in ids(note))


def test_others_find_no_note_to_co_sign(client, note, author):
    for staff in (author, StaffFactory(), StaffFactory(roles=[Role.DIRECTOR])):
        sign_in(client, staff)
        assert "No note waits for your co-signature" in client.get(reverse(LIST)).content.decode()
        assert client.post(reverse(SIGN), {"note": ids(note), "attest": "on"}).url == reverse(LIST)
    assert not CoSignature.objects.exists()


def test_a_question_is_asked_on_the_notes_page_and_answered_by_an_addendum(desk, note, author):
    one = note.parts.first()
    asked = reverse("chart:send_back", args=[one.pk])
    answer = desk.post(asked, {"words": ""})
    assert (answer.status_code, "Write what has to be added." in answer.content.decode()) == (422, True)
    page = reverse("chart:single", args=[one.pk])
    assert desk.post(asked, {"words": "Which skill was it?"}).url == page
    assert "You sent it back. It waits for what its author adds." in desk.get(page).content.decode()
    assert "Which skill was it?" in desk.get(reverse(LIST)).content.decode()
    assert desk.post(asked, {"words": "Again"}).status_code == 403
    home = sign_in(Client(), author)
    assert "Your supervisor asks" in home.get(reverse("chart:notes")).content.decode()
    assert "Which skill was it?" in home.get(reverse("desk:day")).content.decode()
    home.post(reverse("chart:add", args=[note.pk]), {"about": str(one.patient_id), "words": "Urge surfing."})
    assert "Your supervisor asks" not in home.get(reverse("chart:notes")).content.decode()
    assert desk.get(reverse(SIGN), {"note": [one.pk]}).status_code == 200


def test_the_question_is_for_its_author_the_supervisor_and_directors(desk, note):
    one = note.parts.first()
    desk.post(reverse("chart:send_back", args=[one.pk]), {"words": "Which skill was it?"})
    one.patient.counselor = StaffFactory()
    one.patient.save()
    page = reverse("chart:single", args=[one.pk])
    assert "Which skill" not in sign_in(Client(), one.patient.counselor).get(page).content.decode()
    assert "Which skill" in sign_in(Client(), StaffFactory(roles=[Role.DIRECTOR])).get(page).content.decode()


def test_a_note_out_of_sight_is_not_sent_back(client, note):
    answer = sign_in(client, StaffFactory()).post(reverse("chart:send_back", args=[ids(note)[0]]), {"words": "x"})
    assert answer.status_code == 404
    sign_in(client, note.author)
    assert client.post(reverse("chart:send_back", args=[ids(note)[0]]), {"words": "x"}).status_code == 403
    assert not SentBack.objects.exists()


def test_every_page_of_a_note_that_waits_says_that_it_is_not_final(client, note, monkeypatch):
    files = []
    monkeypatch.setattr(pdf, "written", lambda html, *, language: files.append(html) or b"%PDF-")
    part = note.parts.first()
    sign_in(client, note.author)
    single = reverse("chart:single", args=[part.pk])
    for page, said in (
        (single, "Signed, awaits co-signature"),
        (reverse("chart:read", args=[note.pk]), "Group note, signed, awaits co-signature"),
        (reverse("chart:patient_notes", args=[part.patient_id]), "Signed, awaits co-signature"),
        (reverse("desk:patient", args=[part.patient_id]), "Signed, awaits co-signature"),
        (reverse("chart:notes"), "awaits co-signature"),
    ):
        assert said in client.get(page).content.decode(), page
    client.get(f"{single}?as=pdf")
    assert "It awaits the co-signature of Ruth Hill, LPC-S" in files[0]


def test_every_page_of_a_co_signed_note_names_who_co_signed(client, note, supervisor, monkeypatch):
    files = []
    monkeypatch.setattr(pdf, "written", lambda html, *, language: files.append(html) or b"%PDF-")
    services_cosign.cosign(notes=ids(note), statement=services_cosign.STATEMENT, by=supervisor)
    sign_in(client, note.author)
    single = reverse("chart:single", args=[ids(note)[0]])
    client.get(f"{single}?as=pdf")
    for said in (client.get(single).content.decode(), files[0]):
        assert "Co-signed by Ruth Hill, LPC-S" in said
        assert "Not final" not in said


def test_who_signs_is_told_before_and_after_that_it_is_not_final_yet(client, author):
    CenterFactory()
    note = ready(note_of(session_over(group=GroupFactory(leader=author)), present=1))
    sign_in(client, author)
    url = reverse("chart:sign", args=[note.pk])
    assert "It is final when <b>Ruth Hill, LPC-S</b> has co-signed it" in client.get(url).content.decode()
    told = client.post(url, {"attest": "on"} | seen_on(client, url), follow=True).content.decode()
    assert "It is final when Ruth Hill has co-signed it." in told


def test_a_contact_is_shown_and_co_signed_like_a_part(client, author, supervisor):
    contact = signed_contact(written_contact(in_group(author).patient, author))
    sign_in(client, supervisor)
    page = client.get(reverse("chart:contact", args=[contact.pk])).content.decode()
    assert "Signed, awaits co-signature" in page
    assert f"{reverse(SIGN)}?note={contact.pk}" in page
    assert reverse("chart:contacts", args=[contact.patient_id]) not in page, "a page that is not there for them"
    assert "Told of a hard evening." in client.get(reverse(SIGN), {"note": [contact.pk]}).content.decode()
    assert signed_on(client, reverse(SIGN), contact.pk).url == reverse(LIST)
    assert "Co-signed by Ruth Hill" in client.get(reverse("chart:contact", args=[contact.pk])).content.decode()


def test_the_days_list_and_the_menu_tell_the_supervisor(desk, note):
    day = desk.get(reverse("desk:day")).content.decode()
    assert "Co-sign 2 notes of Jon Rivers" in day
