"""What patients sign: one agreement a page, in words they understand, kept as they read them."""

import re
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from stepdown.kernel.db import RuleBroken
from stepdown.people.tests.clients import as_patient
from stepdown.people.tests.factories import CenterFactory, PatientFactory
from stepdown.privacy import queries, services, texts
from stepdown.privacy.models import Consent, ConsentType

AGREE = "/me/agree/"
SIGNED = {"agreed": "on", "signed_name": "Walt Specimen"}


@pytest.fixture
def patient(db):
    CenterFactory()
    return PatientFactory()


@pytest.fixture
def phone(patient) -> Client:
    return as_patient(Client(), patient)


def sign(phone: Client, **fields: str):
    page = phone.get(AGREE).context
    hidden = {"type": page["type"], "version": page["text"].version}
    return phone.post(AGREE, hidden | SIGNED | fields)


def sign_everything(patient):
    for kind in ConsentType:
        services.sign_consent(patient=patient, type=kind, language="en", signed_name="Walt Specimen", method="test")


@pytest.mark.parametrize("kind", ConsentType)
def test_every_agreement_has_the_same_parts_in_both_languages(kind):
    english, spanish = (texts.current(kind, language) for language in texts.LANGUAGES)
    assert english.version == spanish.version
    assert [(b.kind, len(b.lines)) for b in english.blocks] == [(b.kind, len(b.lines)) for b in spanish.blocks]
    assert english.title != spanish.title


@pytest.mark.parametrize("kind", ConsentType)
def test_sentences_are_short_enough_to_read_at_once(kind):
    words = texts.current(kind, "en").words
    lengths = [len(sentence.split()) for sentence in re.split(r"[.:?]\s", words.replace("\n", ". "))]
    assert max(lengths) <= 25
    assert sum(lengths) / len(lengths) <= 15


def test_a_signed_agreement_keeps_the_very_words_and_their_digest(patient):
    """RULE PRIV-43."""
    consent = services.sign_consent(
        patient=patient, type=ConsentType.TELEHEALTH, language="es", signed_name="Walt Specimen", method="test"
    )
    assert consent.text == texts.current("telehealth", "es").words
    assert consent.digest == sha256(consent.text.encode()).hexdigest()
    assert (consent.version, consent.language) == (texts.current("telehealth", "es").version, "es")


def test_an_agreement_is_signed_once(patient):
    sign_everything(patient)
    with pytest.raises(RuleBroken, match="You have signed this already"):
        sign_everything(patient)
    assert Consent.objects.count() == 3


def test_what_is_missing_comes_in_the_order_asked_for(patient):
    """RULE PRIV-36, PRIV-38."""
    services.sign_consent(
        patient=patient, type=ConsentType.TELEHEALTH, language="en", signed_name="Walt Specimen", method="test"
    )
    asked = (ConsentType.GROUP_AGREEMENT, ConsentType.TELEHEALTH, ConsentType.TREATMENT)
    assert queries.missing_consents(patient, asked) == [ConsentType.GROUP_AGREEMENT, ConsentType.TREATMENT]
    assert len(queries.missing_consents(PatientFactory())) == 3


def test_the_way_through_all_three_leads_on_to_where_one_was_going(phone, patient):
    titles = []
    for _ in range(3):
        titles.append(phone.get(AGREE).context["text"].title)
        answer = sign(phone, next="/me/")
    assert titles == [texts.current(kind, "en").title for kind in queries.NEEDED]
    assert answer.url == "/me/agree/?next=%2Fme%2F"
    assert phone.get(answer.url).url == "/me/"
    assert queries.missing_consents(patient) == []


@pytest.mark.parametrize("elsewhere", ["https://example.invalid/", "//example.invalid", "javascript:alert(1)"])
def test_the_way_never_leads_off_the_site(phone, patient, elsewhere):
    sign_everything(patient)
    assert phone.get(AGREE, {"next": elsewhere}).url == reverse("privacy:signed")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"agreed": ""}, "Check the box if you agree."),
        ({"signed_name": " "}, "Type your full name."),
        ({"signed_name": "W"}, "Type your full name."),
        ({"version": "1999-1"}, "The words of this agreement have changed. Read them again, then sign."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_signed(phone, fields, sentence):
    answer = sign(phone, **fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_refused_page_keeps_the_name_that_was_typed(phone):
    assert 'value="Walt Specimen"' in sign(phone, agreed="").content.decode()


def test_after_a_change_of_the_words_the_page_shown_can_be_signed(phone):
    answer = sign(phone, version="1999-1")
    assert f'value="{texts.current("treatment", "en").version}"' in answer.content.decode()


def test_signing_twice_from_two_open_pages_signs_once(phone):
    first = phone.get(AGREE).context
    hidden = {"type": first["type"], "version": first["text"].version}
    phone.post(AGREE, hidden | SIGNED)
    again = phone.post(AGREE, hidden | SIGNED)
    assert again.status_code == 302
    assert Consent.objects.get().type == first["type"]


def test_the_spanish_page_is_signed_in_spanish(phone):
    page = phone.get("/es/me/agree/")
    hidden = {"type": page.context["type"], "version": page.context["text"].version}
    phone.post("/es/me/agree/", hidden | SIGNED)
    assert Consent.objects.get().language == "es"


def test_a_patient_reads_and_keeps_what_they_signed(phone, patient):
    """RULE PRIV-44."""
    sign_everything(patient)
    consent = patient.consents.get(type="telehealth")
    assert reverse("privacy:read", args=[consent.pk]) in phone.get(reverse("privacy:signed")).content.decode()
    assert "Walt Specimen" in phone.get(reverse("privacy:read", args=[consent.pk])).content.decode()
    kept = phone.get(reverse("privacy:download", args=[consent.pk]))
    assert kept.content.decode().startswith(consent.text)
    assert consent.digest in kept.content.decode()
    assert "agreement-" in kept.headers["Content-Disposition"]


@pytest.mark.parametrize("page", ["privacy:read", "privacy:download"])
def test_what_others_signed_is_not_there(phone, page):
    stranger = PatientFactory()
    sign_everything(stranger)
    assert phone.get(reverse(page, args=[stranger.consents.first().pk])).status_code == 404


def test_the_words_are_text_and_never_markup():
    text = texts.laid_out("# A <b>title</b>\n- one\n- two\n\nA line", version="1", language="en")
    assert text.title == "A <b>title</b>"
    assert [(b.kind, b.lines) for b in text.blocks] == [("list", ("one", "two")), ("paragraph", ("A line",))]
