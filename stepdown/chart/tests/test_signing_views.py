"""A note is signed, and added to: the right person, the wrong one, the wrong moment, bad input."""

import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from stepdown.attendance.tests.factories import session_over
from stepdown.chart import services, services_writing
from stepdown.chart.models import Addendum
from stepdown.chart.tests.factories import ANSWERS, note_of, signed
from stepdown.chart.tests.note_pages import PART, part, ready, seen_on, signed_on, url_of
from stepdown.people.tests.clients import one_time_code, proved_long_ago, sign_in
from stepdown.people.tests.factories import CenterFactory, StaffFactory

pytestmark = pytest.mark.django_db


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


def test_signing_asks_for_the_attestation_then_locks(client, note):
    ready(note)
    sign_in(client, note.author)
    page = client.get(url_of("sign", note)).content.decode()
    assert services.ATTESTATION in page
    assert "Missed" in page
    answer = client.post(url_of("sign", note))
    assert answer.status_code == 422
    assert "Read the statement and tick it" in answer.content.decode()
    assert signed_on(client, url_of("sign", note)).url == url_of("read", note)
    note.refresh_from_db()
    assert note.signed_at
    assert client.get(url_of("write", note.session)).url == url_of("read", note)


def test_what_changed_after_the_page_was_opened_is_shown_before_it_is_signed(client, note, colleague):
    """RULE PRIV-43."""
    ready(note)
    sign_in(client, note.author)
    url = url_of("sign", note)
    opened = seen_on(client, url)
    services_writing.save_part(part=part(note, "Rosa"), words="Left in tears.", by=colleague, **ANSWERS)
    answer = client.post(url, {"attest": "on"} | opened)
    page = answer.content.decode()
    assert (answer.status_code, "Left in tears." in page, "changed after the page was opened" in page) == (
        422,
        True,
        True,
    )
    assert not answer.context["form"]["attest"].value()
    note.refresh_from_db()
    assert note.signed_at is None
    again = {"attest": "on", "seen": answer.context["form"]["seen"].value()}
    assert client.post(url, again).url == url_of("read", note)


def test_the_page_of_the_signature_shows_all_that_is_signed_with_the_minutes_as_they_are(client, note):
    ready(note)
    note.parts.filter(absent=False).update(minutes=7)
    page = sign_in(client, note.author).get(url_of("sign", note)).content.decode()
    note.refresh_from_db()
    assert all(told in page for told in (note.topic, note.shared_words, "Took part: ", "Safety tonight: "))
    assert '<td class="num" data-label="Minutes">7</td>' not in page


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
    sent = {"attest": "on", "code": one_time_code(at=time.time() + 30)} | seen_on(client, url_of("sign", note))
    answer = client.post(url_of("sign", note), sent)
    assert answer.url == url_of("read", note)


def test_who_has_no_codes_proves_on_the_page_for_it(client, note, monkeypatch):
    ready(note)
    sign_in(client, note.author)
    monkeypatch.setattr("stepdown.people.proving.proved_lately", lambda request: False)
    monkeypatch.setattr("stepdown.people.proving.gives_codes", lambda request: False)
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
    assert signed_on(client, url_of("sign", note)).url == url_of("read", note)


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


def test_an_addendum_of_who_proved_it_long_ago_needs_a_code_and_keeps_the_words(client, note):
    note = signed(note)
    proved_long_ago(sign_in(client, note.author))
    data = {"about": "", "words": "Called back at nine."}
    refused = client.post(url_of("add", note), data)
    assert refused.status_code == 422
    for words in ("Called back at nine.", "Enter the code that your app shows."):
        assert words in refused.content.decode()
    assert client.post(url_of("add", note), data | {"code": one_time_code()}).url == url_of("read", note)
    assert Addendum.objects.exists()


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
